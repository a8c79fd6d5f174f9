import { checkBetween, checkInteger, checkOneOf, resolveOptions, show } from '../core/check.ts';
import { describeSpace } from '../core/spaces/describe.ts';
import { rowSize } from '../core/spaces/rows.ts';
import { STORAGES, type Storage, storageOf } from './columns/storage.ts';
import { DEFAULT_MAX_BYTES } from './memory.ts';
import type { ReplayTask } from './replay-task.ts';

/** How a replay buffer keeps observations. */
export interface StorageOptions {
  /**
   * How numbers of observations are stored: as `bits` (0 and 1), `uint8` (0 … 255) or `float32`; `auto`
   * is the smallest that holds the space. Default `auto`.
   */
  readonly storage?: Storage | 'auto';
  /**
   * Frames that an observation is a stack of, the oldest first; each is stored once. Of a `Dict` or
   * `Tuple`, whose parts are stacks each by itself, 1. Default 1.
   */
  readonly stack?: number;
  /**
   * Whether s′ is stored together with the s of the next transition, which it mostly is: half the
   * memory. Row i of every batch should then be copy i. `auto` does so for stacks, and where an
   * observation takes 32 bytes or more, unless observations change from one step to the next
   * (`ReplayTask.repeats`). Default `auto`.
   */
  readonly shared?: boolean | 'auto';
  /**
   * The mean length of episodes for which there is room where observations are shared, since the last s′
   * of an episode is shared with none. Are episodes shorter, the oldest transitions give way before the
   * buffer is full. At least 1. Default 20.
   */
  readonly meanEpisodeLength?: number;
  /** Bytes it may take, above 0; to need more is an error. Default 4 GiB. */
  readonly maxBytes?: number;
}

/** The storage options of a replay buffer where none are given. */
export const STORAGE_DEFAULTS: Required<StorageOptions> = {
  storage: 'auto',
  stack: 1,
  shared: 'auto',
  meanEpisodeLength: 20,
  maxBytes: DEFAULT_MAX_BYTES,
};

/** Storage options in which nothing is `auto`. */
export interface ResolvedStorageOptions extends Required<StorageOptions> {
  readonly storage: Storage;
  readonly shared: boolean;
}

// Of smaller observations little is saved: the links between rows take 12 bytes.
const WORTH_SHARING = 32; // bytes

/**
 * Lays options over the defaults of a buffer, and checks those that all buffers have in common.
 *
 * @throws RangeError if an option does not fit, or observations are no stacks of so many frames.
 */
export function resolveStorage<T extends Required<StorageOptions>>(
  where: string,
  task: ReplayTask,
  options: Partial<T>,
  defaults: T,
): T & ResolvedStorageOptions {
  const given: T = resolveOptions(where, defaults as Required<T>, options as T);
  checkOneOf(`${where}: storage`, given.storage, ['auto', ...STORAGES]);
  checkInteger(`${where}: stack`, given.stack, 1);
  checkInteger(`${where}: numEnvs`, task.numEnvs ?? 1, 1);
  if (given.shared !== 'auto' && typeof given.shared !== 'boolean') {
    throw new RangeError(
      `${where}: shared must be true, false or "auto", got ${show(given.shared)}.`,
    );
  }
  checkBetween(`${where}: meanEpisodeLength`, given.meanEpisodeLength, 1, Number.MAX_VALUE);
  checkStack(where, task, given.stack);
  const storage = given.storage === 'auto' ? storageOf(task.observationSpace) : given.storage;
  const shared =
    given.shared === 'auto' ? isWorthSharing(task, storage, given.stack) : given.shared;
  if (given.stack > 1 && !shared) {
    throw new RangeError(`${where}: shared must be true where stack is above 1, got false.`);
  }
  return { ...given, storage, shared };
}

/** @throws RangeError if observations are no stacks of so many frames. */
function checkStack(where: string, { observationSpace, repeats }: ReplayTask, stack: number): void {
  const size = rowSize(observationSpace);
  if (size % stack !== 0) {
    throw new RangeError(
      `${where}: stack must divide the ${size} numbers of an observation, got ${stack}.`,
    );
  }
  if (stack === 1) return;
  if (observationSpace.kind === 'dict' || observationSpace.kind === 'tuple') {
    throw new RangeError(
      `${where}: stack must be 1 for ${describeSpace(observationSpace)}, whose parts are stacked each by itself, got ${stack}.`,
    );
  }
  if (repeats === false) {
    throw new RangeError(
      `${where}: stack must be 1 where an observation shows otherwise in the step after, as normalized ones do, got ${stack}.`,
    );
  }
}

function isWorthSharing(task: ReplayTask, storage: Storage, stack: number): boolean {
  const size = rowSize(task.observationSpace);
  const bytes = { bits: Math.ceil(size / 8), uint8: size, float32: 4 * size }[storage];
  return stack > 1 || (bytes >= WORTH_SHARING && task.repeats !== false);
}
