import { NStepTd } from '../../../agents/tabular/n-step-td.ts';
import { measured } from '../experiment.ts';
import { type ErrorCurve, NINETEEN_STATES } from '../nineteen-states.ts';

/** Where the references of `N_STEP_ERRORS` come from. */
export const N_STEP_FROM = 'NumPy, 1,000 runs (bench/peers/book/nineteen_states.py)';

// bench/peers/book/nineteen_states.py n-step 1000: mean and standard error, at the best step size and
// at another.
const ERRORS = [
  { n: 1, largest: 1, 0.4: measured(0.412544, 1.93e-4), 0.8: measured(0.346032, 6.34e-4) },
  { n: 2, largest: 1, 0.6: measured(0.278544, 1.36e-3), 1: measured(0.439057, 8.36e-4) },
  { n: 4, largest: 1, 0.4: measured(0.265151, 1.62e-3), 1: measured(0.513831, 1.32e-3) },
  { n: 8, largest: 1, 0.25: measured(0.278243, 1.68e-3), 0.6: measured(0.394696, 1.69e-3) },
  { n: 16, largest: 0.75, 0.15: measured(0.313496, 1.69e-3), 0.4: measured(0.417862, 1.88e-3) },
  { n: 32, largest: 0.5, 0.08: measured(0.362982, 1.62e-3), 0.4: measured(0.536824, 1.94e-3) },
  { n: 64, largest: 0.25, 0.05: measured(0.416913, 1.72e-3), 0.2: measured(0.537191, 2.25e-3) },
  { n: 128, largest: 0.15, 0.03: measured(0.462689, 1.75e-3), 0.1: measured(0.529115, 2.53e-3) },
  { n: 256, largest: 0.15, 0.02: measured(0.48569, 1.67e-3), 0.1: measured(0.562574, 2.85e-3) },
  { n: 512, largest: 0.15, 0.02: measured(0.490639, 1.8e-3), 0.1: measured(0.566685, 2.92e-3) },
];

/** n-step TD in the random walk of nineteen states, n = 1 … 512. */
export const N_STEP_ERRORS: readonly ErrorCurve[] = ERRORS.map(({ n, largest, ...references }) => ({
  name: `n = ${n}`,
  largest,
  references,
  create: (stepSize, seed) =>
    new NStepTd(NINETEEN_STATES, { numSteps: n, stepSize, discount: 1, seed }),
}));
