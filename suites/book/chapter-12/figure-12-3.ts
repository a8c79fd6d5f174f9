import { N_STEP_ERRORS, N_STEP_FROM } from '../chapter-7/n-step-errors.ts';
import type { Experiment } from '../experiment.ts';
import { errorChart, measureErrors } from '../nineteen-states.ts';
import { OFF_LINE_ERRORS, OFF_LINE_FROM } from './lambda-errors.ts';

/** The off-line λ-return algorithm beside n-step TD on the random walk of nineteen states. */
export const FIGURE_12_3: Experiment = {
  name: 'figure-12.3',
  title: 'The off-line λ-return algorithm beside n-step TD on the random walk of 19 states',
  source: 'Sutton & Barto (2018), figure 12.3',
  runs: 200,
  run(options) {
    const offLine = measureErrors(OFF_LINE_ERRORS, OFF_LINE_FROM, options);
    const nStep = measureErrors(N_STEP_ERRORS, N_STEP_FROM, options);
    return {
      findings: [...offLine.findings, ...nStep.findings],
      charts: [
        errorChart('Off-line λ-return algorithm', offLine.series),
        errorChart('n-step TD methods (from chapter 7)', nStep.series),
      ],
    };
  },
};
