import { instantiate } from '../../networks/simd/instantiate.ts';
import { isSupported } from '../../networks/simd/support.ts';
import { webAssembly } from '../../networks/simd/web-assembly.ts';

/** The kernels of `networks/simd/assembly/bellman.ts`; addresses are of bytes. */
export interface BellmanKernel {
  sweepActions(
    numStates: number,
    pairs: number,
    successorStart: number,
    successors: number,
    weights: number,
    rewards: number,
    values: number,
    next: number,
    change: number,
  ): void;
  sweepRows(
    numStates: number,
    numActions: number,
    discount: number,
    rowStart: number,
    nextStates: number,
    probabilities: number,
    rewards: number,
    values: number,
    next: number,
    change: number,
  ): void;
}

const PAGE = 65536; // bytes
const FIRST_PAGES = 16; // for what the kernels keep themselves
const MOST_PAGES = 65536; // 4 GiB, as far as an address reaches

/** Where arrays begin: at multiples of so many bytes, a line of the cache. */
export const ALIGNMENT = 64;

/** What a model may take of a memory. */
export const MOST_BYTES: number = (MOST_PAGES * PAGE) / 2;

/** A stretch of memory to take arrays from, with the kernels that can work on it. */
export class KernelHeap {
  readonly buffer: ArrayBuffer;
  /** Null where there is no WebAssembly, or none is wanted. */
  readonly kernel: BellmanKernel | null;
  #used = 0;

  /**
   * @param bytes That will be taken, each array rounded up to the alignment.
   * @param compiled Whether to work as WebAssembly where there is any.
   */
  constructor(bytes: number, compiled: boolean) {
    if (!compiled || webAssembly === undefined || !isSupported('portable')) {
      this.buffer = new ArrayBuffer(bytes);
      this.kernel = null;
      return;
    }
    const memory = new webAssembly.Memory({ initial: FIRST_PAGES, maximum: MOST_PAGES });
    const { kernels, heapBegin } = instantiate(webAssembly, 'portable', memory);
    this.kernel = kernels as unknown as BellmanKernel;
    this.#used = 4 * heapBegin; // heapBegin counts float32
    memory.grow(Math.ceil((this.#used + bytes) / PAGE));
    this.buffer = memory.buffer;
  }

  /** Where so many bytes begin. */
  take(bytes: number): number {
    const begin = Math.ceil(this.#used / ALIGNMENT) * ALIGNMENT;
    this.#used = begin + bytes;
    return begin;
  }
}
