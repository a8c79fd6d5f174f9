import { checkPositive } from '../../../core/check.ts';
import { exp } from '../../../core/math.ts';
import type { Space } from '../../../core/space.ts';
import type { FeatureMap } from './feature-map.ts';
import { checkNumFeatures, type PerNumber, resolvePerNumber } from './per-number.ts';
import type { SparseVectors } from './sparse-vectors.ts';
import { type Bounds, UnitScale } from './unit-scale.ts';

/** Bell curves around the points of a grid. */
export interface RadialBasis extends Bounds {
  readonly kind: 'radial';
  /** Centers along each number of an observation, evenly from bound to bound, at least 2. Default 5. */
  readonly centers?: PerNumber;
  /** σ, in distances from a center to the next, above 0. Default 1. */
  readonly width?: number;
  /** Whether the features are divided by their sum. Default false. */
  readonly normalized?: boolean;
}

/**
 * Gaussian radial basis functions: xᵢ(s) = exp(−‖s − cᵢ‖² / 2σ²).
 *
 * Distances are measured in those between neighboring centers, along each number of an observation.
 *
 * Source: Sutton & Barto (2018), section 9.5.5; normalized: Moody & Darken (1989).
 */
export class RadialBasisMap implements FeatureMap {
  readonly numFeatures: number;
  readonly maxActive: number;
  readonly binary = false;
  readonly #scale: UnitScale;
  readonly #centers: readonly number[];
  readonly #width: number;
  readonly #normalized: boolean;
  readonly #unit: Float64Array;

  /** @throws RangeError if a part of the specification is out of range, or does not fit the space. */
  constructor(where: string, spec: RadialBasis, space: Space) {
    const { centers = 5, width = 1, normalized = false } = spec;
    checkPositive(`${where}.width`, width);
    this.#scale = new UnitScale(where, space, spec);
    this.#centers = resolvePerNumber(`${where}.centers`, centers, this.#scale.size, 2);
    this.#width = width;
    this.#normalized = normalized;
    const product = this.#centers.reduce((points, n) => points * n, 1);
    this.numFeatures = checkNumFeatures(`${where}.centers`, product);
    this.maxActive = this.numFeatures;
    this.#unit = new Float64Array(this.#scale.size);
  }

  write(observations: Float32Array, row: number, vectors: SparseVectors, to: number): void {
    const unit = this.#unit;
    for (let i = 0; i < unit.length; i++) unit[i] = this.#scale.unit(observations, row, i);
    vectors.clear(to);
    let sum = 0;
    for (let feature = 0; feature < this.numFeatures; feature++) {
      const value = exp(-this.#squaredDistance(feature) / (2 * this.#width * this.#width));
      vectors.push(to, feature, value);
      sum += value;
    }
    if (!this.#normalized || sum === 0) return;
    const start = to * vectors.maxActive;
    for (let at = start; at < start + this.numFeatures; at++) vectors.values[at] /= sum;
  }

  /** From the observation at hand to a center, in distances between centers. */
  #squaredDistance(feature: number): number {
    let rest = feature;
    let sum = 0;
    for (let i = this.#unit.length - 1; i >= 0; i--) {
      const centers = this.#centers[i];
      const distance = this.#unit[i] * (centers - 1) - (rest % centers);
      rest = Math.floor(rest / centers);
      sum += distance * distance;
    }
    return sum;
  }
}
