import { checkFinite, checkPositive, resolveOptions } from '../../core/check.ts';

/** θ ← θ − α g. */
export interface Sgd {
  readonly kind: 'sgd';
  /** α. */
  readonly learningRate: number;
}

/** Any optimizer, as data. */
export type OptimizerSpecification = Sgd;

/** Stochastic gradient descent. @throws RangeError if a number is out of range. */
export function sgd(options: { readonly learningRate?: number } = {}): Sgd {
  const { learningRate } = resolveOptions('sgd', { learningRate: 0.01 }, options);
  checkFinite('sgd: learningRate', learningRate);
  checkPositive('sgd: learningRate', learningRate);
  return { kind: 'sgd', learningRate };
}
