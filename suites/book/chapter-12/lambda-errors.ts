import { OffLineLambdaReturn } from '../../../agents/tabular/off-line-lambda-return.ts';
import { TdLambda } from '../../../agents/tabular/td-lambda.ts';
import { TrueOnlineTdLambda } from '../../../agents/tabular/true-online-td-lambda.ts';
import type { Interval } from '../../statistics.ts';
import { measured } from '../experiment.ts';
import { type ErrorCurve, NINETEEN_STATES, type Predictor } from '../nineteen-states.ts';

interface LambdaErrors {
  readonly lambda: number;
  /** The largest α to try: beyond it the curve is above the picture. */
  readonly largest: number;
  readonly [stepSize: number]: Interval;
}

function curvesOf(
  errors: readonly LambdaErrors[],
  create: (options: { lambda: number; stepSize: number; discount: 1; seed: number }) => Predictor,
): readonly ErrorCurve[] {
  return errors.map(({ lambda, largest, ...references }) => ({
    name: `λ = ${lambda}`,
    largest,
    references,
    create: (stepSize, seed) => create({ lambda, stepSize, discount: 1, seed }),
  }));
}

/** Where the references of `OFF_LINE_ERRORS` come from. */
export const OFF_LINE_FROM = 'NumPy, 1,000 runs (bench/peers/book/nineteen_states.py)';

/** Where those of `TD_LAMBDA_ERRORS` and `TRUE_ONLINE_ERRORS` do. */
export const ONLINE_FROM = 'NumPy, 500 runs (bench/peers/book/nineteen_states.py)';

// bench/peers/book/nineteen_states.py off-line 1000, here and below: mean and standard error, at the
// best step size and at another.

/** The off-line λ-return algorithm in the random walk of nineteen states. */
export const OFF_LINE_ERRORS: readonly ErrorCurve[] = curvesOf(
  [
    { lambda: 0, largest: 1, 0.4: measured(0.420876, 2.09e-4), 0.8: measured(0.366729, 5.63e-4) },
    { lambda: 0.4, largest: 1, 0.4: measured(0.349491, 4.8e-4), 0.75: measured(0.29205, 1.22e-3) },
    { lambda: 0.8, largest: 1, 0.4: measured(0.264043, 1.78e-3), 1: measured(0.39714, 2.2e-3) },
    { lambda: 0.9, largest: 1, 0.25: measured(0.28533, 1.85e-3), 1: measured(0.46317, 2.27e-3) },
    { lambda: 0.95, largest: 1, 0.15: measured(0.322197, 1.82e-3), 1: measured(0.529171, 2.23e-3) },
    {
      lambda: 0.975,
      largest: 0.8,
      0.1: measured(0.36532, 1.88e-3),
      0.6: measured(0.523665, 2.24e-3),
    },
    {
      lambda: 0.99,
      largest: 0.4,
      0.06: measured(0.418811, 1.95e-3),
      0.2: measured(0.488724, 2.42e-3),
    },
    {
      lambda: 1,
      largest: 0.1,
      0.02: measured(0.490968, 1.82e-3),
      0.1: measured(0.566861, 2.93e-3),
    },
  ],
  (options) => new OffLineLambdaReturn(NINETEEN_STATES, options),
);

// bench/peers/book/nineteen_states.py td-lambda 500

/** TD(λ) with accumulating traces in the random walk of nineteen states. */
export const TD_LAMBDA_ERRORS: readonly ErrorCurve[] = curvesOf(
  [
    { lambda: 0, largest: 1, 0.4: measured(0.412271, 2.64e-4), 0.8: measured(0.344977, 8.68e-4) },
    { lambda: 0.4, largest: 1, 0.4: measured(0.333644, 7.87e-4), 0.7: measured(0.272263, 1.9e-3) },
    {
      lambda: 0.8,
      largest: 0.95,
      0.3: measured(0.261947, 2.27e-3),
      0.8: measured(0.458993, 2.44e-3),
    },
    {
      lambda: 0.9,
      largest: 0.6,
      0.2: measured(0.28962, 2.38e-3),
      0.4: measured(0.396451, 2.56e-3),
    },
    {
      lambda: 0.95,
      largest: 0.35,
      0.1: measured(0.335036, 2.05e-3),
      0.2: measured(0.379948, 2.64e-3),
    },
    {
      lambda: 0.975,
      largest: 0.2,
      0.08: measured(0.379577, 2.41e-3),
      0.2: measured(0.573796, 3.1e-3),
    },
    {
      lambda: 0.99,
      largest: 0.1,
      0.04: measured(0.433691, 2.33e-3),
      0.1: measured(0.550079, 3.51e-3),
    },
    {
      lambda: 1,
      largest: 0.04,
      0.01: measured(0.502977, 1.7e-3),
      0.04: measured(0.573587, 5.25e-3),
    },
  ],
  (options) => new TdLambda(NINETEEN_STATES, { ...options, traces: 'accumulating' }),
);

// bench/peers/book/nineteen_states.py true-online 500

/** True online TD(λ), which is the online λ-return algorithm, in the random walk of nineteen states. */
export const TRUE_ONLINE_ERRORS: readonly ErrorCurve[] = curvesOf(
  [
    { lambda: 0, largest: 1, 0.4: measured(0.412271, 2.64e-4), 0.8: measured(0.344977, 8.68e-4) },
    { lambda: 0.4, largest: 1, 0.4: measured(0.33843, 7.41e-4), 0.75: measured(0.272418, 1.93e-3) },
    { lambda: 0.8, largest: 1, 0.4: measured(0.253731, 2.45e-3), 1: measured(0.365839, 2.4e-3) },
    { lambda: 0.9, largest: 1, 0.25: measured(0.275984, 2.47e-3), 1: measured(0.420459, 2.5e-3) },
    { lambda: 0.95, largest: 1, 0.2: measured(0.314635, 2.72e-3), 1: measured(0.489543, 2.51e-3) },
    {
      lambda: 0.975,
      largest: 1,
      0.1: measured(0.359573, 2.5e-3),
      0.6: measured(0.495612, 2.81e-3),
    },
    {
      lambda: 0.99,
      largest: 0.45,
      0.06: measured(0.415925, 2.64e-3),
      0.2: measured(0.479458, 3.25e-3),
    },
    {
      lambda: 1,
      largest: 0.1,
      0.02: measured(0.490833, 2.59e-3),
      0.1: measured(0.566629, 4.12e-3),
    },
  ],
  (options) => new TrueOnlineTdLambda(NINETEEN_STATES, options),
);
