import type { Agent } from '../core/agent.ts';
import type { Task } from './task.ts';

/** What the registry knows of an agent. */
export interface AgentEntry {
  /** Lower case with hyphens. */
  readonly name: string;
  readonly family: 'bandits' | 'planning' | 'tabular' | 'linear' | 'deep' | 'search' | 'other';
  /** One sentence. */
  readonly description: string;
  /** Every option with its default. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** @throws RangeError if the agent cannot do the task, or an option is unknown or out of range. */
  create(task: Task, options: never): Agent;
}
