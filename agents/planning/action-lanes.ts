import { type Change, LARGEST, LEAST } from './bellman.ts';
import type { ExpectedModel } from './expected-model.ts';
import { ALIGNMENT, type BellmanKernel, KernelHeap, MOST_BYTES } from './kernel-heap.ts';

/**
 * A model and its values laid out for fast sweeps: for each state the states that any action can lead
 * to, and for each of these the chances of all actions side by side, so that two or four actions are
 * backed up at once and no successor's value is looked up twice.
 *
 * It runs as WebAssembly where there is any, else as JavaScript with the same bits.
 */
export class ActionLanes {
  readonly #numStates: number;
  /** Half the number of actions, rounded up. */
  readonly #pairs: number;
  /** Where the successors of each state begin, `[numStates + 1]`. */
  readonly #start: Int32Array;
  /** s′. */
  readonly #successors: Int32Array;
  /** γ p(s′ | s, a), `[successors × 2 · pairs]`. */
  readonly #weights: Float64Array;
  /** r(s, a), `[numStates × 2 · pairs]`; −∞ for an action that is none. */
  readonly #rewards: Float64Array;
  readonly #change: Change;
  readonly #kernel: BellmanKernel | null;
  #values: Float64Array;
  #next: Float64Array;

  /**
   * @param initialValues V₀, `[numStates]`; copied.
   * @param inPlace Whether a sweep uses its own new values at once.
   * @param compiled Whether to run as WebAssembly where there is any.
   */
  constructor(
    model: ExpectedModel,
    discount: number,
    initialValues: Float64Array,
    inPlace: boolean,
    compiled: boolean = true,
  ) {
    const { numStates } = model;
    this.#numStates = numStates;
    this.#pairs = (model.numActions + 1) >> 1;
    const lanes = 2 * this.#pairs;
    const numSuccessors = countSuccessors(model);
    const heap = new KernelHeap(laneBytes(model, numSuccessors), compiled);
    this.#kernel = heap.kernel;
    this.#start = new Int32Array(heap.buffer, heap.take(4 * (numStates + 1)), numStates + 1);
    this.#successors = new Int32Array(heap.buffer, heap.take(4 * numSuccessors), numSuccessors);
    const numbers = (n: number) => new Float64Array(heap.buffer, heap.take(8 * n), n);
    this.#weights = numbers(numSuccessors * lanes);
    this.#rewards = numbers(numStates * lanes).fill(-Infinity);
    this.#values = numbers(numStates);
    this.#next = inPlace ? this.#values : numbers(numStates);
    this.#change = numbers(2);
    this.#values.set(initialValues);
    this.#layOut(model, discount);
  }

  /** V(s), `[numStates]`; valid until the next sweep. */
  get values(): Float64Array {
    return this.#values;
  }

  /** The bytes that a sweep reads and writes at least. */
  get bytes(): number {
    const { byteLength } = this.#values;
    const model = this.#start.byteLength + this.#successors.byteLength;
    return model + this.#weights.byteLength + this.#rewards.byteLength + 2 * byteLength;
  }

  /**
   * V(s) ← maxₐ q(s, a) for every state.
   *
   * @returns the change; the same array every time.
   */
  sweep(): Change {
    if (this.#kernel === null) {
      this.#sweep();
    } else {
      this.#kernel.sweepActions(
        this.#numStates,
        this.#pairs,
        this.#start.byteOffset,
        this.#successors.byteOffset,
        this.#weights.byteOffset,
        this.#rewards.byteOffset,
        this.#values.byteOffset,
        this.#next.byteOffset,
        this.#change.byteOffset,
      );
    }
    const old = this.#values;
    this.#values = this.#next;
    this.#next = old;
    return this.#change;
  }

  #layOut(model: ExpectedModel, discount: number): void {
    const { numStates, numActions, rowStart, nextState, probability, reward } = model;
    const lanes = 2 * this.#pairs;
    const place = new Int32Array(numStates).fill(-1); // of each successor of the state at hand
    let placed = 0;
    for (let state = 0; state < numStates; state++) {
      const first = placed;
      for (let action = 0; action < numActions; action++) {
        const row = state * numActions + action;
        this.#rewards[state * lanes + action] = reward[row];
        for (let i = rowStart[row]; i < rowStart[row + 1]; i++) {
          const next = nextState[i];
          if (place[next] < first) {
            place[next] = placed;
            this.#successors[placed++] = next;
          }
          this.#weights[place[next] * lanes + action] += discount * probability[i];
        }
      }
      this.#start[state + 1] = placed;
    }
  }

  /** What the kernel does, number for number. */
  #sweep(): void {
    const lanes = 2 * this.#pairs;
    let least = Infinity;
    let largest = -Infinity;
    for (let state = 0; state < this.#numStates; state++) {
      let even = -Infinity;
      let odd = -Infinity;
      for (let lane = 0; lane < lanes; lane += 2) {
        even = largerOf(even, this.#backup(state, lane));
        odd = largerOf(odd, this.#backup(state, lane + 1));
      }
      const best = largerOf(even, odd);
      const difference = best - this.#values[state];
      least = Math.min(least, difference);
      largest = Math.max(largest, difference);
      this.#next[state] = best;
    }
    this.#change[LEAST] = least;
    this.#change[LARGEST] = largest;
  }

  #backup(state: number, lane: number): number {
    const lanes = 2 * this.#pairs;
    let sum = this.#rewards[state * lanes + lane];
    for (let i = this.#start[state]; i < this.#start[state + 1]; i++) {
      sum += this.#weights[i * lanes + lane] * this.#values[this.#successors[i]];
    }
    return sum;
  }
}

function largerOf(a: number, b: number): number {
  return a < b ? b : a;
}

/** Whether this layout is not much larger than the rows of the model, and fits a memory. */
export function suitsLanes(model: ExpectedModel): boolean {
  const rows = 12 * model.nextState.length + 12 * model.reward.length;
  const bytes = laneBytes(model, countSuccessors(model));
  return bytes <= 1.5 * rows + 16 * model.numStates && bytes < MOST_BYTES;
}

/** How many different states can follow each state, summed up. */
function countSuccessors({ numStates, numActions, rowStart, nextState }: ExpectedModel): number {
  const seen = new Int32Array(numStates).fill(-1);
  let count = 0;
  for (let state = 0; state < numStates; state++) {
    const end = rowStart[(state + 1) * numActions];
    for (let i = rowStart[state * numActions]; i < end; i++) {
      if (seen[nextState[i]] === state) continue;
      seen[nextState[i]] = state;
      count++;
    }
  }
  return count;
}

function laneBytes({ numStates, numActions }: ExpectedModel, numSuccessors: number): number {
  const lanes = 2 * ((numActions + 1) >> 1);
  const numbers = numSuccessors * lanes + numStates * lanes + 2 * numStates + 2;
  return 8 * numbers + 4 * (numSuccessors + numStates + 1) + 8 * ALIGNMENT;
}
