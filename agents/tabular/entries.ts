import type { AgentEntry } from '../entry.ts';
import { Q_LEARNING_DEFAULTS, QLearning } from './q-learning.ts';

/** Agents that learn tables, as the registry lists them. */
export const TABULAR_AGENTS: readonly AgentEntry[] = [
  {
    name: 'q-learning',
    family: 'tabular',
    description: 'Learns action values in a table from each step, towards the best next action.',
    defaults: Q_LEARNING_DEFAULTS,
    create: (task, options) => new QLearning(task, options),
  },
];
