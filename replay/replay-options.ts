import { checkBetween, checkInteger, checkOneOf } from '../core/check.ts';
import { checkSteps } from './check-steps.ts';
import { isMasked, type ReplayTask } from './replay-task.ts';
import {
  type ResolvedStorageOptions,
  resolveStorage,
  STORAGE_DEFAULTS,
  type StorageOptions,
} from './storage-options.ts';

/** What a replay buffer gives back, and how it keeps it. */
export interface ReplayOptions extends StorageOptions {
  /**
   * n of n-step returns, at least 1: r is the discounted sum of n rewards, s′ the state behind them;
   * fewer where the episode ends before. With more than 1, row i of every batch that is added must be
   * copy i, and there must be room for n steps of each copy. Default 1.
   */
  readonly numSteps?: number;
  /** γ, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /**
   * Whether 𝒜(s) is kept beside 𝒜(s′), where the world has masks: `add` is given it, and batches have
   * `actionMasks`. Default false.
   */
  readonly stateMasks?: boolean;
}

/** The options of a replay buffer where none are given. */
export const REPLAY_DEFAULTS: Required<ReplayOptions> = {
  ...STORAGE_DEFAULTS,
  numSteps: 1,
  discount: 0.99,
  stateMasks: false,
};

/** Options in which nothing is `auto`. */
export type ResolvedReplayOptions = Required<ReplayOptions> & ResolvedStorageOptions;

/**
 * Checks what buffers of single transitions have in common.
 *
 * @param defaults Those of the buffer, with whatever it has besides.
 * @throws RangeError if the capacity or an option does not fit.
 */
export function resolveReplayOptions<T extends Required<ReplayOptions>>(
  where: string,
  task: ReplayTask,
  capacity: number,
  options: Partial<T>,
  defaults: T,
): T & ResolvedReplayOptions {
  checkInteger(`${where}: capacity`, capacity, 1);
  const resolved = resolveStorage(where, task, options, defaults);
  checkSteps(`${where}: numSteps`, resolved.numSteps, 1, capacity);
  checkBetween(`${where}: discount`, resolved.discount, 0, 1);
  checkOneOf(`${where}: stateMasks`, String(resolved.stateMasks), ['true', 'false']);
  if (resolved.stateMasks && !isMasked(task)) {
    throw new RangeError(
      `${where}: stateMasks must be false for a world without masks, got true. Make it with masked: true.`,
    );
  }
  return resolved;
}
