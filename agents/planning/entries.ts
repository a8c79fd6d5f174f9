import type { AgentEntry } from '../entry.ts';
import { VALUE_ITERATION_DEFAULTS, ValueIteration } from './value-iteration.ts';

/** Agents that know the model of the world, as the registry lists them. */
export const PLANNING_AGENTS: readonly AgentEntry[] = [
  {
    name: 'value-iteration',
    family: 'planning',
    description: 'Solves the Bellman optimality equations of a known model, then acts greedily.',
    defaults: VALUE_ITERATION_DEFAULTS,
    create: (task, options) => new ValueIteration(task, options),
  },
];
