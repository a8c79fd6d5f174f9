import { log } from '../../../core/math.ts';

const TINY = 1e-6; // keeps log(1 − a²) finite

/** log |∂ tanh u/∂u| of a = tanh u: log(1 − a² + 10⁻⁶). */
export function logSlope(action: number): number {
  return log(1 - action * action + TINY);
}

/** The derivative of −log(1 − a² + 10⁻⁶) by u, where a = tanh u. */
export function squashGradient(action: number): number {
  const slope = 1 - action * action; // ∂a/∂u
  return (2 * action * slope) / (slope + TINY);
}
