import { SemiGradientSarsaLambda } from '../../../agents/linear/semi-gradient-sarsa-lambda.ts';
import type { Series } from '../../charts/chart.ts';
import { CAR_OPTIONS } from '../chapter-10/car.ts';
import { studyStepSizes } from '../chapter-10/step-size-study.ts';
import { type Experiment, type Finding, measured } from '../experiment.ts';
import { runLength } from '../run-length.ts';

// bench/peers/book/mountain_car.py figure-12.10 60
const FROM = 'NumPy, 60 runs (bench/peers/book/mountain_car.py)';
const METHODS = [
  {
    lambda: 0,
    stepSizes: [0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6],
    steps: [[1.2, measured(229.87167, 0.57141)]],
  },
  {
    lambda: 0.68,
    stepSizes: [0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6],
    steps: [[1, measured(209.82433, 0.8403)]],
  },
  {
    lambda: 0.84,
    stepSizes: [0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6],
    steps: [[1, measured(195.27167, 1.06883)]],
  },
  {
    lambda: 0.92,
    stepSizes: [0.4, 0.6, 0.8, 1, 1.2, 1.4],
    steps: [[1, measured(181.63733, 1.36499)]],
  },
  { lambda: 0.96, stepSizes: [0.4, 0.6, 0.8, 1, 1.2], steps: [[0.8, measured(185.679, 1.71884)]] },
  {
    lambda: 0.98,
    stepSizes: [0.3, 0.4, 0.6, 0.8, 1],
    steps: [[0.6, measured(193.40233, 2.78091)]],
  },
  {
    lambda: 0.99,
    stepSizes: [0.2, 0.3, 0.4, 0.6, 0.8],
    steps: [[0.6, measured(202.11433, 3.0692)]],
  },
] as const;

/** Sarsa(λ) with replacing traces on the mountain car, early on. The right half of the figure is figure 10.4. */
export const FIGURE_12_10: Experiment = {
  name: 'figure-12.10',
  title: 'What α and λ do for Sarsa(λ) with replacing traces on the mountain car',
  source: 'Sutton & Barto (2018), figure 12.10, left',
  runs: 30,
  run(options) {
    const findings: Finding[] = [];
    const series: Series[] = METHODS.map(({ lambda, stepSizes, steps }) => {
      const studied = studyStepSizes(
        { name: `λ = ${lambda}`, stepSizes, steps },
        (stepSize) => (car, seed) =>
          new SemiGradientSarsaLambda(car, {
            ...CAR_OPTIONS,
            traces: 'replacing',
            lambda,
            stepSize,
            seed,
          }),
        runLength(options.runs, 50, 1),
        FROM,
        options,
      );
      findings.push(...studied.findings);
      return studied.series;
    });
    return {
      findings,
      charts: [
        {
          kind: 'lines',
          title: 'Steps of an episode, average of the first 50',
          x: { label: 'α × number of tilings' },
          y: { label: 'steps', domain: [160, 300] },
          series,
        },
      ],
    };
  },
};
