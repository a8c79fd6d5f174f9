import type { SavedArrays } from '../saved-parts.ts';

/** How a visit adds to a trace. */
export type TraceKind = 'accumulating' | 'replacing' | 'dutch';

/** All kinds, for checks. */
export const TRACE_KINDS: readonly TraceKind[] = ['accumulating', 'replacing', 'dutch'];

const FLOOR = 1e-18; // a trace below this changes no double that it is added to, but costs time

/**
 * Eligibility traces e of the entries of a table, for each copy of a world.
 *
 * Only the entries that have a trace cost time. Differs from the sources in that a trace that has
 * faded below 1e-18 is dropped. Memory: `numCopies · size · 12` bytes.
 *
 * Source: Sutton & Barto (2018), chapter 12; Singh & Sutton (1996), "Reinforcement learning with
 * replacing eligibility traces"; van Seijen & Sutton (2014), "True online TD(λ)", for Dutch traces.
 */
export class Traces {
  /** Entries of the table. */
  readonly size: number;
  /** e, `[numCopies × size]`. */
  readonly values: Float64Array;

  readonly #active: Int32Array; // [numCopies × size]: the entries of each copy that have a trace
  readonly #counts: Int32Array; // how many those are

  constructor(numCopies: number, size: number) {
    this.size = size;
    this.values = new Float64Array(numCopies * size);
    this.#active = new Int32Array(numCopies * size);
    this.#counts = new Int32Array(numCopies);
  }

  /** The arrays it consists of, to be saved and filled; `refresh` must follow. */
  get arrays(): SavedArrays {
    return { traces: this.values };
  }

  /** Finds the entries that have a trace, after `values` were filled from outside. */
  refresh(): void {
    for (let copy = 0; copy < this.#counts.length; copy++) {
      this.#counts[copy] = 0;
      for (let entry = 0; entry < this.size; entry++) {
        if (this.values[copy * this.size + entry] !== 0) this.#activate(copy, entry);
      }
    }
  }

  /** e of an entry. */
  of(copy: number, entry: number): number {
    return this.values[copy * this.size + entry];
  }

  /** The entry has been visited: e ← e + 1, e ← 1, or e ← (1 − α) e + 1. */
  visit(copy: number, entry: number, kind: TraceKind, stepSize: number): void {
    const old = this.of(copy, entry);
    if (old === 0) this.#activate(copy, entry);
    const kept = kind === 'replacing' ? 0 : kind === 'dutch' ? (1 - stepSize) * old : old;
    this.values[copy * this.size + entry] = kept + 1;
  }

  /** table ← table + amount · e. */
  addTo(table: Float64Array, copy: number, amount: number): void {
    const { size, values } = this;
    const active = this.#active;
    const start = copy * size;
    const end = start + this.#counts[copy];
    for (let i = start; i < end; i++) table[active[i]] += amount * values[start + active[i]];
  }

  /** e ← factor · e. */
  decay(copy: number, factor: number): void {
    const { size, values } = this;
    const active = this.#active;
    const start = copy * size;
    const end = start + this.#counts[copy];
    let kept = start;
    for (let i = start; i < end; i++) {
      const entry = active[i];
      const value = factor * values[start + entry];
      if (Math.abs(value) < FLOOR) {
        values[start + entry] = 0;
      } else {
        values[start + entry] = value;
        active[kept++] = entry;
      }
    }
    this.#counts[copy] = kept - start;
  }

  /** e ← 0. */
  clear(copy: number): void {
    this.decay(copy, 0);
  }

  #activate(copy: number, entry: number): void {
    this.#active[copy * this.size + this.#counts[copy]++] = entry;
  }
}
