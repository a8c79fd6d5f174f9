import type { Numbers } from '../layers/run.ts';

/** Blocks of numbers in an array that can grow. */
export interface Heap<N extends Numbers = Numbers> {
  /** The array as it is now: another one after it has grown. */
  readonly numbers: N;

  /**
   * Reserves a block of zeros.
   *
   * @returns the index of its first number, a multiple of 4.
   * @throws RangeError if there is no memory left.
   */
  allocate(size: number): number;

  /** Gives back a block that `allocate` reserved. */
  free(offset: number): void;
}

/** Where the numbers of a heap come from. */
export interface HeapMemory<N extends Numbers> {
  /** The array as it is now. */
  readonly numbers: N;

  /** Makes it at least so long. @throws RangeError if that cannot be. */
  grow(length: number): void;
}

const ALIGNMENT = 4; // numbers: one SIMD register of float32

/** A heap that gives out the first gap that is large enough, and joins gaps when blocks come back. */
export class FirstFitHeap<N extends Numbers> implements Heap<N> {
  readonly #memory: HeapMemory<N>;
  readonly #sizes = new Map<number, number>(); // of blocks in use, by offset
  #gaps: { offset: number; size: number }[] = []; // in order
  #end: number; // beyond the last block

  /** @param begin Index of the first number that it may give out. */
  constructor(memory: HeapMemory<N>, begin: number) {
    this.#memory = memory;
    this.#end = align(begin);
  }

  get numbers(): N {
    return this.#memory.numbers;
  }

  /** Numbers in use. */
  get used(): number {
    let sum = 0;
    for (const size of this.#sizes.values()) sum += size;
    return sum;
  }

  allocate(size: number): number {
    const needed = align(Math.max(1, size));
    const offset = this.#fromGap(needed) ?? this.#fromEnd(needed);
    this.#sizes.set(offset, needed);
    this.numbers.fill(0, offset, offset + needed);
    return offset;
  }

  free(offset: number): void {
    const size = this.#sizes.get(offset);
    if (size === undefined) throw new Error(`Heap: there is no block at ${offset}.`);
    this.#sizes.delete(offset);
    this.#gaps.push({ offset, size });
    this.#gaps.sort((a, b) => a.offset - b.offset);
    this.#joinGaps();
  }

  #fromGap(size: number): number | undefined {
    const gap = this.#gaps.find((candidate) => candidate.size >= size);
    if (gap === undefined) return undefined;
    const { offset } = gap;
    gap.offset += size;
    gap.size -= size;
    if (gap.size === 0) this.#gaps.splice(this.#gaps.indexOf(gap), 1);
    return offset;
  }

  #fromEnd(size: number): number {
    const offset = this.#end;
    this.#memory.grow(offset + size);
    this.#end = offset + size;
    return offset;
  }

  #joinGaps(): void {
    const joined: { offset: number; size: number }[] = [];
    for (const gap of this.#gaps) {
      const last = joined.at(-1);
      if (last !== undefined && last.offset + last.size === gap.offset) last.size += gap.size;
      else joined.push(gap);
    }
    const last = joined.at(-1);
    if (last !== undefined && last.offset + last.size === this.#end) {
      this.#end = last.offset;
      joined.pop();
    }
    this.#gaps = joined;
  }
}

function align(n: number): number {
  return Math.ceil(n / ALIGNMENT) * ALIGNMENT;
}
