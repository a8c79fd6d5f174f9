import type { SampledColumns } from '../replay-batch.ts';
import { ENDED } from './rows.ts';
import type { Windows } from './windows.ts';

/** A ring of steps of several copies in turns. */
export interface StepRing {
  /** rₜ₊₁, `[capacity]`. */
  readonly rewards: Float64Array;
  /** How each step ended its episode, `[capacity]`. */
  readonly ends: Uint8Array;
  /** γ. */
  readonly discount: number;
  /** Which steps belong together. */
  readonly windows: Windows;
}

/** Where the sums of a batch go. */
export type StepSums = Required<Pick<SampledColumns, 'rewards' | 'discounts'>>;

/**
 * Sums the rewards of the steps of a window, at most `numSteps`, from each row on, up to the end of its episode.
 *
 * @param rows Rows of the ring, all of which have these steps behind them; as many as there are sums.
 * @param sums Receive r + γ r + … of the steps from each row on, and γᵏ, k being their number, `[n]`.
 * @param lastRows Receives the row of the last of them, `[n]` or more.
 */
export function sumSteps(
  { rewards, ends, discount, windows }: StepRing,
  rows: Int32Array,
  { rewards: sums, discounts }: StepSums,
  lastRows: Int32Array,
): void {
  const { numSteps, numEnvs } = windows;
  const capacity = rewards.length;
  for (let i = 0; i < sums.length; i++) {
    let last = rows[i];
    let sum = rewards[last];
    let weight = discount; // γᵏ
    for (let k = 1; k < numSteps && (ends[last] & ENDED) === 0; k++) {
      last += numEnvs;
      if (last >= capacity) last -= capacity;
      sum += weight * rewards[last];
      weight *= discount;
    }
    sums[i] = sum;
    discounts[i] = weight;
    lastRows[i] = last;
  }
}

/** The same of one step from each row on: its reward. */
export function gatherRewards(
  { rewards, discount }: StepRing,
  rows: Int32Array,
  batch: Pick<SampledColumns, 'rewards' | 'discounts'>,
): void {
  const { rewards: sampled, discounts } = batch;
  for (let i = 0; i < sampled.length; i++) sampled[i] = rewards[rows[i]];
  if (discounts !== undefined) for (let i = 0; i < discounts.length; i++) discounts[i] = discount;
}
