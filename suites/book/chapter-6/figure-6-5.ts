import { DoubleQLearning } from '../../../agents/tabular/double-q-learning.ts';
import type { ControlOptions } from '../../../agents/tabular/epsilon-greedy-table.ts';
import { QLearning } from '../../../agents/tabular/q-learning.ts';
import type { Agent } from '../../../core/agent.ts';
import { maximizationBias } from '../../../envs/tabular/maximization-bias.ts';
import type { Interval } from '../../statistics.ts';
import { Curves } from '../curves.ts';
import { type Experiment, exactly, type Finding, measured } from '../experiment.ts';
import { learnEpisodes } from '../learn-episodes.ts';
import { runSeed } from '../run-length.ts';

const EPISODES = 300;
const EPSILON = 0.1;
const A = 0;
const LEFT = 0;

const WORLD = maximizationBias();
const OPTIONS: ControlOptions = { stepSize: 0.1, discount: 1, epsilon: EPSILON };

// bench/peers/book/chapter_6.py bias 100000: mean and standard error of the share of left actions in an
// episode, and in the last ten.
const FROM = 'NumPy, 100,000 runs (bench/peers/book/chapter_6.py)';
const METHODS: readonly {
  readonly name: string;
  readonly create: (seed: number) => Agent;
  readonly shares: Readonly<Record<number, Interval>>;
  readonly late: Interval;
  readonly book?: string;
}[] = [
  {
    name: 'Q-learning',
    create: (seed) => new QLearning(WORLD, { ...OPTIONS, seed }),
    shares: {
      5: measured(0.67959, 1.476e-3),
      20: measured(0.9391, 7.56e-4),
      50: measured(0.8274, 1.195e-3),
      100: measured(0.46145, 1.576e-3),
    },
    late: measured(0.118579, 7.57e-4),
    book: 'about 5 points above the optimal 5%',
  },
  {
    name: 'Double Q-learning',
    create: (seed) => new DoubleQLearning(WORLD, { ...OPTIONS, seed }),
    shares: {
      5: measured(0.49989, 1.581e-3),
      20: measured(0.28737, 1.431e-3),
      50: measured(0.13991, 1.097e-3),
      100: measured(0.09164, 9.12e-4),
    },
    late: measured(0.068303, 4.34e-4),
  },
];

/** Q-learning and double Q-learning where the best of many noisy values looks good. */
export const FIGURE_6_5: Experiment = {
  name: 'figure-6.5',
  title: 'Maximization bias',
  source: 'Sutton & Barto (2018), figure 6.5',
  runs: 10_000,
  run({ runs, seed }) {
    const findings: Finding[] = [];
    const x = Array.from({ length: EPISODES }, (_, i) => i + 1);
    const series = METHODS.map(({ name, create, shares, late, book }) => {
      const lefts = new Curves(EPISODES);
      const last = new Curves(1);
      for (let run = 0; run < runs; run++) {
        const one = leftActions(create(runSeed(seed, run)), runSeed(seed, run));
        lefts.add(one);
        last.add([one.subarray(EPISODES - 10).reduce((sum, left) => sum + left, 0) / 10]);
      }
      const of = `share of left actions from A, ${name}`;
      findings.push({
        what: `${of}, episode 1`,
        ours: lefts.interval(0),
        reference: exactly(0.5),
        from: 'both actions tie before anything is known',
      });
      for (const [episode, reference] of Object.entries(shares)) {
        const ours = lefts.interval(Number(episode) - 1);
        findings.push({ what: `${of}, episode ${episode}`, ours, reference, from: FROM });
      }
      const what = `${of}, episodes 291 to 300`;
      findings.push({
        what,
        ours: last.interval(0),
        reference: late,
        from: FROM,
        ...(book && { book }),
      });
      return lefts.series(name, x, 2);
    });
    const optimal = { name: 'optimal', x, y: x.map(() => EPSILON / 2), dashed: true };
    return {
      findings,
      charts: [
        {
          kind: 'lines',
          title: 'Q-learning and double Q-learning, α = 0.1, ε = 0.1',
          x: { label: 'episodes' },
          y: { label: 'left actions from A, share of the runs', domain: [0, 1] },
          series: [...series, optimal],
        },
      ],
    };
  },
};

/** 1 for each episode that begins with the left action, else 0: `[EPISODES]`. */
function leftActions(agent: Agent, seed: number): Float64Array {
  const lefts = new Float64Array(EPISODES);
  let episode = 0;
  learnEpisodes(agent, WORLD, {
    episodes: EPISODES,
    seed,
    onStep: (_, { observations, actions, terminated }) => {
      if (observations[0] === A && actions[0] === LEFT) lefts[episode] = 1;
      if (terminated[0] === 1) episode++;
    },
  });
  return lefts;
}
