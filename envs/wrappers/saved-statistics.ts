import { checkFinite, checkLength } from '../../core/check.ts';
import { RunningStatistics, statisticsSize } from './running-statistics.ts';

/** Running statistics as JSON, to hand them from training to evaluation. */
export interface StatisticsData {
  /** Vectors that they were taken from, at least 0. */
  readonly count: number;
  /** The mean of each element. */
  readonly mean: readonly number[];
  /** The variance of each element, at least 0. */
  readonly variance: readonly number[];
}

/** The statistics in a row that `RunningStatistics` writes. */
export function readStatistics(size: number, row: Float64Array): StatisticsData {
  const statistics = new RunningStatistics(size, row);
  const elements = Array.from({ length: size }, (_, i) => i);
  return {
    count: row[0],
    mean: elements.map((i) => statistics.mean(i)),
    variance: elements.map((i) => statistics.variance(i)),
  };
}

/**
 * A new row of statistics.
 *
 * @param data `null` for none yet.
 * @throws RangeError if they are not of `size` elements.
 */
export function createStatistics(
  where: string,
  size: number,
  data: StatisticsData | null,
): Float64Array {
  const row = new Float64Array(statisticsSize(size));
  if (data === null) return row;
  const { count, mean, variance } = data;
  checkLength(`${where}: statistics.mean`, mean, size);
  checkLength(`${where}: statistics.variance`, variance, size);
  checkAtLeastZero(`${where}: statistics.count`, count);
  mean.forEach((x, i) => {
    checkFinite(`${where}: statistics.mean[${i}]`, x);
    checkAtLeastZero(`${where}: statistics.variance[${i}]`, variance[i]);
  });
  row[0] = count;
  row.set(mean, 1);
  row.set(variance, 1 + size);
  return row;
}

function checkAtLeastZero(name: string, value: number): void {
  checkFinite(name, value);
  if (value < 0) throw new RangeError(`${name} must be at least 0, got ${value}.`);
}
