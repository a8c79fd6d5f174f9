import type { AgentEntry } from '../entry.ts';
import {
  ASYNCHRONOUS_VALUE_ITERATION_DEFAULTS,
  AsynchronousValueIteration,
} from './asynchronous-value-iteration.ts';
import {
  AVERAGE_REWARD_POLICY_ITERATION_DEFAULTS,
  AverageRewardPolicyIteration,
} from './average-reward-policy-iteration.ts';
import {
  MODIFIED_POLICY_ITERATION_DEFAULTS,
  ModifiedPolicyIteration,
} from './modified-policy-iteration.ts';
import { POLICY_ITERATION_DEFAULTS, PolicyIteration } from './policy-iteration.ts';
import {
  PRIORITIZED_VALUE_ITERATION_DEFAULTS,
  PrioritizedValueIteration,
} from './prioritized-value-iteration.ts';
import { Q_VALUE_ITERATION_DEFAULTS, QValueIteration } from './q-value-iteration.ts';
import {
  RELATIVE_VALUE_ITERATION_DEFAULTS,
  RelativeValueIteration,
} from './relative-value-iteration.ts';
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
  {
    name: 'q-value-iteration',
    family: 'planning',
    description: 'Value iteration on action values: Q-learning with a known model.',
    defaults: Q_VALUE_ITERATION_DEFAULTS,
    create: (task, options) => new QValueIteration(task, options),
  },
  {
    name: 'policy-iteration',
    family: 'planning',
    description: 'Evaluates a policy exactly and makes it greedy, until it no longer changes.',
    defaults: POLICY_ITERATION_DEFAULTS,
    create: (task, options) => new PolicyIteration(task, options),
  },
  {
    name: 'modified-policy-iteration',
    family: 'planning',
    description: 'Evaluates each policy by a few sweeps only, then makes it greedy.',
    defaults: MODIFIED_POLICY_ITERATION_DEFAULTS,
    create: (task, options) => new ModifiedPolicyIteration(task, options),
  },
  {
    name: 'asynchronous-value-iteration',
    family: 'planning',
    description: 'Value iteration of one state at a time, in any order.',
    defaults: ASYNCHRONOUS_VALUE_ITERATION_DEFAULTS,
    create: (task, options) => new AsynchronousValueIteration(task, options),
  },
  {
    name: 'prioritized-value-iteration',
    family: 'planning',
    description: 'Prioritized sweeping with a known model: always backs up the most wrong state.',
    defaults: PRIORITIZED_VALUE_ITERATION_DEFAULTS,
    create: (task, options) => new PrioritizedValueIteration(task, options),
  },
  {
    name: 'relative-value-iteration',
    family: 'planning',
    description: 'Finds the policy with the best average reward of a step.',
    defaults: RELATIVE_VALUE_ITERATION_DEFAULTS,
    create: (task, options) => new RelativeValueIteration(task, options),
  },
  {
    name: 'average-reward-policy-iteration',
    family: 'planning',
    description: 'Policy iteration for the average reward of a step, exactly.',
    defaults: AVERAGE_REWARD_POLICY_ITERATION_DEFAULTS,
    create: (task, options) => new AverageRewardPolicyIteration(task, options),
  },
];
