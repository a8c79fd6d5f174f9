import { cos, PI } from '../../../core/math.ts';
import type { Space } from '../../../core/space.ts';
import { integerLists } from './exponents.ts';
import type { FeatureMap } from './feature-map.ts';
import type { SparseVectors } from './sparse-vectors.ts';
import { type Bounds, UnitScale } from './unit-scale.ts';

/** Cosines of all frequencies up to an order. */
export interface FourierBasis extends Bounds {
  readonly kind: 'fourier';
  /** n, at least 0: (n + 1)^d features for observations of d numbers. Default 3. */
  readonly order?: number;
  /**
   * Whether feature i is divided by √‖cⁱ‖: the same as a step size of α / ‖cⁱ‖ for it alone, as the
   * source proposes. Default true.
   */
  readonly scaled?: boolean;
}

/**
 * The Fourier cosine basis: xᵢ(s) = cos(π sᵀcⁱ), s scaled to [0, 1], cⁱ any list of 0 … n.
 *
 * Source: Konidaris, Osentoski & Thomas (2011), "Value function approximation in reinforcement
 * learning using the Fourier basis"; Sutton & Barto (2018), section 9.5.2.
 */
export class FourierBasisMap implements FeatureMap {
  readonly numFeatures: number;
  readonly maxActive: number;
  readonly binary = false;
  readonly #scale: UnitScale;
  readonly #frequencies: Int32Array; // [numFeatures × size]
  readonly #factors: Float64Array;
  readonly #unit: Float64Array;

  /** @throws RangeError if a part of the specification is out of range, or does not fit the space. */
  constructor(where: string, spec: FourierBasis, space: Space) {
    this.#scale = new UnitScale(where, space, spec);
    const { size } = this.#scale;
    this.#frequencies = integerLists(where, spec.order ?? 3, size);
    this.numFeatures = this.#frequencies.length / size;
    this.maxActive = this.numFeatures;
    this.#unit = new Float64Array(size);
    this.#factors = Float64Array.from({ length: this.numFeatures }, (_, feature) => {
      const list = this.#frequencies.subarray(feature * size, (feature + 1) * size);
      const length = Math.sqrt(list.reduce((sum, c) => sum + c * c, 0));
      return (spec.scaled ?? true) && length > 0 ? 1 / Math.sqrt(length) : 1;
    });
  }

  write(observations: Float32Array, row: number, vectors: SparseVectors, to: number): void {
    const unit = this.#unit;
    const size = unit.length;
    for (let i = 0; i < size; i++) unit[i] = this.#scale.unit(observations, row, i);
    vectors.clear(to);
    for (let feature = 0; feature < this.numFeatures; feature++) {
      let phase = 0;
      for (let i = 0; i < size; i++) phase += unit[i] * this.#frequencies[feature * size + i];
      vectors.push(to, feature, this.#factors[feature] * cos(PI * phase));
    }
  }
}
