import { DynaQ } from '../../../agents/tabular/dyna-q.ts';
import { PrioritizedSweeping } from '../../../agents/tabular/prioritized-sweeping.ts';
import { log10, pow } from '../../../core/math.ts';
import type { Series } from '../../charts/chart.ts';
import { type Interval, meanInterval } from '../../statistics.ts';
import { type Experiment, type Finding, measured } from '../experiment.ts';
import { agentSeed, learn, type Run } from './learn.ts';
import { type MagnifiedMaze, magnifyMaze } from './magnified-maze.ts';

// The book gives only the most updates for each step. Both agents walk at random, so that they see the
// same, and learn off policy: else the last shortcut may wait forever to be found by chance.
const UPDATES = 5;
const OPTIONS = { stepSize: 1, discount: 0.95, epsilon: 1 };

// bench/peers/book/chapter_8.py example-8.4 200: mean and standard error of log₁₀ of the updates, for
// 47, 94, … states.
const FROM = 'NumPy, 25 to 200 runs (bench/peers/book/chapter_8.py)';
const CONTESTANTS = [
  {
    name: 'prioritized sweeping',
    solve: sweepingUpdates,
    references: [
      measured(2.2237, 0.0085),
      measured(2.7104, 0.0121),
      measured(2.9726, 0.0188),
      measured(3.566, 0.031),
      measured(3.8633, 0.0413),
    ],
  },
  {
    name: 'Dyna-Q',
    solve: dynaUpdates,
    references: [
      measured(3.7358, 0.0169),
      measured(4.2369, 0.0159),
      measured(4.5145, 0.0249),
      measured(5.0247, 0.0384),
      measured(5.3642, 0.0564),
    ],
  },
] as const;

/** Prioritized sweeping and Dyna-Q in mazes that are drawn finer and finer. */
export const EXAMPLE_8_4: Experiment = {
  name: 'example-8.4',
  title: 'Prioritized sweeping and Dyna-Q in mazes of growing resolution',
  source: 'Sutton & Barto (2018), example 8.4',
  runs: 100,
  run({ runs, seed }) {
    const findings: Finding[] = [];
    const series = CONTESTANTS.map(({ name, solve, references }): Series => {
      const mazes = references.map((_, doublings) => magnifyMaze(doublings));
      const intervals = mazes.map((maze, i) => {
        const logs = Array.from({ length: runs }, (_, run) => log10(solve(maze, { seed, run })));
        const ours = meanInterval(logs);
        const what = `log₁₀ of updates, ${maze.numStates} states, ${name}`;
        findings.push({ what, ours, reference: references[i], from: FROM });
        return ours;
      });
      return {
        name,
        x: mazes.map(({ numStates }) => numStates),
        y: powersOf10(intervals, 'estimate'),
        low: powersOf10(intervals, 'low'),
        high: powersOf10(intervals, 'high'),
        mark: 'line-and-points',
      };
    });
    const sizes = series[0].x;
    return {
      findings,
      charts: [
        {
          kind: 'lines',
          title: 'Updates until the greedy policy takes a shortest way (geometric mean)',
          x: { label: 'states of the maze', scale: 'log', ticks: Array.from(sizes) },
          y: { label: 'updates', scale: 'log' },
          series,
        },
      ],
    };
  },
};

function sweepingUpdates(maze: MagnifiedMaze, run: Run): number {
  const agent = new PrioritizedSweeping(maze.world, {
    ...OPTIONS,
    planningSteps: UPDATES,
    threshold: 1e-4,
    seed: agentSeed(run),
  });
  learn(agent, maze.world, run, () => !maze.isSolvedBy(agent.actionValues));
  return agent.updates;
}

function dynaUpdates(maze: MagnifiedMaze, run: Run): number {
  const planningSteps = UPDATES - 1; // and one update from the step itself
  const agent = new DynaQ(maze.world, { ...OPTIONS, planningSteps, seed: agentSeed(run) });
  let steps = 0;
  learn(agent, maze.world, run, () => {
    steps++;
    return !maze.isSolvedBy(agent.actionValues);
  });
  return UPDATES * steps;
}

function powersOf10(intervals: readonly Interval[], end: keyof Interval): number[] {
  return intervals.map((interval) => pow(10, interval[end]));
}
