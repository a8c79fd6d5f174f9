import { EpsilonGreedy } from '../../../agents/bandits/epsilon-greedy.ts';
import { Ucb1 } from '../../../agents/bandits/ucb1.ts';
import { type Experiment, exactly } from '../experiment.ts';
import { atPull, BEST_ARM, finding, playMethod, testbedChart } from './testbed.ts';

// bench/peers/bandit_testbed.py reference 10000: mean and standard error.
const UCB = {
  reward: [1.48536, 0.006138],
  optimal: [0.85345, 0.002215],
  regret: [0.14798, 0.000334],
  eleventh: [0.4349, 0.004958],
} as const;
const EPSILON_GREEDY = {
  reward: [1.36515, 0.005673],
  optimal: [0.79416, 0.002985],
  regret: [0.23619, 0.001271],
} as const;

/**
 * The reward at the eleventh pull of UCB: after a pull of each arm it takes the best of ten sums of a
 * value and a noise of the same variance, of which half is the value: 1.53875 / √2.
 */
const SPIKE = BEST_ARM * Math.SQRT1_2;

/** Upper confidence bounds, c = 2, against ε-greedy exploration. */
export const FIGURE_2_4: Experiment = {
  name: 'figure-2.4',
  title: 'What UCB earns on the 10-armed testbed',
  source: 'Sutton & Barto (2018), figure 2.4',
  runs: 2000,
  run(options) {
    const ucb = playMethod(
      'UCB, c = 2',
      (task) => new Ucb1(task, { exploration: 2 }),
      UCB,
      options,
    );
    const epsilonGreedy = playMethod(
      'ε-greedy, ε = 0.1',
      (task) => new EpsilonGreedy(task),
      EPSILON_GREEDY,
      options,
    );
    return {
      findings: [
        ...ucb.findings,
        ...epsilonGreedy.findings,
        {
          what: 'reward at pull 11, the spike, UCB, c = 2',
          ours: atPull(ucb.result, 'rewards', 10),
          reference: exactly(SPIKE),
          from: 'exact: 1.53875 / √2, the value of the best of ten noisy draws',
        },
        finding(
          'share of the best arm at pull 11, UCB, c = 2',
          atPull(ucb.result, 'optimalShares', 10),
          UCB.eleventh,
        ),
      ],
      charts: [
        testbedChart('Average reward', 'rewards', [
          [ucb.name, ucb.result],
          [epsilonGreedy.name, epsilonGreedy.result],
        ]),
      ],
    };
  },
};
