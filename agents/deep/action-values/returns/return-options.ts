import { checkOneOf, resolveOptions } from '../../../../core/check.ts';
import { categoricalDefinition } from '../../../../networks/losses/categorical.ts';
import { quantileDefinition } from '../../../../networks/losses/quantile.ts';

/** Which form, as JSON. */
export type ReturnFormOptions =
  | ExpectedReturnsOptions
  | CategoricalReturnsOptions
  | QuantileReturnsOptions;

/** The mean alone: DQN. */
export interface ExpectedReturnsOptions {
  readonly kind: 'expected';
  /** `squared` as CleanRL and Adam like it, or `huber` as in Mnih et al. (2015). Default `squared`. */
  readonly loss?: 'squared' | 'huber';
}

/** Chances of fixed returns: C51. */
export interface CategoricalReturnsOptions {
  readonly kind: 'categorical';
  /** At least 2. Default 51. */
  readonly atoms?: number;
  /** The least return that can be told. Default −10. */
  readonly low?: number;
  /** The largest, above `low`. Default 10. */
  readonly high?: number;
}

/** Quantiles of the return: QR-DQN. */
export interface QuantileReturnsOptions {
  readonly kind: 'quantile';
  /** At least 1. Default 50. */
  readonly quantiles?: number;
  /** κ of the quantile Huber loss, at least 0. Default 1. */
  readonly threshold?: number;
}

/** A form with all that may be left out. */
export type ResolvedReturns =
  | Required<ExpectedReturnsOptions>
  | Required<CategoricalReturnsOptions>
  | Required<QuantileReturnsOptions>;

const EXPECTED: Required<ExpectedReturnsOptions> = { kind: 'expected', loss: 'squared' };
const CATEGORICAL: Required<CategoricalReturnsOptions> = {
  kind: 'categorical',
  atoms: 51,
  low: -10,
  high: 10,
};
const QUANTILE: Required<QuantileReturnsOptions> = {
  kind: 'quantile',
  quantiles: 50,
  threshold: 1,
};

/**
 * Lays options over the defaults of their kind.
 *
 * @throws RangeError that begins with `where`, if the kind or an option is unknown, or a number is out of
 *   range.
 */
export function resolveReturns(where: string, options: ReturnFormOptions): ResolvedReturns {
  checkOneOf(`${where}.kind`, options?.kind, ['expected', 'categorical', 'quantile']);
  if (options.kind === 'expected') {
    const resolved = resolveOptions<ExpectedReturnsOptions>(where, EXPECTED, options);
    checkOneOf(`${where}.loss`, resolved.loss, ['squared', 'huber']);
    return resolved;
  }
  if (options.kind === 'categorical') {
    const { kind, ...numbers } = resolveOptions<CategoricalReturnsOptions>(
      where,
      CATEGORICAL,
      options,
    );
    return categoricalDefinition.resolve(where, numbers);
  }
  const { kind, ...numbers } = resolveOptions<QuantileReturnsOptions>(where, QUANTILE, options);
  return quantileDefinition.resolve(where, numbers);
}
