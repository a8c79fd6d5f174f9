import { type SavedData, savedArray, savedNumber } from '../core/saved.ts';
import { RunningStatistics } from '../envs/wrappers/running-statistics.ts';

/** What a network of a `NormalizedAgent` is shown: (x − mean) / √(variance + ε), cut to ±clip. */
export interface ObservationNormalization {
  readonly mean: readonly number[];
  readonly variance: readonly number[];
  readonly epsilon: number;
  readonly clip: number;
}

/**
 * How observations are normalized by what a `NormalizedAgent` has saved.
 *
 * @returns `null` where they are not, or an older version has saved it, which did not say all of it.
 * @throws Error if `saved` is no such data.
 */
export function observationNormalization(saved: SavedData): ObservationNormalization | null {
  const where = 'observationNormalization';
  const { observations } = saved;
  const length = observations instanceof Float64Array ? observations.length : 0;
  const row = savedArray(where, saved, 'observations', Float64Array, length);
  if (row[0] === 0 || saved.epsilon === undefined) return null; // nothing has been taken in, or older
  const size = (length - 1) / 2;
  const statistics = new RunningStatistics(size, row);
  const each = (of: (i: number) => number) => Array.from({ length: size }, (_, i) => of(i));
  return {
    mean: each((i) => statistics.mean(i)),
    variance: each((i) => statistics.variance(i)),
    epsilon: savedNumber(where, saved, 'epsilon'),
    clip: savedNumber(where, saved, 'clipObservation'),
  };
}
