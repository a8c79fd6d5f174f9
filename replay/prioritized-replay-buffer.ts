import { checkBetween, checkInteger, checkLength, checkPositive } from '../core/check.ts';
import { pow } from '../core/math.ts';
import type { Rng } from '../core/rng.ts';
import {
  checkSavedHeader,
  type SavedData,
  savedArray,
  savedCount,
  savedHeader,
  savedNumber,
  savedObject,
} from '../core/saved.ts';
import { checkSchedule, type Schedule, scheduleValue } from '../core/schedule.ts';
import type { Transitions } from '../core/transitions.ts';
import { type Allocator, buildWithin, type MemoryPlan, planMemory } from './memory.ts';
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
import { SumTree } from './sum-tree.ts';

/** What a prioritized buffer keeps, and how it draws. */
export interface PrioritizedReplayOptions extends ReplayOptions {
  /** α, in [0, 1]: 0 draws all with the same chance, 1 in proportion to their errors. Default 0.6. */
  readonly priorityExponent?: number;
  /**
   * β, in [0, 1], a number or a schedule of the transitions added: how far weights undo the priorities,
   * at 1 altogether. Default 0.4; the paper anneals it to 1 until learning ends.
   */
  readonly weightExponent?: Schedule;
  /** ε, above 0: what is added to an error, so that each transition can be drawn. Default 1e-6. */
  readonly minimumPriority?: number;
}

