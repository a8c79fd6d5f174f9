import { EpsilonGreedy } from '../../../agents/bandits/epsilon-greedy.ts';
import { kArmedBandit } from '../../../envs/bandits/k-armed-bandit.ts';
import { runBanditTestbed } from '../../../training/bandit-testbed.ts';
import type { LineChart } from '../../charts/chart.ts';
import { meanInterval } from '../../statistics.ts';
import { type Experiment, type Finding, measured } from '../experiment.ts';

const PULLS = 1000;

// bench/peers/bandit_testbed.py reference 10000: over the last hundred pulls, mean and standard error.
const FROM = 'NumPy, 10,000 problems (bench/peers/bandit_testbed.py)';
const REFERENCES = [
  { epsilon: 0, reward: measured(1.03667, 0.006198), optimal: measured(0.3585, 0.004796) },
  { epsilon: 0.01, reward: measured(1.30792, 0.006297), optimal: measured(0.59603, 0.004808) },
  { epsilon: 0.1, reward: measured(1.36515, 0.005673), optimal: measured(0.79416, 0.002985) },
] as const;

/** Greedy and ε-greedy policies on the 10-armed testbed. */
export const FIGURE_2_2: Experiment = {
  name: 'figure-2.2',
  title: 'What ε-greedy methods earn on the 10-armed testbed',
  source: 'Sutton & Barto (2018), figure 2.2',
  runs: 2000,
  run({ runs, seed }) {
    const findings: Finding[] = [];
    const series = REFERENCES.map(({ epsilon, reward, optimal }) => {
      const { pulls, problems } = runBanditTestbed(
        kArmedBandit(),
        (task) => new EpsilonGreedy(task, { epsilon }),
        { numProblems: runs, pulls: PULLS, from: 900, seed },
      );
      const of = `of the last 100 pulls, ε = ${epsilon}`;
      findings.push(
        {
          what: `reward ${of}`,
          ours: meanInterval(problems.rewards),
          reference: reward,
          from: FROM,
        },
        {
          what: `share of the best arm ${of}`,
          ours: meanInterval(problems.optimalShares),
          reference: optimal,
          from: FROM,
        },
      );
      return { name: `ε = ${epsilon}`, pulls };
    });
    const x = Array.from({ length: PULLS }, (_, i) => i + 1);
    const chart = (
      title: string,
      label: string,
      column: 'rewards' | 'optimalShares',
    ): LineChart => ({
      kind: 'lines',
      title,
      x: { label: 'steps' },
      y: { label },
      series: series.map(({ name, pulls }) => ({ name, x, y: pulls[column] })),
    });
    return {
      findings,
      charts: [
        chart('Average reward', 'reward', 'rewards'),
        chart('Optimal action', 'share of the problems', 'optimalShares'),
      ],
    };
  },
};
