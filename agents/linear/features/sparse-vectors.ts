import {
  checkSavedHeader,
  copySavedArray,
  type SavedData,
  savedHeader,
} from '../../../core/saved.ts';
import type { SavedPart } from '../../saved-parts.ts';
import { checkSavedRange } from '../../saved-parts.ts';
import type { FeatureMap } from './feature-map.ts';

/**
 * Feature vectors x as lists of the features that are not 0, `numRows` of them in flat arrays.
 *
 * What is done with a vector costs as much as it has features that are not 0: of tile coding, as many
 * as there are tilings.
 */
export class SparseVectors implements SavedPart {
  /** Features of each vector that may differ from 0, `[numRows]`. */
  readonly counts: Int32Array;
  /** Their numbers, `[numRows × maxActive]`. */
  readonly indices: Int32Array;
  /** What they are, `[numRows × maxActive]`. */
  readonly values: Float64Array;
  /** The most of them that a vector has. */
  readonly maxActive: number;
  /** Length of a vector. */
  readonly numFeatures: number;

  /** Vectors for what a feature map gives, all empty. */
  constructor(
    numRows: number,
    { maxActive, numFeatures }: Pick<FeatureMap, 'maxActive' | 'numFeatures'>,
  ) {
    this.maxActive = maxActive;
    this.numFeatures = numFeatures;
    this.counts = new Int32Array(numRows);
    this.indices = new Int32Array(numRows * maxActive);
    this.values = new Float64Array(numRows * maxActive);
  }

  /** Empties a vector. */
  clear(row: number): void {
    this.counts[row] = 0;
  }

  /** Appends a feature to a vector. */
  push(row: number, index: number, value: number): void {
    const at = row * this.maxActive + this.counts[row]++;
    this.indices[at] = index;
    this.values[at] = value;
  }

  /** Makes vector `to` the same as vector `from`. */
  copy(from: number, to: number): void {
    const { indices, values, maxActive } = this;
    const count = this.counts[from];
    this.counts[to] = count;
    for (let k = 0; k < count; k++) {
      indices[to * maxActive + k] = indices[from * maxActive + k];
      values[to * maxActive + k] = values[from * maxActive + k];
    }
  }

  /** wᵀx, with the weights from `offset` on. */
  dot(row: number, weights: Float64Array, offset: number): number {
    const { indices, values } = this;
    const start = row * this.maxActive;
    const end = start + this.counts[row];
    let sum = 0;
    for (let at = start; at < end; at++) sum += weights[offset + indices[at]] * values[at];
    return sum;
  }

  /** w ← w + amount · x, on the weights from `offset` on. */
  addTo(row: number, weights: Float64Array, offset: number, amount: number): void {
    const { indices, values } = this;
    const start = row * this.maxActive;
    const end = start + this.counts[row];
    for (let at = start; at < end; at++) weights[offset + indices[at]] += amount * values[at];
  }

  snapshot(): SavedData {
    const { counts, indices, values } = this;
    return {
      ...savedHeader('sparse-vectors', 1),
      counts: counts.slice(),
      indices: indices.slice(),
      values: values.slice(),
    };
  }

  restore(saved: SavedData): void {
    const where = 'SparseVectors.restore';
    checkSavedHeader(where, saved, 'sparse-vectors', 1);
    copySavedArray(where, saved, 'counts', this.counts);
    copySavedArray(where, saved, 'indices', this.indices);
    copySavedArray(where, saved, 'values', this.values);
    checkSavedRange(where, 'counts', this.counts, 0, this.maxActive);
    checkSavedRange(where, 'indices', this.indices, 0, this.numFeatures - 1);
  }
}
