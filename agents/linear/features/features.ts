import { checkOneOf, resolveOptions, show } from '../../../core/check.ts';
import type { Space } from '../../../core/space.ts';
import type { FeatureMap } from './feature-map.ts';
import { type FourierBasis, FourierBasisMap } from './fourier-basis.ts';
import { type GivenFeatures, GivenFeaturesMap } from './given-features.ts';
import { type PolynomialBasis, PolynomialBasisMap } from './polynomial-basis.ts';
import { type RadialBasis, RadialBasisMap } from './radial-basis.ts';
import { type StateAggregation, StateAggregationMap } from './state-aggregation.ts';
import { type TileCoding, TileCodingMap } from './tile-coding.ts';

/**
 * How observations become feature vectors, as JSON.
 *
 * Numbers of observations, the integer of a `Discrete` one among them, are scaled to [0, 1] between
 * the bounds of the space, or `low` and `high`.
 */
export type Features =
  | StateAggregation
  | TileCoding
  | FourierBasis
  | RadialBasis
  | PolynomialBasis
  | GivenFeatures;

const KEYS: Readonly<Record<Features['kind'], readonly string[]>> = {
  'state-aggregation': ['groups', 'low', 'high'],
  'tile-coding': ['tilings', 'tiles', 'displacement', 'hashSize', 'low', 'high'],
  fourier: ['order', 'scaled', 'low', 'high'],
  radial: ['centers', 'width', 'normalized', 'low', 'high'],
  polynomial: ['order', 'low', 'high'],
  given: ['vectors'],
};

/**
 * What turns observations of `space` into feature vectors.
 *
 * @throws RangeError if the specification has an unknown kind or key, a value out of range, or does
 *   not fit the space.
 */
export function createFeatures(where: string, features: Features, space: Space): FeatureMap {
  if (typeof features !== 'object' || features === null) {
    throw new RangeError(`${where} must be an object with a kind, got ${show(features)}.`);
  }
  checkOneOf(`${where}.kind`, features.kind, Object.keys(KEYS));
  const known = Object.fromEntries(['kind', ...KEYS[features.kind]].map((key) => [key, 0]));
  resolveOptions(where, known, features as unknown as typeof known);
  switch (features.kind) {
    case 'state-aggregation':
      return new StateAggregationMap(where, features, space);
    case 'tile-coding':
      return new TileCodingMap(where, features, space);
    case 'fourier':
      return new FourierBasisMap(where, features, space);
    case 'radial':
      return new RadialBasisMap(where, features, space);
    case 'polynomial':
      return new PolynomialBasisMap(where, features, space);
    case 'given':
      return new GivenFeaturesMap(where, features, space);
  }
}
