import { checkInteger } from '../core/check.ts';
import type { Rng } from '../core/rng.ts';
import {
  checkSavedHeader,
  type SavedData,
  savedCount,
  savedHeader,
  savedObject,
} from '../core/saved.ts';
import type { Transitions } from '../core/transitions.ts';
import { type Allocator, buildWithin, type MemoryPlan, planMemory } from './memory.ts';
import {
  checkPriorities,
  PRIORITY_DEFAULTS,
  Priorities,
  type PriorityOptions,
} from './priorities.ts';
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

/** What a prioritized buffer keeps, and how it draws. */
export interface PrioritizedReplayOptions extends ReplayOptions, PriorityOptions {}

/** The options of a prioritized buffer where none are given. */
export const PRIORITIZED_REPLAY_DEFAULTS: Required<PrioritizedReplayOptions> = {
  ...REPLAY_DEFAULTS,
  ...PRIORITY_DEFAULTS,
};

/** Options in which nothing is `auto`. */
export type ResolvedPrioritizedOptions = ResolvedReplayOptions & Required<PrioritizedReplayOptions>;

const WHERE = 'PrioritizedReplayBuffer';
// Not put together at each call: that would allocate.
const ADD = `${WHERE}.add`;
const SAMPLE = `${WHERE}.sample`;
const UPDATE = `${WHERE}.updatePriorities`;

/**
 * The last `capacity` transitions, sampled the more often the greater their error was.
 *
 *     P(i) = pᵢ^α / Σ p^α       with pᵢ = |δᵢ| + ε
 *     wᵢ = (N · P(i))^−β / max w
 *
 * A transition that has not been learned from yet has the greatest priority there ever was, at first 1. A
 * batch takes one transition from each of as many equal parts of Σ p^α; the greatest weight is that of
 * the batch.
 *
 *     replay.sample(batch, rng);
 *     // learn from the batch: its losses times batch.weights
 *     replay.updatePriorities(batch.indices, errors);
 *
 * Source: Schaul et al. (2016), "Prioritized experience replay", proportional variant, algorithm 1.
 */
export class PrioritizedReplayBuffer implements Replay {
  readonly capacity: number;
  readonly options: ResolvedPrioritizedOptions;
  readonly memory: MemoryPlan;
  readonly #task: ReplayTask;
  readonly #store: TransitionStore;
  readonly #priorities: Priorities;
  #rows: Int32Array = new Int32Array(0); // of a batch that has no indices

  /**
   * @param task The world whose transitions it will hold.
   * @param capacity Transitions it holds at most, at least 1.
   * @throws RangeError if `capacity` or an option does not fit, or it would take more than `maxBytes`.
   */
  constructor(task: ReplayTask, capacity: number, options: PrioritizedReplayOptions = {}) {
    this.capacity = capacity;
    this.options = resolvePrioritized(task, capacity, options);
    this.memory = PrioritizedReplayBuffer.plan(task, capacity, options);
    this.#task = task;
    const { store, priorities } = buildWithin(this.memory, this.options.maxBytes, (allocator) =>
      build(task, capacity, this.options, allocator),
    );
    this.#store = store;
    this.#priorities = priorities;
  }

  /** What such a buffer would take. @throws RangeError if an argument does not fit. */
  static plan(
    task: ReplayTask,
    capacity: number,
    options: PrioritizedReplayOptions = {},
  ): MemoryPlan {
    const resolved = resolvePrioritized(task, capacity, options);
    return planMemory(WHERE, (allocator) => build(task, capacity, resolved, allocator));
  }

  /** Transitions held now; at most `capacity`. */
  get length(): number {
    return this.#store.length;
  }

  /** Those of them that can be sampled: with n steps, or the end of their episode, behind them. */
  get ready(): number {
    return this.#store.ready;
  }

  /** β now. */
  get weightExponent(): number {
    return this.#priorities.weightExponent;
  }

