import { EpsilonGreedy } from '../../../agents/bandits/epsilon-greedy.ts';
import type { BanditResult } from '../../../training/bandit-testbed.ts';
import { type Interval, meanInterval } from '../../statistics.ts';
import { type Experiment, exactly } from '../experiment.ts';
import { BEST_ARM, playMethod, testbedChart } from './testbed.ts';

// bench/peers/bandit_testbed.py reference 10000: mean and standard error.
const METHODS = [
  {
    epsilon: 0,
    name: 'ε = 0 (greedy)',
    reward: [1.03667, 0.006198],
    optimal: [0.3585, 0.004796],
    regret: [0.50812, 0.005792],
    book: { reward: 'about 1', optimal: 'about a third' },
  },
  {
    epsilon: 0.01,
    name: 'ε = 0.01',
    reward: [1.30792, 0.006297],
    optimal: [0.59603, 0.004808],
    regret: [0.34788, 0.004304],
  },
  {
    epsilon: 0.1,
    name: 'ε = 0.1',
    reward: [1.36515, 0.005673],
    optimal: [0.79416, 0.002985],
    regret: [0.23619, 0.001271],
    book: { optimal: 'at most 0.91' },
  },
] as const;

/** Greedy and ε-greedy policies on the 10-armed testbed. */
export const FIGURE_2_2: Experiment = {
  name: 'figure-2.2',
  title: 'What ε-greedy methods earn on the 10-armed testbed',
  source: 'Sutton & Barto (2018), figure 2.2',
  runs: 2000,
  run(options) {
    const played = METHODS.map((method) => {
      const { epsilon, name } = method;
      return playMethod(name, (task) => new EpsilonGreedy(task, { epsilon }), method, options);
    });
    const results = played.map(({ name, result }) => [name, result] as const);
    return {
      findings: [
        ...played.flatMap(({ findings }) => findings),
        {
          what: 'reward of the best arm',
          ours: bestArm(played[0].result),
          reference: exactly(BEST_ARM),
          from: 'numerical integration: the mean of the greatest of ten normal draws',
          book: 'about 1.54',
        },
      ],
      charts: [
        testbedChart('Average reward', 'rewards', results),
        testbedChart('Optimal action', 'optimalShares', results),
      ],
    };
  },
};

/** What the best arm would have earned: the reward, and what was missed. */
function bestArm({ problems: { rewards, regrets } }: BanditResult): Interval {
  return meanInterval(rewards.map((reward, i) => reward + regrets[i]));
}
