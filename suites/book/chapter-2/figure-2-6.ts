import { EpsilonGreedy } from '../../../agents/bandits/epsilon-greedy.ts';
import { GradientBandit } from '../../../agents/bandits/gradient-bandit.ts';
import { GreedyBandit } from '../../../agents/bandits/greedy.ts';
import { Ucb1 } from '../../../agents/bandits/ucb1.ts';
import type { Agent } from '../../../core/agent.ts';
import type { Series } from '../../charts/chart.ts';
import { type Interval, meanInterval } from '../../statistics.ts';
import type { Experiment } from '../experiment.ts';
import { BEST_ARM, type CreateAgent, type Estimate, finding, play } from './testbed.ts';

interface Method {
  readonly name: string;
  /** The parameter's letter. */
  readonly letter: string;
  readonly create: (task: Parameters<CreateAgent>[0], parameter: number) => Agent;
  /** The parameter of the first reference; each next one is twice as large. */
  readonly from: number;
  /** The regret of a pull, for each parameter: mean and standard error. */
  readonly regrets: readonly Estimate[];
}

// bench/peers/bandit_testbed.py reference 10000: over all pulls.
const METHODS: readonly Method[] = [
  {
    name: 'ε-greedy',
    letter: 'ε',
    create: (task, epsilon) => new EpsilonGreedy(task, { epsilon }),
    from: 1 / 128,
    regrets: [
      [0.37209, 0.004544],
      [0.29307, 0.003576],
      [0.23578, 0.002625],
      [0.21015, 0.001619],
      [0.25884, 0.001123],
      [0.42174, 0.001342],
    ],
  },
  {
    name: 'gradient bandit',
    letter: 'α',
    create: (task, stepSize) => new GradientBandit(task, { stepSize }),
    from: 1 / 32,
    regrets: [
      [0.44007, 0.000772],
      [0.25342, 0.000797],
      [0.16098, 0.001052],
      [0.1393, 0.001732],
      [0.18267, 0.002807],
      [0.29471, 0.004198],
      [0.48419, 0.00584],
      [0.70262, 0.007282],
    ],
  },
  {
    name: 'UCB',
    letter: 'c',
    create: (task, exploration) => new Ucb1(task, { exploration }),
    from: 1 / 16,
    regrets: [
      [0.12204, 0.002311],
      [0.11079, 0.002134],
      [0.08788, 0.001701],
      [0.05885, 0.001036],
      [0.05931, 0.000351],
      [0.14798, 0.000334],
      [0.37193, 0.000503],
    ],
  },
  {
    name: 'greedy, optimistic, α = 0.1',
    letter: 'Q₁',
    create: (task, initialValue) => new GreedyBandit(task, { initialValue, stepSize: 0.1 }),
    from: 1 / 4,
    regrets: [
      [0.21719, 0.003482],
      [0.1405, 0.002525],
      [0.08397, 0.00107],
      [0.12713, 0.00056],
      [0.21293, 0.000389],
    ],
  },
];

/**
 * Every method of the chapter at powers of two of its parameter.
 *
 * The average reward is estimated as what the best arm gives on average, which is known, less the
 * regret: the same number with a fifth of the error.
 */
export const FIGURE_2_6: Experiment = {
  name: 'figure-2.6',
  title: 'A parameter study of the bandit algorithms',
  source: 'Sutton & Barto (2018), figure 2.6',
  runs: 2000,
  run(options) {
    const studies = METHODS.map((method) => {
      const parameters = method.regrets.map((_, i) => method.from * powerOfTwo(i));
      const rewards = parameters.map((parameter) => {
        const { problems } = play((task) => method.create(task, parameter), options, 0);
        return meanInterval(problems.regrets.map((regret) => BEST_ARM - regret));
      });
      return { method, parameters, rewards };
    });
    return {
      findings: studies.flatMap(({ method: { name, letter, regrets }, parameters, rewards }) =>
        regrets.map(([regret, error], i) =>
          finding(`average reward, ${name}, ${letter} = ${showPower(parameters[i])}`, rewards[i], [
            BEST_ARM - regret,
            error,
          ]),
        ),
      ),
      charts: [
        {
          kind: 'lines',
          title: 'Average reward over the first 1000 steps',
          x: {
            label: 'ε, α, c, Q₁',
            scale: 'log',
            domain: [1 / 160, 5],
            ticks: TICKS,
            tickLabels: TICKS.map(showPower),
          },
          y: { label: 'average reward' },
          series: studies.map(({ method, parameters, rewards }) => {
            return seriesOf(`${method.name} (${method.letter})`, parameters, rewards);
          }),
        },
      ],
    };
  },
};

const TICKS = [-7, -6, -5, -4, -3, -2, -1, 0, 1, 2].map(powerOfTwo);

function powerOfTwo(exponent: number): number {
  return exponent < 0 ? 1 / (1 << -exponent) : 1 << exponent;
}

/** `1/8`, or `2`. */
function showPower(power: number): string {
  return power < 1 ? `1/${1 / power}` : String(power);
}

function seriesOf(name: string, x: readonly number[], rewards: readonly Interval[]): Series {
  return {
    name,
    x,
    y: rewards.map(({ estimate }) => estimate),
    low: rewards.map(({ low }) => low),
    high: rewards.map(({ high }) => high),
    mark: 'line-and-points',
  };
}
