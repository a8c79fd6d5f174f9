import { type Experiment, measured } from '../experiment.ts';
import { type CarMethod, compareMethods } from './learning-curves.ts';

// bench/peers/book/mountain_car.py figure-10.2 200
const FROM = 'NumPy, 200 runs (bench/peers/book/mountain_car.py)';
const METHODS: readonly CarMethod[] = [
  {
    name: 'α = 0.1 / 8',
    numSteps: 1,
    stepSize: 0.1,
    lengths: [
      { first: 1, last: 1, steps: measured(3330.665, 87.31897) },
      { first: 2, last: 20, steps: measured(802.95553, 4.28415) },
      { first: 21, last: 100, steps: measured(266.90919, 0.38718) },
      { first: 401, last: 500, steps: measured(137.0642, 0.29739) },
    ],
  },
  {
    name: 'α = 0.2 / 8',
    numSteps: 1,
    stepSize: 0.2,
    lengths: [
      { first: 1, last: 1, steps: measured(2328.605, 58.92811) },
      { first: 2, last: 20, steps: measured(556.27895, 2.96485) },
      { first: 21, last: 100, steps: measured(208.69675, 0.26476) },
      { first: 401, last: 500, steps: measured(127.3349, 0.41104) },
    ],
  },
  {
    name: 'α = 0.5 / 8',
    numSteps: 1,
    stepSize: 0.5,
    lengths: [
      { first: 1, last: 1, steps: measured(1535.34, 38.44556) },
      { first: 2, last: 20, steps: measured(376.25789, 8.56002) },
      { first: 21, last: 100, steps: measured(163.771, 0.83648) },
      { first: 401, last: 500, steps: measured(118.5724, 0.46838) },
    ],
  },
];

/** Episodic semi-gradient Sarsa on the mountain car. */
export const FIGURE_10_2: Experiment = {
  name: 'figure-10.2',
  title: 'Semi-gradient Sarsa with tile coding on the mountain car',
  source: 'Sutton & Barto (2018), figure 10.2',
  runs: 100,
  run: (options) => compareMethods(METHODS, FROM, options),
};
