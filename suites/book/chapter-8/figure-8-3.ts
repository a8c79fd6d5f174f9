import { valueIteration } from '../../../agents/planning/value-iteration.ts';
import { DynaQ } from '../../../agents/tabular/dyna-q.ts';
import { DYNA_MAZE_MAP, dynaMaze } from '../../../envs/tabular/mazes.ts';
import type { GridChart } from '../../charts/chart.ts';
import { meanInterval } from '../../statistics.ts';
import { type Experiment, exactly, type Finding, measured } from '../experiment.ts';
import { agentSeed, learn, type Run } from './learn.ts';

const DISCOUNT = 0.95;
const ARROWS = ['up', 'right', 'down', 'left'] as const;

// bench/peers/book/chapter_8.py figure-8.3 1000: mean and standard error.
const FROM = 'NumPy, 1,000 runs (bench/peers/book/chapter_8.py)';
const REFERENCES = [
  { planningSteps: 0, decided: exactly(1), right: exactly(1), book: '1 in the run shown' },
  {
    planningSteps: 50,
    decided: measured(23.573, 0.2919),
    right: measured(21.453, 0.26659),
    book: undefined,
  },
] as const;

/** What Dyna-Q knows halfway through its second episode, with planning and without. */
export const FIGURE_8_3: Experiment = {
  name: 'figure-8.3',
  title: 'Policies halfway through the second episode, without planning and with it',
  source: 'Sutton & Barto (2018), figure 8.3',
  runs: 500,
  run({ runs, seed }) {
    const findings: Finding[] = [];
    const charts: GridChart[] = [];
    const best = bestActions();
    for (const { planningSteps, decided, right, book } of REFERENCES) {
      const policies = Array.from({ length: runs }, (_, run) =>
        greedyActions(valuesAtHalf(planningSteps, { seed, run })),
      );
      const count = (isCounted: (actions: readonly number[], cell: number) => boolean) =>
        meanInterval(policies.map((policy) => policy.filter(isCounted).length));
      findings.push(
        {
          what: `cells with arrows, n = ${planningSteps}`,
          ours: count((actions) => actions.length > 0),
          reference: decided,
          from: FROM,
          ...(book && { book }),
        },
        {
          what: `cells with arrows that all point along shortest ways, n = ${planningSteps}`,
          ours: count(
            (actions, cell) =>
              actions.length > 0 && actions.every((action) => best[cell].includes(action)),
          ),
          reference: right,
          from: FROM,
        },
      );
      charts.push(policyChart(planningSteps, policies[0]));
    }
    return { findings, charts };
  },
};

/** Q when half of the second episode's steps have been taken, rounded down. */
function valuesAtHalf(planningSteps: number, run: Run): Float64Array {
  const maze = dynaMaze();
  const agent = new DynaQ(maze, {
    planningSteps,
    stepSize: 0.1,
    discount: DISCOUNT,
    epsilon: 0.1,
    seed: agentSeed(run),
  });
  const history: Float64Array[] = []; // after each step of the second episode
  let episode = 1;
  learn(agent, maze, run, ({ terminated }) => {
    if (episode === 2) history.push(agent.actionValues.table.slice());
    if (terminated[0]) episode++;
    return episode <= 2;
  });
  return history[Math.floor(history.length / 2) - 1];
}

/** The actions of each cell that are greedy in Q; none where all are alike. */
function greedyActions(table: Float64Array): number[][] {
  const numActions = ARROWS.length;
  return Array.from({ length: table.length / numActions }, (_, cell) => {
    const row = table.subarray(cell * numActions, (cell + 1) * numActions);
    const highest = Math.max(...row);
    const greedy = [...row.keys()].filter((action) => row[action] === highest);
    return greedy.length === numActions ? [] : greedy;
  });
}

/** The actions of each cell that are on a shortest way to the goal. */
function bestActions(): number[][] {
  const model = dynaMaze().model?.();
  if (model === undefined) throw new Error('figure-8.3: the maze must have a model.');
  const { actionValues } = valueIteration(model, { discount: DISCOUNT });
  const { numActions } = model;
  return Array.from({ length: model.numStates }, (_, cell) => {
    const row = actionValues.subarray(cell * numActions, (cell + 1) * numActions);
    const highest = Math.max(...row);
    return [...row.keys()].filter((action) => row[action] > highest - 1e-9);
  });
}

function policyChart(planningSteps: number, policy: readonly number[][]): GridChart {
  const letters = DYNA_MAZE_MAP.join('');
  const isNamed = (letter: string) => letter === 'S' || letter === 'G';
  return {
    kind: 'grid',
    title: planningSteps === 0 ? 'Without planning, n = 0' : `With planning, n = ${planningSteps}`,
    rows: DYNA_MAZE_MAP.length,
    columns: DYNA_MAZE_MAP[0].length,
    values: Array.from(letters, (letter) => (letter === '#' ? 1 : 0)),
    texts: Array.from(letters, (letter) => (isNamed(letter) ? letter : '')),
    arrows: policy.map((actions) => actions.map((action) => ARROWS[action])),
  };
}
