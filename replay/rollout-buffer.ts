import { allocateArray } from '../core/allocate.ts';
import { checkInteger, checkLength } from '../core/check.ts';
import type { Rng } from '../core/rng.ts';
import {
  checkSavedHeader,
  isSavedArray,
  type SavedArray,
  type SavedData,
  savedCount,
  savedHeader,
  savedObject,
} from '../core/saved.ts';
import type { Transitions } from '../core/transitions.ts';
import { type Allocator, buildWithin, type MemoryPlan, planMemory } from './memory.ts';
import type { ReplayTask } from './replay-task.ts';
import { estimateAdvantages } from './returns/advantages.ts';
import { checkStep } from './rollout/check-step.ts';
import { orderByCopies, shuffleOrder, sortOrder } from './rollout/order.ts';
import {
  createRollout,
  createSteps,
  gatherSteps,
  type RolloutColumns,
  type StepColumns,
  type StepSizes,
  stepSizes,
} from './rollout/rollout-columns.ts';
import {
  type ActingEstimates,
  type RolloutOptions,
  resolveRollout,
} from './rollout/rollout-options.ts';
import { restoringColumn, savedIndices } from './store/saved-column.ts';

const WHERE = 'RolloutBuffer';
const ADD = `${WHERE}.add`; // not put together at each call: that would allocate

/**
 * What one policy did for `numSteps` steps in `numEnvs` copies, and what it is worth.
 *
 *     rollout.add(envs.step(actions), { values, logProbabilities });
 *     if (rollout.needsNextValues) rollout.setNextValues(valuesOf(transitions.nextObservations));
 *     if (rollout.isFull) {
 *       rollout.finish(0.99, 0.95);
 *       rollout.shuffle(rng);
 *       for (let first = 0; first < rollout.rows; first += 64) rollout.gather(batch, first);
 *       rollout.clear();
 *     }
 *
 * Source: Schulman et al. (2017), "Proximal policy optimization algorithms", section 5.
 */
export class RolloutBuffer {
  readonly options: Required<RolloutOptions>;
  readonly memory: MemoryPlan;
  /** `numSteps · numEnvs`. */
  readonly rows: number;
  /** What there is of every step, to be read and to be changed. */
  readonly columns: RolloutColumns;
  /** The rows in the order in which `gather` takes them: 0, 1, 2 … until they are shuffled. */
  readonly order: Int32Array;

  readonly #task: ReplayTask;
  readonly #sizes: StepSizes;
  readonly #ended: Uint8Array; // whether the last step of each copy ended its episode; 1 at first
  readonly #copies: Int32Array;
  #steps = 0;
  #isOpen = false; // whether V(s′) of the last step must be told, and is not yet

  /**
   * @param task The world that is acted in.
   * @throws RangeError if an option does not fit, or it would take more than `maxBytes`.
   */
  constructor(task: ReplayTask, options: RolloutOptions = {}) {
    this.options = resolveRollout(WHERE, options);
    const { numSteps, numEnvs, policySize, maxBytes } = this.options;
    this.memory = RolloutBuffer.plan(task, options);
    this.rows = numSteps * numEnvs;
    this.#task = task;
    this.#sizes = stepSizes(task, policySize);
    const arrays = buildWithin(this.memory, maxBytes, (allocator) =>
      build(task, this.options, this.#sizes, allocator),
    );
    this.columns = arrays.columns;
    this.order = arrays.order;
    sortOrder(this.order);
    this.#ended = arrays.ended.fill(1);
    this.#copies = arrays.copies;
  }

  /** What such a buffer would take. @throws RangeError if an option does not fit. */
  static plan(task: ReplayTask, options: RolloutOptions = {}): MemoryPlan {
    const resolved = resolveRollout(WHERE, options);
    const sizes = stepSizes(task, resolved.policySize);
    return planMemory(WHERE, (allocator) => build(task, resolved, sizes, allocator));
  }

  /** Steps that have been added; at most `numSteps`. */
  get steps(): number {
    return this.#steps;
  }

  /** Whether there is a row for each copy and step. */
  get isFull(): boolean {
    return this.#steps === this.options.numSteps;
  }

  /**
   * Whether V(s′) of the step that was added last must be told still: it is the last step of the rollout,
   * or a time limit cut an episode. Everywhere else it is V(s) of the step to come.
   */
  get needsNextValues(): boolean {
    return this.#isOpen;
  }

  /** A batch of `n` rows for `gather`. */
  createBatch(n: number): StepColumns {
    checkInteger(`${WHERE}.createBatch: n`, n, 1);
    return createSteps(this.#task, n, this.#sizes, {
      array: (_, type, length) => allocateArray(type, length),
      views: () => false,
    });
  }

