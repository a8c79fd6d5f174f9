import type { Chart } from '../charts/chart.ts';
import type { Interval } from '../statistics.ts';

/** An experiment of a book, done again. */
export interface Experiment {
  /** As it is asked for: `figure-2.2`. */
  readonly name: string;
  /** One line. */
  readonly title: string;
  /** Where it stands in the book. */
  readonly source: string;
  /** Independent runs, at least 1; 1 where the answer is exact. */
  readonly runs: number;
  /** Does it. The same options give the same report, bit for bit. */
  run(options: ExperimentOptions): Report;
}

/** How much work to do. */
export interface ExperimentOptions {
  /** Independent runs, at least 1; an experiment whose answer is exact ignores it. */
  readonly runs: number;
  /** An integer of at least 0. */
  readonly seed: number;
}

/** What an experiment found. */
export interface Report {
  readonly findings: readonly Finding[];
  /** The figure, a panel each. */
  readonly charts: readonly Chart[];
}

/** A number of ours beside the number it must be. */
export interface Finding {
  /** What is measured, and in which unit. */
  readonly what: string;
  readonly ours: Interval;
  readonly reference: Interval;
  /** Where the reference number comes from: a solution, or a program and its number of runs. */
  readonly from: string;
  /** By how much they may differ besides what chance explains, at least 0. Default 1e-9. */
  readonly tolerance?: number;
  /** What the book prints or draws, in its own precision. */
  readonly book?: string;
}

/** A number without doubt. */
export function exactly(value: number): Interval {
  return { estimate: value, low: value, high: value };
}

/**
 * A mean that was measured elsewhere.
 *
 * @param standardError Of the mean, at least 0.
 * @returns its normal 95% interval: for at least thirty runs.
 */
export function measured(estimate: number, standardError: number): Interval {
  const reach = 1.959963984540054 * standardError;
  return { estimate, low: estimate - reach, high: estimate + reach };
}

/**
 * Whether the two numbers of a finding differ by no more than chance explains.
 *
 * The test is at 99.9%, not at 95%: among the hundred findings of a book, five would fail at 95% with
 * nothing wrong.
 */
export function agrees({ ours, reference, tolerance = 1e-9 }: Finding): boolean {
  const squares = halfWidth(ours) * halfWidth(ours) + halfWidth(reference) * halfWidth(reference);
  const error = Math.sqrt(squares) / 1.959963984540054;
  const apart = Math.abs(ours.estimate - reference.estimate);
  return apart <= 3.290526731491926 * error + tolerance * Math.max(1, Math.abs(reference.estimate));
}

function halfWidth({ low, high }: Interval): number {
  return (high - low) / 2;
}
