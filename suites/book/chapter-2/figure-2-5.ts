import { GradientBandit } from '../../../agents/bandits/gradient-bandit.ts';
import type { Experiment } from '../experiment.ts';
import { type CreateAgent, playMethod, testbedChart } from './testbed.ts';

/** Mean of the arms' true values in this figure alone. */
const VALUE_MEAN = 4;

// bench/peers/bandit_testbed.py reference 10000: mean and standard error.
const METHODS = [
  {
    stepSize: 0.1,
    baseline: true,
    reward: [5.50037, 0.006048],
    optimal: [0.84414, 0.003397],
    regret: [0.18363, 0.000972],
  },
  {
    stepSize: 0.1,
    baseline: false,
    reward: [5.20555, 0.007011],
    optimal: [0.48609, 0.004932],
    regret: [0.45758, 0.004474],
  },
  {
    stepSize: 0.4,
    baseline: true,
    reward: [5.43537, 0.006276],
    optimal: [0.71522, 0.00448],
    regret: [0.16219, 0.002427],
  },
  {
    stepSize: 0.4,
    baseline: false,
    reward: [4.79568, 0.008152],
    optimal: [0.27957, 0.004475],
    regret: [0.79735, 0.007303],
  },
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
      const create: CreateAgent = (task) => new GradientBandit(task, { stepSize, baseline });
      return playMethod(name, create, method, options, VALUE_MEAN);
    });
    const results = played.map(({ name, result }) => [name, result] as const);
    return {
      findings: played.flatMap(({ findings }) => findings),
      charts: [testbedChart('Optimal action', 'optimalShares', results)],
    };
  },
};
