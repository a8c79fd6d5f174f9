import { EpsilonGreedy } from '../../../agents/bandits/epsilon-greedy.ts';
import { GreedyBandit } from '../../../agents/bandits/greedy.ts';
import type { Experiment } from '../experiment.ts';
import {
  atPull,
  type CreateAgent,
  type Estimate,
  finding,
  playMethod,
  type Reference,
  testbedChart,
} from './testbed.ts';

interface Method extends Reference {
  readonly name: string;
  readonly create: CreateAgent;
  /** The share of the best arm at the eleventh pull. */
  readonly eleventh: Estimate;
}

// bench/peers/bandit_testbed.py reference 10000: mean and standard error.
const METHODS: readonly Method[] = [
  {
    name: 'optimistic, greedy: Q₁ = 5, ε = 0',
    create: (task) => new GreedyBandit(task, { initialValue: 5, stepSize: 0.1 }),
    reward: [1.49657, 0.006152],
    optimal: [0.84932, 0.003297],
    regret: [0.24244, 0.000382],
    eleventh: [0.4337, 0.004956],
  },
  {
    name: 'realistic, ε-greedy: Q₁ = 0, ε = 0.1',
    create: (task) => new EpsilonGreedy(task, { epsilon: 0.1, stepSize: 0.1 }),
    reward: [1.34787, 0.005625],
    optimal: [0.75175, 0.003179],
    regret: [0.2914, 0.001975],
    eleventh: [0.2865, 0.004521],
  },
];

/** Optimistic initial values against ε-greedy exploration, both with α = 0.1. */
export const FIGURE_2_3: Experiment = {
  name: 'figure-2.3',
  title: 'The effect of optimistic initial action values on the 10-armed testbed',
  source: 'Sutton & Barto (2018), figure 2.3',
  runs: 2000,
  run(options) {
    const played = METHODS.map((method) => {
      const { name, create, eleventh } = method;
      const { result, findings } = playMethod(name, create, method, options);
      const what = `share of the best arm at pull 11, ${name}`;
      const early = finding(what, atPull(result, 'optimalShares', 10), eleventh);
      return { name, result, findings: [...findings, early] };
    });
    const results = played.map(({ name, result }) => [name, result] as const);
    return {
      findings: played.flatMap(({ findings }) => findings),
      charts: [testbedChart('Optimal action', 'optimalShares', results)],
    };
  },
};
