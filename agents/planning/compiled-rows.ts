import type { Change } from './bellman.ts';
import type { ExpectedModel } from './expected-model.ts';
import { ALIGNMENT, type BellmanKernel, KernelHeap, MOST_BYTES } from './kernel-heap.ts';

const NUM_ARRAYS = 7;

/**
 * A model and its values where WebAssembly can sweep along the rows: with the bits of `sweepOptimal`,
 * in less time.
 */
export class CompiledRows {
  readonly #kernel: BellmanKernel;
  readonly #model: ExpectedModel;
  readonly #discount: number;
  readonly #rowStart: Int32Array;
  readonly #nextState: Int32Array;
  readonly #probability: Float64Array;
  readonly #reward: Float64Array;
  readonly #change: Change;
  #values: Float64Array;
  #next: Float64Array;

  /** @param heap Of `rowBytes(model)` bytes. */
  private constructor(
    heap: KernelHeap,
    kernel: BellmanKernel,
    model: ExpectedModel,
    discount: number,
    initialValues: Float64Array,
    inPlace: boolean,
  ) {
    const integers = (n: number) => new Int32Array(heap.buffer, heap.take(4 * n), n);
    const numbers = (n: number) => new Float64Array(heap.buffer, heap.take(8 * n), n);
    this.#kernel = kernel;
    this.#model = model;
    this.#discount = discount;
    this.#rowStart = integers(model.rowStart.length);
    this.#nextState = integers(model.nextState.length);
    this.#probability = numbers(model.nextState.length);
    this.#reward = numbers(model.reward.length);
    this.#values = numbers(model.numStates);
    this.#next = inPlace ? this.#values : numbers(model.numStates);
    this.#change = numbers(2);
    this.#rowStart.set(model.rowStart);
    this.#nextState.set(model.nextState);
    this.#probability.set(model.probability);
    this.#reward.set(model.reward);
    this.#values.set(initialValues);
  }

  /**
   * @param initialValues V₀, `[numStates]`; copied.
   * @param inPlace Whether a sweep uses its own new values at once.
   * @returns null where there is no WebAssembly, or the model is too large for its memory.
   */
  static create(
    model: ExpectedModel,
    discount: number,
    initialValues: Float64Array,
    inPlace: boolean,
  ): CompiledRows | null {
    const bytes = rowBytes(model);
    if (bytes >= MOST_BYTES) return null;
    const heap = new KernelHeap(bytes, true);
    if (heap.kernel === null) return null;
    return new CompiledRows(heap, heap.kernel, model, discount, initialValues, inPlace);
  }

  /** V(s), `[numStates]`; valid until the next sweep. */
  get values(): Float64Array {
    return this.#values;
  }

  /**
   * V(s) ← maxₐ q(s, a) for every state.
   *
   * @returns the change; the same array every time.
   */
  sweep(): Change {
    this.#kernel.sweepRows(
      this.#model.numStates,
      this.#model.numActions,
      this.#discount,
      this.#rowStart.byteOffset,
      this.#nextState.byteOffset,
      this.#probability.byteOffset,
      this.#reward.byteOffset,
      this.#values.byteOffset,
      this.#next.byteOffset,
      this.#change.byteOffset,
    );
    const old = this.#values;
    this.#values = this.#next;
    this.#next = old;
    return this.#change;
  }
}

function rowBytes({ numStates, rowStart, nextState, reward }: ExpectedModel): number {
  const numbers = nextState.length + reward.length + 2 * numStates + 2;
  return (
    8 * numbers + 4 * (rowStart.length + nextState.length) + NUM_ARRAYS * ALIGNMENT + ALIGNMENT
  );
}
