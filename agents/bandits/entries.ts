import type { AgentEntry } from '../entry.ts';
import { BERNOULLI_THOMPSON_DEFAULTS, BernoulliThompson } from './bernoulli-thompson.ts';
import { EPSILON_GREEDY_DEFAULTS, EpsilonGreedy } from './epsilon-greedy.ts';
import { EXP3_DEFAULTS, Exp3 } from './exp3.ts';
import { GAUSSIAN_THOMPSON_DEFAULTS, GaussianThompson } from './gaussian-thompson.ts';
import { GRADIENT_BANDIT_DEFAULTS, GradientBandit } from './gradient-bandit.ts';
import { GREEDY_BANDIT_DEFAULTS, GreedyBandit } from './greedy.ts';
import { LIN_UCB_DEFAULTS, LinUcb } from './lin-ucb.ts';
import { LINEAR_THOMPSON_DEFAULTS, LinearThompson } from './linear-thompson.ts';
import { SOFTMAX_BANDIT_DEFAULTS, SoftmaxBandit } from './softmax.ts';
import { UCB_TUNED_DEFAULTS, UcbTuned } from './ucb-tuned.ts';
import { UCB1_DEFAULTS, Ucb1 } from './ucb1.ts';

/** Agents of bandits, as the registry lists them. */
export const BANDIT_AGENTS: readonly AgentEntry[] = [
  {
    name: 'greedy',
    family: 'bandits',
    description: 'Always pulls the arm with the best estimate; optimistic ones make it explore.',
    defaults: GREEDY_BANDIT_DEFAULTS,
    create: (task, options) => new GreedyBandit(task, options),
  },
  {
    name: 'epsilon-greedy',
    family: 'bandits',
    description: 'Pulls the arm with the best estimate, and now and then a random one.',
    defaults: EPSILON_GREEDY_DEFAULTS,
    create: (task, options) => new EpsilonGreedy(task, options),
  },
  {
    name: 'softmax',
    family: 'bandits',
    description: 'Draws arms with chances that rise with their estimates, at a temperature.',
    defaults: SOFTMAX_BANDIT_DEFAULTS,
    create: (task, options) => new SoftmaxBandit(task, options),
  },
  {
    name: 'ucb1',
    family: 'bandits',
    description: 'Pulls the arm that may be worth most: its estimate and a confidence width.',
    defaults: UCB1_DEFAULTS,
    create: (task, options) => new Ucb1(task, options),
  },
  {
    name: 'ucb-tuned',
    family: 'bandits',
    description: 'As UCB1, with confidence widths that follow how the rewards vary.',
    defaults: UCB_TUNED_DEFAULTS,
    create: (task, options) => new UcbTuned(task, options),
  },
  {
    name: 'gradient-bandit',
    family: 'bandits',
    description: 'Learns preferences of arms by gradient ascent on the expected reward.',
    defaults: GRADIENT_BANDIT_DEFAULTS,
    create: (task, options) => new GradientBandit(task, options),
  },
  {
    name: 'bernoulli-thompson',
    family: 'bandits',
    description:
      'Pulls each arm as often as it is likely to be the best, where rewards are 0 or 1.',
    defaults: BERNOULLI_THOMPSON_DEFAULTS,
    create: (task, options) => new BernoulliThompson(task, options),
  },
  {
    name: 'gaussian-thompson',
    family: 'bandits',
    description:
      'Pulls each arm as often as it is likely to be the best, where rewards are normal.',
    defaults: GAUSSIAN_THOMPSON_DEFAULTS,
    create: (task, options) => new GaussianThompson(task, options),
  },
  {
    name: 'exp3',
    family: 'bandits',
    description: 'Holds its own against an adversary who has laid down the rewards, in [0, 1].',
    defaults: EXP3_DEFAULTS,
    create: (task, options) => new Exp3(task, options),
  },
  {
    name: 'lin-ucb',
    family: 'bandits',
    description: 'Pulls the arm that may be worth most in a context, by linear models.',
    defaults: LIN_UCB_DEFAULTS,
    create: (task, options) => new LinUcb(task, options),
  },
  {
    name: 'linear-thompson',
    family: 'bandits',
    description: 'Pulls each arm as often as linear models find it the best in a context.',
    defaults: LINEAR_THOMPSON_DEFAULTS,
    create: (task, options) => new LinearThompson(task, options),
  },
];
