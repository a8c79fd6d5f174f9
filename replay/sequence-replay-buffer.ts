import { checkInteger, checkLength } from '../core/check.ts';
import type { Rng } from '../core/rng.ts';
import {
  checkSavedHeader,
  type SavedData,
  savedArray,
  savedCount,
  savedHeader,
  savedObject,
} from '../core/saved.ts';
import type { Transitions } from '../core/transitions.ts';
import { type Allocator, buildWithin, type MemoryPlan, planMemory } from './memory.ts';
import { Priorities } from './priorities.ts';
import type { ReplayTask } from './replay-task.ts';
import { type StepSizes, stepSizes } from './rollout/rollout-columns.ts';
import { createSequenceBatch, type SequenceBatch } from './sequence-batch.ts';
import { SequenceDraw, type SequenceRing } from './sequence-draw.ts';
import {
  type ResolvedSequenceOptions,
  resolveSequences,
  type SequenceReplayOptions,
} from './sequence-options.ts';
import { restoringColumn } from './store/saved-column.ts';
import { checkLayout, savedLayout } from './store/saved-layout.ts';
import { TransitionStore } from './store/transition-store.ts';

const WHERE = 'SequenceReplayBuffer';
// Not put together at each call: that would allocate.
const ADD = `${WHERE}.add`;
const SAMPLE = `${WHERE}.sample`;
const UPDATE = `${WHERE}.updatePriorities`;

/**
 * The last `capacity` transitions, sampled as sequences for recurrent networks.
 *
 * The step from which on is learned is drawn uniformly, or by priorities. Sequences do not cross episodes: one that comes
 * to the end is shorter, and before the first step of an episode there is no burn-in. What the network
 * carried when it acted is stored with each step, and given for the first one of a sequence.
 *
 *     replay.add(envs.step(actions), states); // states as they were before the agent acted
 *     replay.sample(batch, rng);
 *     network.forward(batch.observations, (T + 1) * n, {
 *       steps: T + 1, starts: batch.starts, state: batch.states,
 *     });
 *
 * With priorities, each of these steps has its own: the greatest there ever was until it has been learned
 * from, then what `updatePriorities` says; weights and all else are as in `PrioritizedReplayBuffer`.
 *
 * Source: Kapturowski et al. (2019), "Recurrent experience replay in distributed reinforcement learning",
 * sections 2.3 and 3. Differs from the source in that sequences may begin at any step, and none crosses
 * an episode.
 */
export class SequenceReplayBuffer {
  readonly capacity: number;
  readonly options: ResolvedSequenceOptions;
  readonly memory: MemoryPlan;
  readonly #task: ReplayTask;
  readonly #sizes: StepSizes;
  readonly #store: TransitionStore;
  readonly #priorities: Priorities | null;
  readonly #draw: SequenceDraw;
  readonly #states: Float32Array; // by rows, [capacity × stateSize]
  readonly #starts: Uint8Array; // by rows: 1 where an episode begins
  #ended: Uint8Array = new Uint8Array(0); // whether the last step of each copy ended its episode

  /**
   * @param task The world whose transitions it will hold.
   * @param capacity Transitions it holds at most, at least 1.
   * @throws RangeError if `capacity` or an option does not fit, or it would take more than `maxBytes`.
   */
  constructor(task: ReplayTask, capacity: number, options: SequenceReplayOptions = {}) {
    this.options = resolveSequences(task, capacity, options);
    this.capacity = capacity;
    this.memory = SequenceReplayBuffer.plan(task, capacity, options);
    this.#task = task;
    this.#sizes = stepSizes(task, 0);
    const ring = buildWithin(this.memory, this.options.maxBytes, (allocator) =>
      build(task, capacity, this.options, allocator),
    );
    this.#store = ring.store;
    this.#priorities = ring.priorities;
    this.#states = ring.states;
    this.#starts = ring.starts;
    this.#draw = new SequenceDraw(SAMPLE, ring, this.options);
  }

  /** What such a buffer would take. @throws RangeError if an argument does not fit. */
  static plan(task: ReplayTask, capacity: number, options: SequenceReplayOptions = {}): MemoryPlan {
    const resolved = resolveSequences(task, capacity, options);
    return planMemory(WHERE, (allocator) => build(task, capacity, resolved, allocator));
  }

