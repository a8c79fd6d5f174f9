import type { Rng } from '../core/rng.ts';
import type { SavedData } from '../core/saved.ts';
import type { Transitions } from '../core/transitions.ts';
import type { MemoryPlan } from './memory.ts';
import type { ReplayBatch, SampledColumns } from './replay-batch.ts';

/** A memory of single transitions: `ReplayBuffer` or `PrioritizedReplayBuffer`. */
export interface Replay {
  readonly capacity: number;
  readonly memory: MemoryPlan;

  /** Transitions held now. */
  readonly length: number;

  /** Those of them that can be sampled. */
  readonly ready: number;

  /** A batch of `n` rows for `sample`. @throws RangeError unless `n` is an integer of at least 1. */
  createBatch(n: number): ReplayBatch;

  /**
   * Stores every row of `transitions`, and with `stateMasks` 𝒜(s) of each.
   *
   * @throws RangeError if they do not fit; nothing is stored then.
   */
  add(transitions: Transitions, actionMasks?: Uint8Array): void;

  /** Fills every row of `batch`. @throws Error if there is nothing to sample. */
  sample(batch: SampledColumns, rng: Rng): void;

  save(): SavedData;

  /** @throws Error if `saved` is of another buffer: nothing has changed then. */
  restore(saved: SavedData): void;
}