  /**
   * Takes in the next step of every copy.
   *
   * @param estimates What the agent thought of s.
   * @throws Error if the rollout is full, or V(s′) of the step before must be told first.
   * @throws RangeError if a column does not fit. Nothing has changed then.
   */
  add(transitions: Transitions, estimates: ActingEstimates): void {
    this.#checkStep(transitions, estimates);
    const { columns } = this;
    const { observation, action, mask, policy } = this.#sizes;
    const first = this.#steps * this.options.numEnvs;
    columns.observations.set(transitions.observations, first * observation);
    columns.actions.set(transitions.actions, first * action);
    columns.rewards.set(transitions.rewards, first);
    columns.terminated.set(transitions.terminated, first);
    columns.truncated.set(transitions.truncated, first);
    columns.values.set(estimates.values, first);
    columns.logProbabilities.set(estimates.logProbabilities, first);
    if (estimates.actionMasks) columns.actionMasks?.set(estimates.actionMasks, first * mask);
    if (estimates.policies) columns.policies.set(estimates.policies, first * policy);
    // Those of the rollout before are none of this one: the same steps are saved as the same bytes.
    columns.advantages.fill(0, first, first + this.options.numEnvs);
    columns.returns.fill(0, first, first + this.options.numEnvs);
    for (let i = 0; i < this.options.numEnvs; i++) this.#join(first + i, i);
    this.#steps++;
    if (this.isFull) this.#isOpen = true;
  }

