import type { AgentEntry } from '../entry.ts';
import { DQN_DEFAULTS, Dqn } from './dqn.ts';

/** Agents that learn networks, as the registry lists them. */
export const DEEP_AGENTS: readonly AgentEntry[] = [
  {
    name: 'dqn',
    family: 'deep',
    description: 'Q-learning with a network, from remembered transitions and a target network.',
    defaults: DQN_DEFAULTS,
    create: (task, options) => new Dqn(task, options),
  },
];
