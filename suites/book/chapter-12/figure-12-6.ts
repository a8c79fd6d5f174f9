import type { Experiment } from '../experiment.ts';
import { errorChart, measureErrors } from '../nineteen-states.ts';
import { OFF_LINE_ERRORS, OFF_LINE_FROM, ONLINE_FROM, TD_LAMBDA_ERRORS } from './lambda-errors.ts';

/** TD(λ) beside the off-line λ-return algorithm on the random walk of nineteen states. */
export const FIGURE_12_6: Experiment = {
  name: 'figure-12.6',
  title: 'TD(λ) beside the off-line λ-return algorithm on the random walk of 19 states',
  source: 'Sutton & Barto (2018), figure 12.6',
  runs: 200,
  run(options) {
    const tdLambda = measureErrors(TD_LAMBDA_ERRORS, ONLINE_FROM, options);
    const offLine = measureErrors(OFF_LINE_ERRORS, OFF_LINE_FROM, options);
    return {
      findings: tdLambda.findings,
      charts: [
        errorChart('TD(λ), accumulating traces', tdLambda.series),
        errorChart('Off-line λ-return algorithm (from figure 12.3)', offLine.series),
      ],
    };
  },
};
