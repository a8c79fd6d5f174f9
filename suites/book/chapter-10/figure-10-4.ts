import { SemiGradientSarsa } from '../../../agents/linear/semi-gradient-sarsa.ts';
import type { Series } from '../../charts/chart.ts';
import { type Experiment, type Finding, measured } from '../experiment.ts';
import { runLength } from '../run-length.ts';
import { CAR_OPTIONS } from './car.ts';
import { studyStepSizes } from './step-size-study.ts';

// bench/peers/book/mountain_car.py figure-10.4 100
const FROM = 'NumPy, 100 runs (bench/peers/book/mountain_car.py)';
const METHODS = [
  {
    n: 1,
    steps: [
      [0.4, measured(304.8164, 0.47163)],
      [0.6, measured(266.7768, 0.37076)],
      [0.8, measured(247.101, 0.43583)],
      [1, measured(236.2734, 0.43705)],
      [1.2, measured(230.4064, 0.4848)],
      [1.4, measured(228.4008, 0.52586)],
      [1.6, measured(231.2112, 0.61238)],
    ],
  },
  {
    n: 2,
    steps: [
      [0.3, measured(293.3536, 0.51632)],
      [0.5, measured(251.764, 0.48837)],
      [0.7, measured(234.5312, 0.46494)],
      [0.9, measured(228.28, 0.53776)],
      [1.1, measured(226.5824, 0.58979)],
      [1.3, measured(229.3768, 0.57332)],
    ],
  },
  {
    n: 4,
    steps: [
      [0.25, measured(265.9186, 0.59672)],
      [0.4, measured(237.991, 0.77474)],
      [0.6, measured(226.0358, 0.67496)],
      [0.8, measured(222.1322, 0.99262)],
      [1, measured(223.5036, 1.05426)],
    ],
  },
  {
    n: 8,
    steps: [
      [0.2, measured(256.3888, 1.47878)],
      [0.3, measured(236.871, 1.81189)],
      [0.5, measured(227.5056, 1.77086)],
      [0.7, measured(230.2834, 2.20964)],
      [0.9, measured(254.262, 3.38698)],
    ],
  },
  {
    n: 16,
    steps: [
      [0.2, measured(252.857, 2.83998)],
      [0.3, measured(241.4146, 3.16993)],
      [0.4, measured(239.7422, 3.95075)],
      [0.6, measured(255.896, 4.35794)],
    ],
  },
] as const;

/** n-step semi-gradient Sarsa on the mountain car, early on. */
export const FIGURE_10_4: Experiment = {
  name: 'figure-10.4',
  title: 'What α and n do for n-step Sarsa on the mountain car',
  source: 'Sutton & Barto (2018), figure 10.4',
  runs: 100,
  run(options) {
    const findings: Finding[] = [];
    const series: Series[] = METHODS.map(({ n, steps }) => {
      const studied = studyStepSizes(
        { name: `n = ${n}`, stepSizes: steps.map(([stepSize]) => stepSize), steps },
        (stepSize) => (car, seed) =>
          new SemiGradientSarsa(car, { ...CAR_OPTIONS, numSteps: n, stepSize, seed }),
        runLength(options.runs, 50, 2),
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
          y: { label: 'steps', domain: [210, 300] },
          series,
        },
      ],
    };
  },
};
