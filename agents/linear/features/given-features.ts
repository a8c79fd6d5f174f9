import { checkFinite, checkLength } from '../../../core/check.ts';
import type { Space } from '../../../core/space.ts';
import { requireDiscrete } from '../../task.ts';
import type { FeatureMap } from './feature-map.ts';
import type { SparseVectors } from './sparse-vectors.ts';

/** The feature vector of each state, as it is. */
export interface GivenFeatures {
  readonly kind: 'given';
  /** x(s) of each state, `[numStates]` lists of one length. */
  readonly vectors: readonly (readonly number[])[];
}

/** Feature vectors that are given, for `Discrete` observations. */
export class GivenFeaturesMap implements FeatureMap {
  readonly numFeatures: number;
  readonly maxActive: number;
  readonly binary: boolean;
  readonly #vectors: Float64Array; // [numStates × numFeatures]

  /** @throws RangeError if the space is not `Discrete`, or there is not one vector for each state. */
  constructor(where: string, { vectors }: GivenFeatures, space: Space) {
    const { n } = requireDiscrete(where, 'observations', space);
    checkLength(`${where}.vectors`, vectors, n);
    this.numFeatures = vectors[0].length;
    vectors.forEach((vector, state) => {
      checkLength(`${where}.vectors[${state}]`, vector, this.numFeatures);
      for (const value of vector) checkFinite(`${where}.vectors[${state}]`, value);
    });
    this.#vectors = Float64Array.from(vectors.flat());
    this.binary = this.#vectors.every((value) => value === 0 || value === 1);
    this.maxActive = this.numFeatures;
  }

  write(observations: Float32Array, row: number, vectors: SparseVectors, to: number): void {
    const start = observations[row] * this.numFeatures;
    vectors.clear(to);
    for (let feature = 0; feature < this.numFeatures; feature++) {
      const value = this.#vectors[start + feature];
      if (value !== 0) vectors.push(to, feature, value);
    }
  }
}