  /** Transitions held now; at most `capacity`. */
  get length(): number {
    return this.#store.length;
  }

  /** Those of them that have `length` steps, or the end of their episode, behind them. */
  get ready(): number {
    return this.#store.ready;
  }

  /** Whether there is one of these whose burn-in is still held, so that there is something to sample. */
  get canSample(): boolean {
    return this.#draw.canDraw;
  }

  /** A batch of `n` sequences for `sample`. @throws RangeError unless `n` is an integer of at least 1. */
  createBatch(n: number): SequenceBatch {
    checkInteger(`${WHERE}.createBatch: n`, n, 1);
    return createSequenceBatch(this.#task, this.options, n);
  }

  /**
   * Stores every row of `transitions`, row i being of copy i; the oldest give way.
   *
   * @param states What the network carried before it acted, `[numEnvs × stateSize]`; may be left out
   *   where none is stored.
   * @throws RangeError if rows or states do not fit: nothing is stored then.
   */
  add(transitions: Transitions, states: Float32Array = NOTHING): void {
    const rows = transitions.rewards.length;
    const { stateSize } = this.options;
    if (states.length !== rows * stateSize) {
      checkLength(`${ADD}: states`, states, rows * stateSize);
    }
    const first = this.#store.added;
    const held = this.#store.first;
    this.#store.add(ADD, transitions);
    this.#priorities?.follow(held);
    if (this.#ended.length === 0) this.#ended = new Uint8Array(rows).fill(1);
    for (let i = 0; i < rows; i++) {
      const row = this.#store.rowOf(first + i);
      for (let k = 0; k < stateSize; k++) {
        this.#states[row * stateSize + k] = states[i * stateSize + k];
      }
      this.#starts[row] = this.#ended[i];
      this.#ended[i] = this.#store.endedAt(row) ? 1 : 0;
    }
  }

  /**
   * Fills `batch` with random sequences.
   *
   * @throws Error if there is none with all its steps and its burn-in.
   * @throws RangeError if the batch is of another shape than `createBatch` gives.
   */
  sample(batch: SequenceBatch, rng: Rng): void {
    const n = batch.rewards.length / this.#steps;
    this.#checkBatch(batch, n);
    this.#draw.draw(rng, batch.indices);
    batch.observations.fill(0);
    batch.actions.fill(0);
    batch.rewards.fill(0);
    batch.terminated.fill(0);
    batch.truncated.fill(0);
    batch.nextActionMasks?.fill(1);
    batch.starts.fill(0);
    batch.mask.fill(0);
    batch.states.fill(0);
    if (this.#priorities === null) batch.weights.fill(1);
    else this.#priorities.weigh(batch.indices, batch.weights);
    for (let i = 0; i < n; i++) this.#fill(batch, n, i, this.#store.numberIn(batch.indices[i]));
  }

  /** p^α of the step at an index of a batch; 0 where none can be drawn. */
  priority(index: number): number {
    checkInteger(`${WHERE}.priority: index`, index, 0, this.capacity - 1);
    return this.#prioritized('priority').get(index);
  }

  /**
   * Sets the priorities of what a batch was learned from, before anything else is added.
   *
   * @param indices `indices` of the batch.
   * @param errors Of the sequences, of whatever sign, as many.
   * @throws RangeError if an index is none of the buffer's, or an error is not finite: nothing has
   *   changed then. Error if the buffer has no priorities.
   */
  updatePriorities(indices: Int32Array, errors: ArrayLike<number>): void {
    this.#prioritized('updatePriorities').update(UPDATE, indices, errors);
  }

  save(): SavedData {
    const rows = Math.min(this.#store.added, this.capacity);
    return {
      ...savedHeader('sequence-replay', 1),
      layout: this.#layout(),
      transitions: this.#store.save(),
      states: this.#states.slice(0, rows * this.options.stateSize),
      starts: this.#starts.slice(0, rows),
      ended: this.#ended.slice(),
      ...this.#priorities?.save(),
    };
  }

  /** @throws Error if `saved` is of another capacity, world or options: nothing has changed then. */
  restore(saved: SavedData): void {
    const where = `${WHERE}.restore`;
    checkSavedHeader(where, saved, 'sequence-replay', 1);
    checkLayout(where, saved, this.#layout());
    const transitions = savedObject(where, saved, 'transitions');
    const rows = Math.min(savedCount(where, transitions, 'added'), this.capacity);
    const windows = savedObject(where, transitions, 'windows');
    const numEnvs = savedCount(where, windows, 'numEnvs');
    const ended = savedArray(where, saved, 'ended', Uint8Array, numEnvs);
    const parts = [
      ...(this.#priorities ? [this.#priorities.restoring(where, saved, rows)] : []),
      this.#store.restoring(where, transitions),
      restoringColumn(where, saved, 'states', this.#states, rows * this.options.stateSize),
      restoringColumn(where, saved, 'starts', this.#starts, rows),
    ];
    for (const restore of parts) restore();
    this.#ended = ended.slice();
  }

  get #steps(): number {
    return this.options.burnIn + this.options.length;
  }

  #layout(): SavedData {
    const { length, burnIn, stateSize, prioritized, priorityExponent } = this.options;
    const shared = savedLayout(this.#task, this.capacity, length, this.options);
    const own = { length, burnIn, stateSize, prioritized };
    return { ...shared, ...own, ...(prioritized ? { priorityExponent } : {}) };
  }

  #prioritized(method: string): Priorities {
    if (this.#priorities !== null) return this.#priorities;
    throw new Error(
      `${WHERE}.${method}: the buffer has no priorities. Make it with prioritized: true.`,
    );
  }

  /** Writes the sequence around transition `number` to column i of a batch of `n`. */
  #fill(batch: SequenceBatch, n: number, i: number, number: number): void {
    const { burnIn, length, stateSize } = this.options;
    const store = this.#store;
    const before = this.#draw.stepsBefore(number);
    let row = store.rowOf(number - before * store.windows.numEnvs);
    let t = burnIn - before;
    if (t === 0 && this.#starts[row] === 0) {
      for (let k = 0; k < stateSize; k++) {
        batch.states[i * stateSize + k] = this.#states[row * stateSize + k];
      }
    }
    for (; t < burnIn + length; t++) {
      const place = t * n + i;
      store.observations.read(row, batch.observations, place * this.#sizes.observation);
      store.copyStep(row, batch, place);
      batch.starts[place] = this.#starts[row];
      batch.mask[place] = t >= burnIn ? 1 : 0;
      if (t === burnIn + length - 1 || store.endedAt(row)) break;
      row = store.after(row);
    }
    store.observations.readNext(
      row,
      batch.observations,
      ((t + 1) * n + i) * this.#sizes.observation,
    );
  }

  #checkBatch(batch: SequenceBatch, n: number): void {
    const steps = this.#steps;
    const { observation, action, mask } = this.#sizes;
    if (
      Number.isInteger(n) &&
      n > 0 &&
      batch.observations.length === (steps + 1) * n * observation &&
      batch.starts.length === (steps + 1) * n &&
      batch.mask.length === steps * n &&
      batch.terminated.length === steps * n &&
      batch.truncated.length === steps * n &&
      batch.actions.length === steps * n * action &&
      batch.states.length === n * this.options.stateSize &&
      batch.weights.length === n &&
      batch.indices.length === n &&
      (batch.nextActionMasks?.length ?? 0) === steps * n * mask
    ) {
      return;
    }
    throw new RangeError(
      `${SAMPLE}: batch must be one of createBatch(), of ${steps} steps with states of ${this.options.stateSize} numbers, got one that differs.`,
    );
  }
}

const NOTHING = new Float32Array(0);

interface Ring extends SequenceRing {
  readonly states: Float32Array;
}

function build(
  task: ReplayTask,
  capacity: number,
  options: ResolvedSequenceOptions,
  allocator: Allocator,
): Ring {
  // A sequence is ready when the return of as many steps would be.
  const steps = { ...options, numSteps: options.length, discount: 1, stateMasks: false };
  const store = new TransitionStore(task, capacity, steps, allocator);
  return {
    store,
    priorities: options.prioritized ? new Priorities(store, options, allocator) : null,
    states: allocator.array('states', Float32Array, capacity * options.stateSize),
    starts: allocator.array('ends', Uint8Array, capacity),
  };
}
