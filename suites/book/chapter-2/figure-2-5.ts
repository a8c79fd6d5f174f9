import { GradientBandit } from '../../../agents/bandits/gradient-bandit.ts';
import type { Experiment } from '../experiment.ts';
import { findingsOf, play, testbedChart } from './testbed.ts';

/** Mean of the arms' true values in this figure alone. */
const VALUE_MEAN = 4;

// bench/peers/bandit_testbed.py reference 10000: over the last hundred pulls, mean and standard error.
const METHODS = [
  { stepSize: 0.1, baseline: true, reward: [5.50037, 0.006048], optimal: [0.84414, 0.003397] },
  { stepSize: 0.1, baseline: false, reward: [5.20555, 0.007011], optimal: [0.48609, 0.004932] },
  { stepSize: 0.4, baseline: true, reward: [5.43537, 0.006276], optimal: [0.71522, 0.00448] },
  { stepSize: 0.4, baseline: false, reward: [4.79568, 0.008152], optimal: [0.27957, 0.004475] },
] as const;

/** Gradient bandit algorithms with and without a baseline, when rewards lie around 4. */
export const FIGURE_2_5: Experiment = {
  name: 'figure-2.5',
  title: 'Gradient bandits with and without a reward baseline, true values around 4',
  source: 'Sutton & Barto (2018), figure 2.5',
  runs: 2000,
  run(options) {
    const played = METHODS.map((method) => {
      const { stepSize, baseline } = method;
      const name = `α = ${stepSize}, ${baseline ? 'with' : 'without'} baseline`;
      const create = (task: ConstructorParameters<typeof GradientBandit>[0]) =>
        new GradientBandit(task, { stepSize, baseline });
      const result = play(create, options, 900, VALUE_MEAN);
      return {
        name,
        result,
        findings: findingsOf(`of the last 100 pulls, ${name}`, result, method),
      };
    });
    const results = played.map(({ name, result }) => [name, result] as const);
    return {
      findings: played.flatMap(({ findings }) => findings),
      charts: [testbedChart('Optimal action', 'optimalShares', results)],
    };
  },
};
