import { checkOneOf } from '../../core/check.ts';
import { checkSavedHeader, copySavedArray, type SavedData, savedHeader } from '../../core/saved.ts';
import type { SavedPart } from '../saved-parts.ts';
import type { FeatureMap } from './features/feature-map.ts';
import type { SparseVectors } from './features/sparse-vectors.ts';

/** How features add to a trace; `replacing` is for features of 0 and 1 alone. */
export type VectorTraceKind = 'accumulating' | 'replacing';

/** @throws RangeError if it is no kind of trace, or the features are not for it. */
export function checkTraces(where: string, kind: VectorTraceKind, { binary }: FeatureMap): void {
  checkOneOf(`${where}: traces`, kind, ['accumulating', 'replacing']);
  if (kind === 'accumulating' || binary) return;
  throw new RangeError(
    `${where}: replacing traces must have features of 0 and 1. Take accumulating ones.`,
  );
}

const FLOOR = 1e-18; // a trace below this changes no weight that it is added to, but costs time

/**
 * Eligibility traces z, one as long as w for each copy of a world.
 *
 * Only what is not 0 costs time: of tile coding, the tiles that were hit lately. Differs from the
 * source in that a trace that has faded below 1e-18 is dropped.
 *
 * Source: Sutton & Barto (2018), sections 12.2, 12.5 and 12.7.
 */
export class VectorTraces implements SavedPart {
  /** Length of w. */
  readonly size: number;
  /** z, `[numCopies × size]`. */
  readonly values: Float64Array;

  readonly #active: Int32Array; // [numCopies × size]: those of each copy that may differ from 0
  readonly #counts: Int32Array; // how many they are
  readonly #isActive: Uint8Array; // [numCopies × size]

  constructor(numCopies: number, size: number) {
    this.size = size;
    this.values = new Float64Array(numCopies * size);
    this.#active = new Int32Array(numCopies * size);
    this.#counts = new Int32Array(numCopies);
    this.#isActive = new Uint8Array(numCopies * size);
  }

  /** z ← z + amount · x, on the part from `offset` on. */
  add(copy: number, vectors: SparseVectors, row: number, offset: number, amount: number): void {
    const start = row * vectors.maxActive;
    const end = start + vectors.counts[row];
    for (let at = start; at < end; at++) {
      const entry = offset + vectors.indices[at];
      this.#activate(copy, entry);
      this.values[copy * this.size + entry] += amount * vectors.values[at];
    }
  }

  /** zᵢ ← 1 for each feature of x that is 1, on the part from `offset` on. */
  replace(copy: number, vectors: SparseVectors, row: number, offset: number): void {
    const start = row * vectors.maxActive;
    const end = start + vectors.counts[row];
    for (let at = start; at < end; at++) {
      const entry = offset + vectors.indices[at];
      this.#activate(copy, entry);
      this.values[copy * this.size + entry] = 1;
    }
  }

  /** zᵢ ← 0 for each feature of x that is not 0, on the part from `offset` on. */
  erase(copy: number, vectors: SparseVectors, row: number, offset: number): void {
    const start = row * vectors.maxActive;
    const end = start + vectors.counts[row];
    for (let at = start; at < end; at++) {
      this.values[copy * this.size + offset + vectors.indices[at]] = 0;
    }
  }

  /** zᵀx, of the part from `offset` on. */
  dot(copy: number, vectors: SparseVectors, row: number, offset: number): number {
    return vectors.dot(row, this.values, copy * this.size + offset);
  }

  /** w ← w + amount · z. */
  addTo(weights: Float64Array, copy: number, amount: number): void {
    const active = this.#active;
    const start = copy * this.size;
    const end = start + this.#counts[copy];
    for (let i = start; i < end; i++) weights[active[i]] += amount * this.values[start + active[i]];
  }

  /** z ← factor · z. */
  decay(copy: number, factor: number): void {
    const { values } = this;
    const active = this.#active;
    const start = copy * this.size;
    const end = start + this.#counts[copy];
    let kept = start;
    for (let i = start; i < end; i++) {
      const entry = active[i];
      const value = factor * values[start + entry];
      const fades = Math.abs(value) < FLOOR;
      values[start + entry] = fades ? 0 : value;
      if (fades) this.#isActive[start + entry] = 0;
      else active[kept++] = entry;
    }
    this.#counts[copy] = kept - start;
  }

  /** z ← 0. */
  clear(copy: number): void {
    this.decay(copy, 0);
  }

  snapshot(): SavedData {
    return { ...savedHeader('vector-traces', 1), values: this.values.slice() };
  }

  restore(saved: SavedData): void {
    const where = 'VectorTraces.restore';
    checkSavedHeader(where, saved, 'vector-traces', 1);
    copySavedArray(where, saved, 'values', this.values);
    this.#counts.fill(0);
    this.#isActive.fill(0);
    this.values.forEach((value, i) => {
      if (value !== 0) this.#activate(Math.floor(i / this.size), i % this.size);
    });
  }

  #activate(copy: number, entry: number): void {
    const at = copy * this.size + entry;
    if (this.#isActive[at] === 1) return;
    this.#isActive[at] = 1;
    this.#active[copy * this.size + this.#counts[copy]++] = entry;
  }
}
