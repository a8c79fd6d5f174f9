import type { Agent } from '../core/agent.ts';
import { hint, show } from '../core/check.ts';
import { EPSILON_GREEDY_DEFAULTS, EpsilonGreedy } from './bandits/epsilon-greedy.ts';
import { VALUE_ITERATION_DEFAULTS, ValueIteration } from './planning/value-iteration.ts';
import { Q_LEARNING_DEFAULTS, QLearning } from './tabular/q-learning.ts';
import type { Task } from './task.ts';
import { UNIFORM_RANDOM_DEFAULTS, UniformRandom } from './uniform-random.ts';

/** What the registry knows of an agent. */
export interface AgentEntry {
  /** Lower case with hyphens. */
  readonly name: string;
  readonly family: 'bandits' | 'planning' | 'tabular' | 'deep' | 'search' | 'other';
  /** One sentence. */
  readonly description: string;
  /** Every option with its default. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** @throws RangeError if the agent cannot do the task, or an option is unknown or out of range. */
  create(task: Task, options: never): Agent;
}

const entries = new Map<string, AgentEntry>();

/**
 * Adds an agent to the registry, for the command line and suites.
 *
 * @throws RangeError if the name is not lower case with hyphens, or is taken.
 */
export function registerAgent(entry: AgentEntry): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(entry.name)) {
    throw new RangeError(
      `registerAgent: the name must be lower case with hyphens, got ${show(entry.name)}.`,
    );
  }
  if (entries.has(entry.name)) {
    throw new RangeError(`registerAgent: ${entry.name} is taken. Give it another name.`);
  }
  entries.set(entry.name, entry);
}

/** Every agent in the registry, in the order they were added. */
export function agentEntries(): readonly AgentEntry[] {
  return [...entries.values()];
}

/** @throws RangeError if there is no such agent; names the nearest one. */
export function agentEntry(name: string): AgentEntry {
  const entry = entries.get(name);
  if (entry !== undefined) return entry;
  const known = [...entries.keys()];
  throw new RangeError(
    `There is no agent ${show(name)}.${hint(name, known)} Known: ${known.join(', ')}.`,
  );
}

/**
 * Makes an agent by its name, for a world.
 *
 *     const agent = makeAgent('q-learning', dynamics, { stepSize: 0.5 });
 *
 * @param task What the agent must know of the world; any `Dynamics` says it.
 * @throws RangeError if the name or an option is unknown, or the agent cannot do the task.
 */
export function makeAgent(
  name: string,
  task: Task,
  options: Readonly<Record<string, unknown>> = {},
): Agent {
  return agentEntry(name).create(task, options as never);
}

registerAgent({
  name: 'random',
  family: 'other',
  description: 'Acts at random: the measure of whether another agent has learned anything.',
  defaults: UNIFORM_RANDOM_DEFAULTS,
  create: (task, options) => new UniformRandom(task, options),
});
registerAgent({
  name: 'epsilon-greedy',
  family: 'bandits',
  description: 'Pulls the arm with the best estimate, and now and then a random one.',
  defaults: EPSILON_GREEDY_DEFAULTS,
  create: (task, options) => new EpsilonGreedy(task, options),
});
registerAgent({
  name: 'value-iteration',
  family: 'planning',
  description: 'Solves the Bellman optimality equations of a known model, then acts greedily.',
  defaults: VALUE_ITERATION_DEFAULTS,
  create: (task, options) => new ValueIteration(task, options),
});
registerAgent({
  name: 'q-learning',
  family: 'tabular',
  description: 'Learns action values in a table from each step, towards the best next action.',
  defaults: Q_LEARNING_DEFAULTS,
  create: (task, options) => new QLearning(task, options),
});
