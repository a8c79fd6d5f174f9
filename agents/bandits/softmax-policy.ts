import { writeExponentials } from '../../core/math.ts';
import type { Rng } from '../../core/rng.ts';
import { countLegal } from '../action-values.ts';

/**
 * Writes π(a) = exp(xₐ / τ) / Σ exp(x_b / τ) over the legal actions of row i; 0 for the others.
 *
 * The greatest x is taken off first, so that no exponential overflows, and halves are subtracted, so
 * that no difference does. τ = 0 stands for the limit: the greatest share evenly. Where an x is NaN, as
 * after rewards that doubles overflow on, all share evenly.
 *
 * @param preferences x, `[rows × numActions]`, row-major.
 * @param temperature τ, at least 0.
 * @param masks `[rows × numActions]`, 1 where an action is legal; absent where all are.
 * @param policy Receives π in row i, `[rows × numActions]`.
 *
 * Source: Sutton & Barto (2018), equation 2.11, with a temperature as in Bridle (1990).
 */
export function writeSoftmax(
  preferences: Float64Array,
  i: number,
  temperature: number,
  masks: Uint8Array | undefined,
  policy: Float64Array,
  numActions: number,
): void {
  const start = i * numActions;
  const end = start + numActions;
  let greatest = -Infinity;
  for (let entry = start; entry < end; entry++) {
    if (masks !== undefined && masks[entry] === 0) continue;
    if (preferences[entry] > greatest) greatest = preferences[entry];
  }
  const scale = 2 / temperature;
  for (let entry = start; entry < end; entry++) {
    const isLegal = masks === undefined || masks[entry] !== 0;
    policy[entry] = isLegal ? exponentOf(preferences[entry], greatest, scale) : -Infinity;
  }
  writeExponentials(policy, start, end, policy);
  let sum = 0;
  for (let entry = start; entry < end; entry++) sum += policy[entry];
  if (!(sum >= 1)) {
    // The greatest alone gives 1, so some x is NaN.
    for (let entry = start; entry < end; entry++) policy[entry] = masks?.[entry] === 0 ? 0 : 1;
    sum = countLegal(numActions, masks, i);
  }
  const share = 1 / sum;
  for (let entry = start; entry < end; entry++) policy[entry] *= share;
}

/** (x − greatest) / τ, at most 0, with 2 / τ as the scale. */
function exponentOf(x: number, greatest: number, scale: number): number {
  if (x === greatest) return 0; // also where the scale is ∞
  return (0.5 * x - 0.5 * greatest) * scale;
}

/** An action of row i, drawn with the chances in the row; never one whose chance is 0. */
export function drawFromPolicy(
  policy: Float64Array,
  i: number,
  numActions: number,
  rng: Rng,
): number {
  const start = i * numActions;
  let left = rng.uniform();
  let last = 0;
  for (let action = 0; action < numActions; action++) {
    const chance = policy[start + action];
    if (chance === 0) continue;
    last = action;
    left -= chance;
    if (left < 0) return action;
  }
  return last; // the chances sum to a little less than 1
}
