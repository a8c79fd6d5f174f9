import { SemiGradientSarsaLambda } from '../../../agents/linear/semi-gradient-sarsa-lambda.ts';
import { LinearTrueOnlineSarsaLambda } from '../../../agents/linear/true-online-sarsa-lambda.ts';
import type { Series } from '../../charts/chart.ts';
import { type AgentMaker, CAR_OPTIONS } from '../chapter-10/car.ts';
import { studyStepSizes } from '../chapter-10/step-size-study.ts';
import { type Experiment, type Finding, measured } from '../experiment.ts';
import { runLength } from '../run-length.ts';

const COMMON = { ...CAR_OPTIONS, lambda: 0.9 } as const;

/** Sarsa(λ) by traces of one kind, for a step size. */
function byTraces(traces: 'accumulating' | 'replacing', clearOtherActions: boolean) {
  return (stepSize: number): AgentMaker =>
    (car, seed) =>
      new SemiGradientSarsaLambda(car, { ...COMMON, traces, clearOtherActions, stepSize, seed });
}

// bench/peers/book/mountain_car.py figure-12.11 60
const FROM = 'NumPy, 60 runs (bench/peers/book/mountain_car.py)';
const METHODS = [
  {
    name: 'true online',
    makeAgent:
      (stepSize: number): AgentMaker =>
      (car, seed) =>
        new LinearTrueOnlineSarsaLambda(car, { ...COMMON, stepSize, seed }),
    stepSizes: [0.2, 0.4, 0.8, 1.2, 1.6],
    steps: [
      [0.4, measured(306.98083, 3.27703)],
      [1.2, measured(261.63667, 2.82471)],
    ],
  },
  {
    name: 'replacing',
    makeAgent: byTraces('replacing', false),
    stepSizes: [0.2, 0.4, 0.8, 1.2, 1.6],
    steps: [
      [0.4, measured(370.44833, 2.59646)],
      [1.2, measured(264.87833, 1.93796)],
    ],
  },
  {
    name: 'replacing, others cleared',
    makeAgent: byTraces('replacing', true),
    stepSizes: [0.2, 0.4, 0.8, 1.2, 1.6],
    steps: [
      [0.4, measured(447.1225, 1.77116)],
      [1.2, measured(306.3575, 1.57387)],
    ],
  },
  {
    name: 'accumulating',
    makeAgent: byTraces('accumulating', false),
    stepSizes: [0.1, 0.2, 0.3, 0.4],
    steps: [
      [0.2, measured(385.81667, 4.15823)],
      [0.4, measured(324.35833, 3.31199)],
    ],
  },
] as const;

/** Four kinds of traces for Sarsa(λ), λ = 0.9, on the mountain car, in steps: each is a reward of −1. */
export const FIGURE_12_11: Experiment = {
  name: 'figure-12.11',
  title: 'True online Sarsa(λ) against other traces on the mountain car',
  source: 'Sutton & Barto (2018), figure 12.11',
  runs: 30,
  run(options) {
    const findings: Finding[] = [];
    const series: Series[] = METHODS.map(({ name, stepSizes, steps, makeAgent }) => {
      const episodes = runLength(options.runs, 20, 1);
      const studied = studyStepSizes(
        { name, stepSizes, steps },
        makeAgent,
        episodes,
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
          title: 'Steps of an episode, average of the first 20',
          x: { label: 'α × number of tilings' },
          y: { label: 'steps', domain: [200, 550] },
          series,
        },
      ],
    };
  },
};
