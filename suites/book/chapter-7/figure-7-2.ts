import type { Experiment } from '../experiment.ts';
import { errorChart, measureErrors } from '../nineteen-states.ts';
import { N_STEP_ERRORS, N_STEP_FROM } from './n-step-errors.ts';

/** n-step TD methods on the random walk of nineteen states. */
export const FIGURE_7_2: Experiment = {
  name: 'figure-7.2',
  title: 'n-step TD methods',
  source: 'Sutton & Barto (2018), figure 7.2',
  runs: 300,
  run(options) {
    const { findings, series } = measureErrors(N_STEP_ERRORS, N_STEP_FROM, options);
    return { findings, charts: [errorChart('Random walk of 19 states', series)] };
  },
};