  /**
   * Takes in V(s′) of the step that was added last.
   *
   * @param values V of that step's `nextObservations`, `[numEnvs]`.
   * @throws Error if nothing has been added. RangeError if it is another number of values.
   */
  setNextValues(values: Float32Array): void {
    checkLength(`${WHERE}.setNextValues: values`, values, this.options.numEnvs);
    if (this.#steps === 0) {
      throw new Error(`${WHERE}.setNextValues: there is no step yet. Add one first.`);
    }
    this.columns.nextValues.set(values, (this.#steps - 1) * this.options.numEnvs);
    this.#isOpen = false;
  }

  /**
   * Estimates advantages by GAE(λ), and returns as these and the values together.
   *
   * @param discount γ, in [0, 1].
   * @param lambda λ, in [0, 1].
   * @throws Error unless the rollout is full, and V(s′) of its last step has been told.
   */
  finish(discount: number, lambda: number): void {
    if (!this.isFull) {
      throw new Error(
        `${WHERE}.finish: the rollout must be full, got ${this.#steps} of ${this.options.numSteps} steps.`,
      );
    }
    if (this.#isOpen) {
      throw new Error(
        `${WHERE}.finish: V(s′) of the last step is not known. Call setNextValues() first.`,
      );
    }
    const { advantages, returns, values } = this.columns;
    estimateAdvantages(this.columns, discount, lambda, advantages);
    for (let t = 0; t < returns.length; t++) returns[t] = advantages[t] + values[t];
  }

  /** Puts the rows in a random order. */
  shuffle(rng: Rng): void {
    shuffleOrder(this.order, rng);
  }

  /**
   * Puts the copies in a random order, and the rows of `perBatch` of them after each other, step by step:
   * a batch of `perBatch · numSteps` rows then holds whole sequences, row t · perBatch + i being step t
   * of sequence i, as recurrent networks take them.
   *
   * @returns the copies in their order, `[numEnvs]`; the same array every time.
   * @throws RangeError unless `perBatch` divides `numEnvs`.
   */
  shuffleCopies(rng: Rng, perBatch: number): Int32Array {
    const { numEnvs } = this.options;
    checkInteger(`${WHERE}.shuffleCopies: perBatch`, perBatch, 1, numEnvs);
    if (numEnvs % perBatch !== 0) {
      throw new RangeError(
        `${WHERE}.shuffleCopies: perBatch must divide the ${numEnvs} copies, got ${perBatch}.`,
      );
    }
    sortOrder(this.#copies);
    shuffleOrder(this.#copies, rng);
    orderByCopies(this.#copies, perBatch, this.order);
    return this.#copies;
  }

  /**
   * Fills a batch with the rows that stand at `first` and behind it in the order.
   *
   * @throws RangeError if there are not as many.
   */
  gather(batch: StepColumns, first: number): void {
    const n = batch.values.length;
    if (!(first >= 0 && first <= this.rows - n && Number.isInteger(first))) {
      checkInteger(`${WHERE}.gather: first`, first, 0, this.rows - n);
    }
    gatherSteps(this.columns, this.order, first, batch, this.#sizes);
  }

  /** Begins the next rollout where this one ended. */
  clear(): void {
    this.#steps = 0;
    this.#isOpen = false;
    sortOrder(this.order);
  }

  save(): SavedData {
    const { numSteps, numEnvs } = this.options;
    const columns = Object.entries(arraysOf(this.columns)).map(([name, column]) => [
      name,
      column.slice(0, (column.length / numSteps) * this.#steps),
    ]);
    return {
      ...savedHeader('rollout', 1),
      numSteps,
      numEnvs,
      steps: this.#steps,
      isOpen: this.#isOpen ? 1 : 0,
      ended: this.#ended.slice(),
      order: this.order.slice(),
      columns: Object.fromEntries(columns),
    };
  }

  /** @throws Error if `saved` is of another world or length: nothing has changed then. */
  restore(saved: SavedData): void {
    const where = `${WHERE}.restore`;
    const { numSteps, numEnvs } = this.options;
    checkSavedHeader(where, saved, 'rollout', 1);
    checkInteger(`${where}: numSteps`, savedCount(where, saved, 'numSteps'), numSteps, numSteps);
    checkInteger(`${where}: numEnvs`, savedCount(where, saved, 'numEnvs'), numEnvs, numEnvs);
    const steps = savedCount(where, saved, 'steps');
    checkInteger(`${where}: steps`, steps, 0, numSteps);
    const isOpen = savedCount(where, { isOpen: saved.isCut, ...saved }, 'isOpen') > 0; // older: isCut
    const columns = savedObject(where, saved, 'columns');
    const order = savedIndices(where, saved, 'order', this.rows, [0, this.rows - 1]);
    const parts = Object.entries(arraysOf(this.columns)).map(([name, column]) =>
      restoringColumn(where, columns, name, column, (column.length / numSteps) * steps),
    );
    parts.push(restoringColumn(where, saved, 'ended', this.#ended, numEnvs));
    for (const restore of parts) restore();
    this.order.set(order);
    this.#steps = steps;
    this.#isOpen = isOpen;
  }

  /** Joins a row, of copy `i`, to the row before. */
  #join(row: number, i: number): void {
    const { starts, values, nextValues, terminated, truncated } = this.columns;
    const before = row - this.options.numEnvs;
    starts[row] = this.#ended[i];
    // Where the episode goes on, this s is the s′ of the step before.
    if (before >= 0 && this.#ended[i] === 0) nextValues[before] = values[row];
    nextValues[row] = 0;
    if (truncated[row] !== 0) this.#isOpen = true;
    this.#ended[i] = terminated[row] !== 0 || truncated[row] !== 0 ? 1 : 0;
  }

  #checkStep(transitions: Transitions, estimates: ActingEstimates): void {
    const where = ADD;
    if (this.isFull) {
      throw new Error(`${where}: the rollout is full. Learn from it, then call clear().`);
    }
    if (this.#isOpen) {
      throw new Error(
        `${where}: the step before was truncated, and V(s′) is not known. Call setNextValues() first.`,
      );
    }
    checkStep(where, transitions, estimates, this.options.numEnvs, this.#sizes);
  }
}

interface RolloutArrays {
  readonly columns: RolloutColumns;
  readonly order: Int32Array;
  readonly ended: Uint8Array;
  readonly copies: Int32Array;
}

function build(
  task: ReplayTask,
  { numSteps, numEnvs }: Required<RolloutOptions>,
  sizes: StepSizes,
  allocator: Allocator,
): RolloutArrays {
  const rows = numSteps * numEnvs;
  return {
    columns: createRollout(task, [rows, numEnvs], sizes, allocator),
    order: allocator.array('order', Int32Array, rows),
    ended: allocator.array('ends', Uint8Array, numEnvs),
    copies: allocator.array('order', Int32Array, numEnvs),
  };
}

function arraysOf(columns: RolloutColumns): Record<string, SavedArray> {
  return Object.fromEntries(Object.entries(columns).filter(([, column]) => isSavedArray(column)));
}
