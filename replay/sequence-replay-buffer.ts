import { checkLength } from '../core/check.ts';
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
import type { ReplayTask } from './replay-task.ts';
import { type StepSizes, stepSizes } from './rollout/rollout-columns.ts';
import { createSequenceBatch, type SequenceBatch } from './sequence-batch.ts';
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

// So many in a row that lack their burn-in are no chance any more: there is none that has it.
const MAX_TRIES = 10_000;

/**
 * The last `capacity` transitions, sampled as sequences for recurrent networks.
 *
 * The step from which on is learned is drawn uniformly. Sequences do not cross episodes: one that comes
 * to the end is shorter, and before the first step of an episode there is no burn-in. What the network
 * carried when it acted is stored with each step, and given for the first one of a sequence.
 *
 *     replay.add(envs.step(actions), states); // states as they were before the agent acted
 *     replay.sample(batch, rng);
 *     network.forward(batch.observations, (T + 1) * n, {
 *       steps: T + 1, starts: batch.starts, state: batch.states,
 *     });
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
    const { store, states, starts } = buildWithin(this.memory, this.options.maxBytes, (allocator) =>
      build(task, capacity, this.options, allocator),
    );
    this.#store = store;
    this.#states = states;
    this.#starts = starts;
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

  /** A batch of `n` sequences for `sample`. */
  createBatch(n: number): SequenceBatch {
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
    this.#store.add(ADD, transitions);
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
   * @throws Error if there is none with all its steps.
   * @throws RangeError if the batch is of another shape than `createBatch` gives.
   */
  sample(batch: SequenceBatch, rng: Rng): void {
    const n = batch.rewards.length / this.#steps;
    this.#checkBatch(batch, n);
    if (this.#store.ready === 0) throw this.#store.emptiness(SAMPLE);
    batch.observations.fill(0);
    batch.actions.fill(0);
    batch.rewards.fill(0);
    batch.terminated.fill(0);
    batch.truncated.fill(0);
    batch.nextActionMasks?.fill(1);
    batch.starts.fill(0);
    batch.mask.fill(0);
    batch.states.fill(0);
    for (let i = 0; i < n; i++) this.#fill(batch, n, i, this.#draw(rng));
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
    const { length, burnIn, stateSize } = this.options;
    return { ...savedLayout(this.capacity, this.options), length, burnIn, stateSize };
  }

  /** The number of a transition with all its steps behind it, and its burn-in before it. */
  #draw(rng: Rng): number {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const number = this.#store.drawNumber(rng);
      if (this.#burnIn(number) !== NONE) return number;
    }
    throw new Error(
      `${SAMPLE}: no transition has its ${this.options.burnIn} steps of burn-in any more. Give a larger capacity.`,
    );
  }

  /** Steps of its episode before a transition, at most `burnIn`; NONE if some of them have given way. */
  #burnIn(number: number): number {
    const { numEnvs } = this.#store.windows;
    let steps = 0;
    let at = number;
    while (steps < this.options.burnIn && this.#starts[this.#store.rowOf(at)] === 0) {
      at -= numEnvs;
      if (at < this.#store.first) return NONE;
      steps++;
    }
    return steps;
  }

  /** Writes the sequence around transition `number` to column i of a batch of `n`. */
  #fill(batch: SequenceBatch, n: number, i: number, number: number): void {
    const { burnIn, length, stateSize } = this.options;
    const store = this.#store;
    const before = this.#burnIn(number);
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
      (batch.nextActionMasks?.length ?? 0) === steps * n * mask
    ) {
      return;
    }
    throw new RangeError(
      `${SAMPLE}: batch must be one of createBatch(), of ${steps} steps with states of ${this.options.stateSize} numbers, got one that differs.`,
    );
  }
}

const NONE = -1;
const NOTHING = new Float32Array(0);

function build(
  task: ReplayTask,
  capacity: number,
  options: ResolvedSequenceOptions,
  allocator: Allocator,
): { store: TransitionStore; states: Float32Array; starts: Uint8Array } {
  // A sequence is ready when the return of as many steps would be.
  const steps = { ...options, numSteps: options.length, discount: 1 };
  return {
    store: new TransitionStore(task, capacity, steps, allocator),
    states: allocator.array('states', Float32Array, capacity * options.stateSize),
    starts: allocator.array('ends', Uint8Array, capacity),
  };
}
