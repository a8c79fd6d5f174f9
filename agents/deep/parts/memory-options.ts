import { checkPositive, resolveOptions } from '../../../core/check.ts';
import { PRIORITY_DEFAULTS, type PriorityOptions } from '../../../replay/priorities.ts';
import type { ReplayTask } from '../../../replay/replay-task.ts';
import {
  type ResolvedStorageOptions,
  resolveStorage,
  STORAGE_DEFAULTS,
  type StorageOptions,
} from '../../../replay/storage-options.ts';

/** How an agent's memory keeps observations, and how many bytes it may take: JSON. */
export type MemoryOptions = StorageOptions;

/** The same, and the least priority, which counts where there are priorities. */
export interface PrioritizedMemoryOptions
  extends StorageOptions,
    Pick<PriorityOptions, 'minimumPriority'> {}

/** The options of an agent's memory where none are given: those of the replay buffers. */
export const MEMORY_DEFAULTS: Required<MemoryOptions> = STORAGE_DEFAULTS;

/** Likewise. */
export const PRIORITIZED_MEMORY_DEFAULTS: Required<PrioritizedMemoryOptions> = {
  ...STORAGE_DEFAULTS,
  minimumPriority: PRIORITY_DEFAULTS.minimumPriority,
};

/**
 * Lays options over the defaults.
 *
 * @throws RangeError that begins with `where`, if one is unknown, or a number is not above 0.
 */
export function resolveMemory<T extends PrioritizedMemoryOptions>(
  where: string,
  defaults: Required<T>,
  given: T,
): Required<T> {
  const resolved = resolveOptions<T>(where, defaults, given);
  for (const key of ['maxBytes', 'minimumPriority'] as const) {
    const value: number | undefined = resolved[key];
    if (value !== undefined) checkPositive(`${where}: ${key}`, value);
  }
  return resolved;
}

/**
 * How a buffer for the transitions of a world is to keep them.
 *
 * @throws RangeError that begins with `where`, if they cannot be kept so.
 */
export function storageFor(
  where: string,
  task: ReplayTask,
  { storage, stack, shared, meanEpisodeLength, maxBytes }: Required<MemoryOptions>,
): ResolvedStorageOptions {
  const options = { storage, stack, shared, meanEpisodeLength, maxBytes };
  return resolveStorage(where, task, options, STORAGE_DEFAULTS);
}
