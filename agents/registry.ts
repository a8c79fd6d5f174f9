import type { Agent } from '../core/agent.ts';
import { hint, show } from '../core/check.ts';
import { BANDIT_AGENTS } from './bandits/entries.ts';
import { DEEP_AGENTS } from './deep/entries.ts';
import type { AgentEntry } from './entry.ts';
import { LINEAR_AGENTS } from './linear/entries.ts';
import { PLANNING_AGENTS } from './planning/entries.ts';
import { TABULAR_AGENTS } from './tabular/entries.ts';
import { MONTE_CARLO_AGENTS } from './tabular/monte-carlo-entries.ts';
import type { Task } from './task.ts';
import { UNIFORM_RANDOM_DEFAULTS, UniformRandom } from './uniform-random.ts';

export type { AgentEntry } from './entry.ts';

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
for (const entry of [
  ...BANDIT_AGENTS,
  ...PLANNING_AGENTS,
  ...TABULAR_AGENTS,
  ...MONTE_CARLO_AGENTS,
  ...LINEAR_AGENTS,
  ...DEEP_AGENTS,
]) {
  registerAgent(entry);
}