  /** A batch of `n` rows for `sample`. @throws RangeError unless `n` is an integer of at least 1. */
  createBatch(n: number): ReplayBatch {
    checkInteger(`${WHERE}.createBatch: n`, n, 1);
    return createReplayBatch(this.#task, n, this.options);
  }

  /**
   * Stores every row of `transitions`, with the greatest priority; the oldest give way.
   *
   * @param actionMasks 𝒜(s), `[rows × numActions]`, with `stateMasks`; else absent.
   * @throws RangeError if its rows are of another size than the world's: nothing is stored then.
   */
  add(transitions: Transitions, actionMasks?: Uint8Array): void {
    const before = this.#store.first;
    this.#store.add(ADD, transitions, actionMasks);
    this.#priorities.follow(before);
  }

  /**
   * Fills every row of `batch`; for `weights` and `indices` it should have columns.
   *
   * @throws Error if the buffer is empty, or none has all its steps yet.
   * @throws RangeError if the batch's rows are of another size than the world's.
   */
  sample(batch: SampledColumns, rng: Rng): void {
    const count = batch.rewards.length;
    this.#store.checkBatch(SAMPLE, batch);
    if (this.#priorities.areNone) throw this.#store.emptiness(SAMPLE);
    if (this.#rows.length < count) this.#rows = new Int32Array(count);
    const rows = batch.indices ?? this.#rows;
    this.#priorities.draw(rng, rows, count);
    this.#store.gather(rows, batch);
    if (batch.weights !== undefined) this.#priorities.weigh(rows, batch.weights);
  }

  /** p^α of the transition at an index of a batch; 0 where there is none that can be drawn. */
  priority(index: number): number {
    checkInteger(`${WHERE}.priority: index`, index, 0, this.capacity - 1);
    return this.#priorities.get(index);
  }

  /**
   * Sets the priorities of what a batch was learned from, before anything else is added.
   *
   * @param indices `indices` of the batch.
   * @param errors δ, of whatever sign, as many.
   * @throws RangeError if an index is none of the buffer's, or an error is not finite: nothing has
   *   changed then.
   */
  updatePriorities(indices: Int32Array, errors: ArrayLike<number>): void {
    this.#priorities.update(UPDATE, indices, errors);
  }

  save(): SavedData {
    return {
      ...savedHeader('prioritized-replay', 1),
      layout: this.#layout(),
      transitions: this.#store.save(),
      ...this.#priorities.save(),
    };
  }

  /** @throws Error if `saved` is of another capacity, world or options: nothing has changed then. */
  restore(saved: SavedData): void {
    const where = `${WHERE}.restore`;
    checkSavedHeader(where, saved, 'prioritized-replay', 1);
    checkLayout(where, saved, this.#layout());
    const transitions = savedObject(where, saved, 'transitions');
    const rows = Math.min(savedCount(where, transitions, 'added'), this.capacity);
    const priorities = this.#priorities.restoring(where, saved, rows);
    this.#store.restoring(where, transitions)();
    priorities();
  }

  #layout(): SavedData {
    const { numSteps, stateMasks, priorityExponent } = this.options;
    const shared = savedLayout(this.#task, this.capacity, numSteps, this.options);
    return { ...shared, numSteps, stateMasks, priorityExponent };
  }
}

function build(
  task: ReplayTask,
  capacity: number,
  options: ResolvedPrioritizedOptions,
  allocator: Allocator,
): { store: TransitionStore; priorities: Priorities } {
  const store = new TransitionStore(task, capacity, options, allocator);
  return { store, priorities: new Priorities(store, options, allocator) };
}

function resolvePrioritized(
  task: ReplayTask,
  capacity: number,
  options: PrioritizedReplayOptions,
): ResolvedPrioritizedOptions {
  const resolved = resolveReplayOptions(
    WHERE,
    task,
    capacity,
    options,
    PRIORITIZED_REPLAY_DEFAULTS,
  );
  checkPriorities(WHERE, resolved);
  return resolved;
}
