import { EpsilonGreedy } from '../../../agents/bandits/epsilon-greedy.ts';
import { Ucb1 } from '../../../agents/bandits/ucb1.ts';
import { type Experiment, exactly } from '../experiment.ts';
import { atPull, BEST_ARM, finding, findingsOf, play, testbedChart } from './testbed.ts';

// bench/peers/bandit_testbed.py reference 10000: over the last hundred pulls, and at the eleventh.
const UCB = {
  reward: [1.48536, 0.006138],
  optimal: [0.85345, 0.002215],
  eleventh: [0.4349, 0.004958],
} as const;
const EPSILON_GREEDY = { reward: [1.36515, 0.005673], optimal: [0.79416, 0.002985] } as const;

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
    const ucb = play((task) => new Ucb1(task, { exploration: 2 }), options, 900);
    const epsilonGreedy = play((task) => new EpsilonGreedy(task), options, 900);
    return {
      findings: [
        ...findingsOf('of the last 100 pulls, UCB, c = 2', ucb, UCB),
        ...findingsOf('of the last 100 pulls, ε = 0.1', epsilonGreedy, EPSILON_GREEDY),
        {
          what: 'reward at pull 11, the spike, UCB, c = 2',
          ours: atPull(ucb, 'rewards', 10),
          reference: exactly(SPIKE),
          from: 'exact: 1.53875 / √2, the value of the best of ten noisy draws',
        },
        finding(
          'share of the best arm at pull 11, UCB, c = 2',
          atPull(ucb, 'optimalShares', 10),
          UCB.eleventh,
        ),
      ],
      charts: [
        testbedChart('Average reward', 'rewards', [
          ['UCB, c = 2', ucb],
          ['ε-greedy, ε = 0.1', epsilonGreedy],
        ]),
      ],
    };
  },
};
