import { evaluatePolicy } from '../../../agents/planning/evaluate-policy.ts';
import { DynaQ } from '../../../agents/tabular/dyna-q.ts';
import { gridWorld } from '../../../envs/tabular/grid-world.ts';
import { DYNA_MAZE_MAP, dynaMaze } from '../../../envs/tabular/mazes.ts';
import { type Interval, meanInterval } from '../../statistics.ts';
import { Curves } from '../curves.ts';
import { type Experiment, exactly, type Finding, measured } from '../experiment.ts';
import { agentSeed, learn, type Run } from './learn.ts';

const EPISODES = 50;

// bench/peers/book/chapter_8.py figure-8.2 2000: mean and standard error.
const FROM = 'NumPy, 2,000 runs (bench/peers/book/chapter_8.py)';
const REFERENCES = [
  {
    planningSteps: 0,
    second: measured(689.596, 13.81),
    fifth: measured(275.559, 5.027),
    all: measured(83.9838, 0.4465),
    last: measured(17.9421, 0.0377),
  },
  {
    planningSteps: 5,
    second: measured(151.261, 1.509),
    fifth: measured(23.301, 0.2521),
    all: measured(21.0891, 0.03719),
    last: measured(16.8141, 0.02917),
  },
  {
    planningSteps: 50,
    second: measured(39.4285, 0.2192),
    fifth: measured(17.042, 0.06829),
    all: measured(17.3592, 0.03266),
    last: measured(16.7864, 0.03439),
  },
] as const;

/** Dyna-Q in the Dyna maze: how fast it learns with more or less planning. */
export const FIGURE_8_2: Experiment = {
  name: 'figure-8.2',
  title: 'What planning is worth to Dyna-Q in a maze',
  source: 'Sutton & Barto (2018), figure 8.2',
  runs: 300,
  run({ runs, seed }) {
    const findings: Finding[] = [];
    const series = REFERENCES.map(({ planningSteps, second, fifth, all, last }) => {
      const curves = new Curves(EPISODES);
      const late: number[] = []; // means over some episodes, of each run
      const later: number[] = [];
      for (let run = 0; run < runs; run++) {
        const steps = stepsOfEpisodes(planningSteps, { seed, run });
        curves.add(steps);
        late.push(mean(steps.subarray(1)));
        later.push(mean(steps.subarray(EPISODES - 10)));
      }
      const add = (what: string, ours: Interval, reference: Interval) =>
        findings.push({ what: `${what}, n = ${planningSteps}`, ours, reference, from: FROM });
      if (planningSteps === 0) findings.push(firstEpisode(curves.interval(0)));
      add('steps of episode 2', curves.interval(1), second);
      add('steps of episode 5', curves.interval(4), fifth);
      add('steps of an episode, 2 to 50', meanInterval(late), all);
      add('steps of an episode, 41 to 50', meanInterval(later), last);
      const { x, y, low, high } = curves.series('');
      const from2 = (values: ArrayLike<number> = []) => Array.from(values).slice(1);
      const name = `n = ${planningSteps}`;
      return { name, x: from2(x), y: from2(y), low: from2(low), high: from2(high) };
    });
    return {
      findings,
      charts: [
        {
          kind: 'lines',
          title: 'Steps of each episode, from the second on',
          x: { label: 'episodes' },
          y: { label: 'steps', domain: [0, 800] },
          series,
        },
      ],
    };
  },
};

/** Steps of each episode of one agent, `[EPISODES]`. */
function stepsOfEpisodes(planningSteps: number, run: Run): Float64Array {
  const maze = dynaMaze();
  const agent = new DynaQ(maze, {
    planningSteps,
    stepSize: 0.1,
    discount: 0.95,
    epsilon: 0.1,
    seed: agentSeed(run),
  });
  const steps = new Float64Array(EPISODES);
  let episode = 0;
  learn(agent, maze, run, ({ terminated }) => {
    steps[episode]++;
    if (terminated[0]) episode++;
    return episode < EPISODES;
  });
  return steps;
}

/** Until the first reward nothing is known, however much is planned: the agent walks at random. */
function firstEpisode(ours: Interval): Finding {
  const counting = gridWorld({ map: DYNA_MAZE_MAP }); // −1 a step
  const model = counting.model?.();
  if (model === undefined) throw new Error('figure-8.2: the maze must have a model.');
  const random = new Float64Array(model.numStates * model.numActions).fill(1 / model.numActions);
  const { values } = evaluatePolicy(model, random, { discount: 1 });
  return {
    what: 'steps of episode 1',
    ours,
    reference: exactly(-values[model.startDistribution.indexOf(1)]),
    from: 'Bellman equations of a random walk, solved',
    book: 'about 1700',
  };
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
