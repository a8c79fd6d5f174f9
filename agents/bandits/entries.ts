import type { AgentEntry } from '../entry.ts';
import { EPSILON_GREEDY_DEFAULTS, EpsilonGreedy } from './epsilon-greedy.ts';

/** Agents of bandits, as the registry lists them. */
export const BANDIT_AGENTS: readonly AgentEntry[] = [
  {
    name: 'epsilon-greedy',
    family: 'bandits',
    description: 'Pulls the arm with the best estimate, and now and then a random one.',
    defaults: EPSILON_GREEDY_DEFAULTS,
    create: (task, options) => new EpsilonGreedy(task, options),
  },
];
