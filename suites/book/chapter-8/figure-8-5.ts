import { DynaQ } from '../../../agents/tabular/dyna-q.ts';
import { DynaQPlus } from '../../../agents/tabular/dyna-q-plus.ts';
import { shortcutMaze } from '../../../envs/tabular/mazes.ts';
import type { Experiment } from '../experiment.ts';
import { compareInChangingMaze } from './changing-maze.ts';

// The book does not say what its figure was made with.
const OPTIONS = { planningSteps: 50, stepSize: 1, discount: 0.95, epsilon: 0.1 };
const BONUS = 1e-3;

/** Dyna-Q and Dyna-Q+ when a shorter way opens: the model was too bad. */
export const FIGURE_8_5: Experiment = {
  name: 'figure-8.5',
  title: 'Dyna agents when a shorter way opens',
  source: 'Sutton & Barto (2018), figure 8.5',
  runs: 100,
  run(options) {
    const maze = shortcutMaze();
    return compareInChangingMaze(
      {
        maze,
        steps: 6000,
        title: 'A shorter way opens after 3,000 steps',
        // bench/peers/book/chapter_8.py figure-8.5 500
        from: 'NumPy, 500 runs (bench/peers/book/chapter_8.py)',
        contestants: [
          {
            name: 'Dyna-Q+',
            create: (seed) => new DynaQPlus(maze, { ...OPTIONS, bonus: BONUS, seed }),
            sums: [
              [3000, 136.088, 0.1639],
              [4500, 243.948, 0.3417],
              [6000, 364.726, 0.356],
            ],
          },
          {
            name: 'Dyna-Q',
            create: (seed) => new DynaQ(maze, { ...OPTIONS, seed }),
            sums: [
              [3000, 123.456, 1.263],
              [4500, 205.238, 1.314],
              [6000, 287.798, 1.294],
            ],
          },
        ],
      },
      options,
    );
  },
};
