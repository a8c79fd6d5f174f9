import type { Space } from '../../../core/space.ts';
import { integerLists } from './exponents.ts';
import type { FeatureMap } from './feature-map.ts';
import type { SparseVectors } from './sparse-vectors.ts';
import { type Bounds, UnitScale } from './unit-scale.ts';

/** Products of powers up to an order. */
export interface PolynomialBasis extends Bounds {
  readonly kind: 'polynomial';
  /** n, at least 0: (n + 1)^k features for observations of k numbers. Default 2. */
  readonly order?: number;
}

/**
 * The polynomial basis: xᵢ(s) = Πⱼ sⱼ^cᵢⱼ, s scaled to [0, 1], cᵢ any list of 0 … n.
 *
 * Source: Sutton & Barto (2018), section 9.5.1, equation 9.17.
 */
export class PolynomialBasisMap implements FeatureMap {
  readonly numFeatures: number;
  readonly maxActive: number;
  readonly binary = false;
  readonly #scale: UnitScale;
  readonly #exponents: Int32Array; // [numFeatures × size]
  readonly #powers: Float64Array; // of each number of an observation, [size × (order + 1)]

  /** @throws RangeError if a part of the specification is out of range, or does not fit the space. */
  constructor(where: string, spec: PolynomialBasis, space: Space) {
    const { order = 2 } = spec;
    this.#scale = new UnitScale(where, space, spec);
    const { size } = this.#scale;
    this.#exponents = integerLists(where, order, size);
    this.numFeatures = this.#exponents.length / size;
    this.maxActive = this.numFeatures;
    this.#powers = new Float64Array(size * (order + 1));
  }

  write(observations: Float32Array, row: number, vectors: SparseVectors, to: number): void {
    const { size } = this.#scale;
    const powers = this.#powers;
    const numPowers = powers.length / size;
    for (let i = 0; i < size; i++) {
      const unit = this.#scale.unit(observations, row, i);
      powers[i * numPowers] = 1;
      for (let c = 1; c < numPowers; c++) {
        powers[i * numPowers + c] = powers[i * numPowers + c - 1] * unit;
      }
    }
    vectors.clear(to);
    for (let feature = 0; feature < this.numFeatures; feature++) {
      let product = 1;
      for (let i = 0; i < size; i++) {
        product *= powers[i * numPowers + this.#exponents[feature * size + i]];
      }
      vectors.push(to, feature, product);
    }
  }
}
