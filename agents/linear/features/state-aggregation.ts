import type { Space } from '../../../core/space.ts';
import type { FeatureMap } from './feature-map.ts';
import { checkNumFeatures, type PerNumber, resolvePerNumber } from './per-number.ts';
import type { SparseVectors } from './sparse-vectors.ts';
import { type Bounds, UnitScale } from './unit-scale.ts';

/** One feature for each cell of a grid, 1 where the observation lies in it. */
export interface StateAggregation extends Bounds {
  readonly kind: 'state-aggregation';
  /** Cells along each number of an observation, evenly between its bounds, at least 1. */
  readonly groups: PerNumber;
}

/**
 * State aggregation: states in one group have one value.
 *
 * Source: Sutton & Barto (2018), section 9.3. As many groups as there are states give a table.
 */
export class StateAggregationMap implements FeatureMap {
  readonly numFeatures: number;
  readonly maxActive = 1;
  readonly binary = true;
  readonly #scale: UnitScale;
  readonly #groups: readonly number[];

  /** @throws RangeError if bounds or groups do not fit the space. */
  constructor(where: string, { groups, ...bounds }: StateAggregation, space: Space) {
    this.#scale = new UnitScale(where, space, bounds);
    this.#groups = resolvePerNumber(`${where}.groups`, groups, this.#scale.size, 1);
    const product = this.#groups.reduce((cells, n) => cells * n, 1);
    this.numFeatures = checkNumFeatures(`${where}.groups`, product);
  }

  write(observations: Float32Array, row: number, vectors: SparseVectors, to: number): void {
    let cell = 0;
    for (let i = 0; i < this.#groups.length; i++) {
      const groups = this.#groups[i];
      const group = Math.floor(this.#scale.unit(observations, row, i) * groups);
      cell = cell * groups + Math.min(group, groups - 1);
    }
    vectors.clear(to);
    vectors.push(to, cell, 1);
  }
}