/** The options of a prioritized buffer where none are given. */
export const PRIORITIZED_REPLAY_DEFAULTS: Required<PrioritizedReplayOptions> = {
  ...REPLAY_DEFAULTS,
  priorityExponent: 0.6,
  weightExponent: 0.4,
  minimumPriority: 1e-6,
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
  readonly #priorities: SumTree; // p^α of the ready transitions, by rows; 0 elsewhere
  #greatest = 1; // p^α of new ones
  #rows: Int32Array = new Int32Array(0); // of a batch that has no indices
  #scratch: Float64Array = new Float64Array(0); // numbers of a batch

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
    return scheduleValue(this.options.weightExponent, this.#store.added);
  }

  /** A batch of `n` rows for `sample`. */
  createBatch(n: number): ReplayBatch {
    return createReplayBatch(this.#task, n);
  }

  /**
   * Stores every row of `transitions`, with the greatest priority; the oldest give way.
   *
   * @throws RangeError if its rows are of another size than the world's: nothing is stored then.
   */
  add(transitions: Transitions): void {
    const store = this.#store;
    const before = store.first;
    store.add(ADD, transitions);
    const { first, capacity, readyNow, readyNowCount } = store;
    for (let number = before; number < first; number++) this.#priorities.set(number % capacity, 0);
    for (let k = 0; k < readyNowCount; k++) {
      const number = readyNow[k];
      if (number >= first) this.#priorities.set(number % capacity, this.#greatest);
    }
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
    if (this.#priorities.total === 0) throw this.#store.emptiness(SAMPLE);
    if (this.#rows.length < count) this.#rows = new Int32Array(count);
    const rows = batch.indices ?? this.#rows;
    if (this.#scratch.length < count) this.#scratch = new Float64Array(count);
    drawParts(rng, this.#scratch, count);
    this.#priorities.findInParts(this.#scratch, rows, count);
    this.#store.gather(rows, batch);
    if (batch.weights !== undefined) this.#weigh(rows, batch.weights);
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
    if (errors.length !== indices.length) checkLength(`${UPDATE}: errors`, errors, indices.length);
    for (let i = 0; i < indices.length; i++) {
      if (!(indices[i] >= 0 && indices[i] < this.capacity)) {
        checkInteger(`${UPDATE}: indices[${i}]`, indices[i], 0, this.capacity - 1);
      }
      if (Number.isFinite(errors[i])) continue;
      throw new RangeError(`${UPDATE}: errors[${i}] must be a finite number, got ${errors[i]}.`);
    }
    const { priorityExponent, minimumPriority } = this.options;
    const count = indices.length;
    if (this.#scratch.length < count) this.#scratch = new Float64Array(count);
    const powers = this.#scratch;
    for (let i = 0; i < count; i++) powers[i] = Math.abs(errors[i]) + minimumPriority;
    raise(powers, count, priorityExponent);
    this.#takeGreatest(indices, powers);
    this.#priorities.replaceAll(indices, powers);
  }

  save(): SavedData {
    return {
      ...savedHeader('prioritized-replay', 1),
      layout: this.#layout(),
      transitions: this.#store.save(),
      priorities: this.#priorities.slice(Math.min(this.#store.added, this.capacity)),
      greatest: this.#greatest,
    };
  }

  /** @throws Error if `saved` is of another capacity, world or options: nothing has changed then. */
  restore(saved: SavedData): void {
    const where = `${WHERE}.restore`;
    checkSavedHeader(where, saved, 'prioritized-replay', 1);
    checkLayout(where, saved, this.#layout());
    const transitions = savedObject(where, saved, 'transitions');
    const greatest = savedNumber(where, saved, 'greatest');
    checkPositive(`${where}: greatest`, greatest);
    const rows = Math.min(savedCount(where, transitions, 'added'), this.capacity);
    const priorities = savedArray(where, saved, 'priorities', Float64Array, rows);
    for (const priority of priorities) {
      checkBetween(`${where}: priorities`, priority, 0, greatest);
    }
    this.#store.restoring(where, transitions)();
    this.#priorities.fill(priorities);
    this.#greatest = greatest;
  }

  #layout(): SavedData {
    const { numSteps } = this.options;
    return { ...savedLayout(this.capacity, this.options), numSteps };
  }

  /** wᵢ = (N P(i))^−β / max w = (min P / P(i))^β. */
  #weigh(rows: Int32Array, weights: Float64Array): void {
    const exponent = this.weightExponent;
    this.#priorities.getAll(rows, weights);
    let least = Infinity;
    for (let i = 0; i < weights.length; i++) if (weights[i] < least) least = weights[i];
    for (let i = 0; i < weights.length; i++) weights[i] = least / weights[i];
    raise(weights, weights.length, exponent);
  }

  /** Takes down the greatest of the priorities of transitions that are still there. */
  #takeGreatest(indices: Int32Array, powers: Float64Array): void {
    let greatest = this.#greatest;
    for (let i = 0; i < indices.length; i++) {
      if (powers[i] > greatest && this.#priorities.get(indices[i]) > 0) greatest = powers[i];
    }
    this.#greatest = greatest;
  }
}

/** Raises the first `count` numbers to a power. A function of its own: see `drawRows`. */
function raise(numbers: Float64Array, count: number, exponent: number): void {
  for (let i = 0; i < count; i++) numbers[i] = pow(numbers[i], exponent);
}

/** Draws from [0, 1). A function of its own: see `drawRows`. */
function drawParts(rng: Rng, parts: Float64Array, count: number): void {
  for (let i = 0; i < count; i++) parts[i] = rng.uniform();
}

function build(
  task: ReplayTask,
  capacity: number,
  options: ResolvedPrioritizedOptions,
  allocator: Allocator,
): { store: TransitionStore; priorities: SumTree } {
  return {
    store: new TransitionStore(task, capacity, options, allocator),
    priorities: new SumTree(capacity, allocator),
  };
}

function resolvePrioritized(
  task: ReplayTask,
  capacity: number,
  options: PrioritizedReplayOptions,
): ResolvedPrioritizedOptions {
  checkInteger(`${WHERE}: capacity`, capacity, 1);
  const resolved = resolveReplayOptions(WHERE, task, options, PRIORITIZED_REPLAY_DEFAULTS);
  checkBetween(`${WHERE}: priorityExponent`, resolved.priorityExponent, 0, 1);
  checkSchedule(`${WHERE}: weightExponent`, resolved.weightExponent, 0, 1);
  checkPositive(`${WHERE}: minimumPriority`, resolved.minimumPriority);
  return resolved;
}
