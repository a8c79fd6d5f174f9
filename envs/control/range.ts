/** What worlds do with a range: draw from it, stay within it, go around it. */

import { PI } from '../../core/math.ts';
import type { Rng } from '../../core/rng.ts';

/** A number drawn uniformly from [low, high) with one draw, to the bit as NumPy makes it of that. */
export function uniformBetween(rng: Rng, low: number, high: number): number {
  return low + (high - low) * rng.uniform();
}

/** `x`, or the bound that it lies beyond. */
export function clip(x: number, low: number, high: number): number {
  return Math.min(Math.max(x, low), high);
}

/** The same angle in [−π, π], rad; one that lies there already keeps its bits. */
export function wrapAngle(angle: number): number {
  if (angle > PI) return angle - 2 * PI * Math.ceil((angle - PI) / (2 * PI));
  if (angle < -PI) return angle + 2 * PI * Math.ceil((-PI - angle) / (2 * PI));
  return angle;
}
