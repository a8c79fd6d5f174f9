import { DynaQ } from '../../../agents/tabular/dyna-q.ts';
import { DynaQPlus } from '../../../agents/tabular/dyna-q-plus.ts';
import { blockingMaze } from '../../../envs/tabular/mazes.ts';
import type { Experiment } from '../experiment.ts';
import { compareInChangingMaze } from './changing-maze.ts';

// The book does not say what its figure was made with.
const OPTIONS = { planningSteps: 50, stepSize: 1, discount: 0.95, epsilon: 0.1 };
const BONUS = 1e-3;

/** Dyna-Q and Dyna-Q+ when the short way is closed: the model was too good. */
export const FIGURE_8_4: Experiment = {
  name: 'figure-8.4',
  title: 'Dyna agents when a way is blocked',
  source: 'Sutton & Barto (2018), figure 8.4',
  runs: 200,
  run(options) {
    const maze = blockingMaze();
    return compareInChangingMaze(
      {
        maze,
        steps: 3000,
        title: 'The short way is closed after 1,000 steps',
        // bench/peers/book/chapter_8.py figure-8.4 500
        from: 'NumPy, 500 runs (bench/peers/book/chapter_8.py)',
        contestants: [
          {
            name: 'Dyna-Q+',
            create: (seed) => new DynaQPlus(maze, { ...OPTIONS, bonus: BONUS, seed }),
            sums: [
              [1000, 70.228, 0.349],
              [2000, 111.692, 0.3198],
              [3000, 162.168, 0.3206],
            ],
          },
          {
            name: 'Dyna-Q',
            create: (seed) => new DynaQ(maze, { ...OPTIONS, seed }),
            sums: [
              [1000, 47.248, 1.124],
              [2000, 58.08, 1.174],
              [3000, 75.372, 1.798],
            ],
          },
        ],
      },
      options,
    );
  },
};
