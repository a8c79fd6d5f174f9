import { type Experiment, measured } from '../experiment.ts';
import { type CarMethod, compareMethods } from './learning-curves.ts';

// bench/peers/book/mountain_car.py figure-10.3 200
const FROM = 'NumPy, 200 runs (bench/peers/book/mountain_car.py)';
const METHODS: readonly CarMethod[] = [
  {
    name: 'n = 1, α = 0.5 / 8',
    numSteps: 1,
    stepSize: 0.5,
    lengths: [
      { first: 1, last: 1, steps: measured(1535.34, 38.44556) },
      { first: 2, last: 20, steps: measured(376.25789, 8.56002) },
      { first: 21, last: 100, steps: measured(163.771, 0.83648) },
      { first: 401, last: 500, steps: measured(118.5724, 0.46838) },
    ],
  },
  {
    name: 'n = 8, α = 0.3 / 8',
    numSteps: 8,
    stepSize: 0.3,
    lengths: [
      { first: 1, last: 1, steps: measured(1452.605, 47.5812) },
      { first: 2, last: 20, steps: measured(329.32368, 3.28317) },
      { first: 21, last: 100, steps: measured(128.48669, 0.93603) },
      { first: 401, last: 500, steps: measured(109.26795, 0.58703) },
    ],
  },
];

/** One-step and eight-step semi-gradient Sarsa on the mountain car, each with a good step size. */
export const FIGURE_10_3: Experiment = {
  name: 'figure-10.3',
  title: 'Eight-step against one-step Sarsa on the mountain car',
  source: 'Sutton & Barto (2018), figure 10.3',
  runs: 100,
  run: (options) => compareMethods(METHODS, FROM, options),
};
