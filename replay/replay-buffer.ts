import { checkInteger } from '../core/check.ts';
import type { Rng } from '../core/rng.ts';
import { checkSavedHeader, type SavedData, savedHeader, savedObject } from '../core/saved.ts';
import type { Transitions } from '../core/transitions.ts';
import { buildWithin, type MemoryPlan, planMemory } from './memory.ts';
import type { Replay } from './replay.ts';
import { createReplayBatch, type ReplayBatch, type SampledColumns } from './replay-batch.ts';
import {
  REPLAY_DEFAULTS,
  type ReplayOptions,
  type ResolvedReplayOptions,
  resolveReplayOptions,
} from './replay-options.ts';
import type { ReplayTask } from './replay-task.ts';
import { checkLayout, savedLayout } from './store/saved-layout.ts';
import { TransitionStore } from './store/transition-store.ts';

/**
 * The last `capacity` transitions, sampled uniformly with replacement.
 *
 * Columns are typed arrays used as rings: adding and sampling copy numbers and allocate nothing.
 * `memory` says what they take, `ReplayBuffer.plan` before there are any.
 *
 *     const replay = new ReplayBuffer(world, 100_000, { numSteps: 3, discount: 0.99 });
 *     const batch = replay.createBatch(32);
 *     replay.add(envs.step(actions));
 *     replay.sample(batch, rng);
 *
 * Source: Lin (1992), "Self-improving reactive agents based on reinforcement learning, planning
 * and teaching". Returns of n steps: Sutton & Barto (2018), equation 7.1; frames that are stored once:
 * Mnih et al. (2015), "Human-level control through deep reinforcement learning".
 */
export class ReplayBuffer implements Replay {
  readonly capacity: number;
  readonly options: ResolvedReplayOptions;
  readonly memory: MemoryPlan;
  readonly #task: ReplayTask;
  readonly #store: TransitionStore;
  #rows: Int32Array = new Int32Array(0); // of a batch that has no indices

  /**
   * @param task The world whose transitions it will hold.
   * @param capacity Transitions it holds at most, at least 1.
   * @throws RangeError if `capacity` or an option does not fit, or it would take more than `maxBytes`.
   */
  constructor(task: ReplayTask, capacity: number, options: ReplayOptions = {}) {
    this.capacity = capacity;
    this.options = resolveReplayOptions('ReplayBuffer', task, capacity, options, REPLAY_DEFAULTS);
    this.memory = ReplayBuffer.plan(task, capacity, options);
    this.#task = task;
    this.#store = buildWithin(
      this.memory,
      this.options.maxBytes,
      (allocator) => new TransitionStore(task, capacity, this.options, allocator),
    );
  }

  /** What such a buffer would take. @throws RangeError if an argument does not fit. */
  static plan(task: ReplayTask, capacity: number, options: ReplayOptions = {}): MemoryPlan {
    const resolved = resolveReplayOptions('ReplayBuffer', task, capacity, options, REPLAY_DEFAULTS);
    return planMemory(
      'ReplayBuffer',
      (allocator) => new TransitionStore(task, capacity, resolved, allocator),
    );
  }

  /** Transitions held now; at most `capacity`. */
  get length(): number {
    return this.#store.length;
  }

  /** Those of them that can be sampled: with n steps, or the end of their episode, behind them. */
  get ready(): number {
    return this.#store.ready;
  }

  /** A batch of `n` rows for `sample`. @throws RangeError unless `n` is an integer of at least 1. */
  createBatch(n: number): ReplayBatch {
    checkInteger('ReplayBuffer.createBatch: n', n, 1);
    return createReplayBatch(this.#task, n, this.options);
  }

  /**
   * Stores every row of `transitions`; the oldest give way once the buffer is full.
   *
   * @param actionMasks 𝒜(s), `[rows × numActions]`, with `stateMasks`; else absent.
   * @throws RangeError if its rows are of another size than the world's: nothing is stored then.
   */
  add(transitions: Transitions, actionMasks?: Uint8Array): void {
    this.#store.add('ReplayBuffer.add', transitions, actionMasks);
  }

  /**
   * Fills every row of `batch` with a random transition.
   *
   * @throws Error if the buffer is empty, or none has all its steps yet.
   * @throws RangeError if the batch's rows are of another size than the world's.
   */
  sample(batch: SampledColumns, rng: Rng): void {
    const where = 'ReplayBuffer.sample';
    const count = batch.rewards.length;
    this.#store.checkBatch(where, batch);
    if (this.#rows.length < count) this.#rows = new Int32Array(count);
    const rows = batch.indices ?? this.#rows;
    this.#store.draw(where, rng, rows, count);
    this.#store.gather(rows, batch);
    batch.weights?.fill(1);
  }

  save(): SavedData {
    return {
      ...savedHeader('replay', 1),
      layout: this.#layout(),
      transitions: this.#store.save(),
    };
  }

  /** @throws Error if `saved` is of another capacity, world or options: nothing has changed then. */
  restore(saved: SavedData): void {
    const where = 'ReplayBuffer.restore';
    checkSavedHeader(where, saved, 'replay', 1);
    checkLayout(where, saved, this.#layout());
    this.#store.restoring(where, savedObject(where, saved, 'transitions'))();
  }

  #layout(): SavedData {
    const { numSteps, stateMasks } = this.options;
    const shared = savedLayout(this.#task, this.capacity, numSteps, this.options);
    return { ...shared, numSteps, stateMasks };
  }
}
