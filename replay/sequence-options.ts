import { checkInteger } from '../core/check.ts';
import { checkSteps } from './check-steps.ts';
import { checkPriorities, PRIORITY_DEFAULTS, type PriorityOptions } from './priorities.ts';
import type { ReplayTask } from './replay-task.ts';
import {
  type ResolvedStorageOptions,
  resolveStorage,
  STORAGE_DEFAULTS,
  type StorageOptions,
} from './storage-options.ts';

/** What a buffer of sequences keeps, and how. */
export interface SequenceReplayOptions extends StorageOptions, PriorityOptions {
  /**
   * Steps of a sequence that are learned from, at least 2. There must be room for as many of each copy.
   * Default 20.
   */
  readonly length?: number;
  /** Steps before them by which memory is warmed up. Default 0. */
  readonly burnIn?: number;
  /** Numbers that the network carries from step to step, stored with each; 0 stores none. Default 0. */
  readonly stateSize?: number;
  /**
   * Whether sequences are drawn the more often the greater their error was; without it the options of
   * priorities mean nothing. Default false.
   */
  readonly prioritized?: boolean;
}

/** The options of a buffer of sequences where none are given. */
export const SEQUENCE_REPLAY_DEFAULTS: Required<SequenceReplayOptions> = {
  ...STORAGE_DEFAULTS,
  ...PRIORITY_DEFAULTS,
  length: 20,
  burnIn: 0,
  stateSize: 0,
  prioritized: false,
};

/** Options in which nothing is `auto`. */
export type ResolvedSequenceOptions = Required<SequenceReplayOptions> & ResolvedStorageOptions;

const WHERE = 'SequenceReplayBuffer';

/** @throws RangeError if the capacity or an option does not fit. */
export function resolveSequences(
  task: ReplayTask,
  capacity: number,
  options: SequenceReplayOptions,
): ResolvedSequenceOptions {
  checkInteger(`${WHERE}: capacity`, capacity, 1);
  const resolved = resolveStorage(WHERE, task, options, SEQUENCE_REPLAY_DEFAULTS);
  checkSteps(`${WHERE}: length`, resolved.length, 2, capacity);
  checkInteger(`${WHERE}: burnIn`, resolved.burnIn, 0);
  checkInteger(`${WHERE}: stateSize`, resolved.stateSize, 0);
  checkPriorities(WHERE, resolved);
  return resolved;
}
