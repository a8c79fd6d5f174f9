import type { Experiment } from '../experiment.ts';
import { errorChart, measureErrors } from '../nineteen-states.ts';
import {
  OFF_LINE_ERRORS,
  OFF_LINE_FROM,
  ONLINE_FROM,
  TRUE_ONLINE_ERRORS,
} from './lambda-errors.ts';

/** The online λ-return algorithm beside the off-line one on the random walk of nineteen states. */
export const FIGURE_12_8: Experiment = {
  name: 'figure-12.8',
  title: 'True online TD(λ) beside the off-line λ-return algorithm on the random walk of 19 states',
  source: 'Sutton & Barto (2018), figure 12.8',
  runs: 200,
  run(options) {
    const trueOnline = measureErrors(TRUE_ONLINE_ERRORS, ONLINE_FROM, options);
    const offLine = measureErrors(OFF_LINE_ERRORS, OFF_LINE_FROM, options);
    return {
      findings: trueOnline.findings,
      charts: [
        errorChart('Online λ-return algorithm, as true online TD(λ)', trueOnline.series),
        errorChart('Off-line λ-return algorithm (from figure 12.3)', offLine.series),
      ],
    };
  },
};
