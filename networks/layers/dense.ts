import { checkInteger, resolveOptions } from '../../core/check.ts';
import {
  AFFINE_DEFAULTS,
  type Affine,
  type AffineFields,
  type AffineOptions,
  featuresOf,
  linesOf,
  planAffine,
  resolveAffine,
} from './affine.ts';
import { AffineRun } from './affine-run.ts';
import type { LayerDefinition } from './definition.ts';

/** y = f(x W + b): every output sees every input. On `[positions × features]` it sees each position. */
export interface Dense extends Affine {
  readonly kind: 'dense';
  readonly units: number;
}

/** What a user may say of a dense layer beside its units. */
export interface DenseOptions extends AffineOptions {}

/**
 * A dense layer: weights `[inputs × units]`, then biases `[units]`.
 *
 * @throws RangeError if `units` is no positive integer or an option is unknown.
 */
export function dense(units: number, options: DenseOptions = {}): Dense {
  return denseDefinition.resolve('dense', { ...options, units });
}

interface Fields extends AffineFields {
  readonly units?: number;
}

const DEFAULTS: Required<Fields> = { units: 0, ...AFFINE_DEFAULTS };

/** What the library knows of dense layers. */
export const denseDefinition: LayerDefinition<Dense> = {
  kind: 'dense',

  resolve(where, options) {
    const given: Fields = options;
    const { units, ...affine } = resolveOptions(where, DEFAULTS, given);
    checkInteger(`${where}: units`, units, 1);
    return { kind: 'dense', units, ...resolveAffine(where, affine) };
  },

  plan(layer, input, planner) {
    const { units } = layer;
    const inputs = featuresOf(input, planner);
    planAffine(layer, [inputs, units], units, planner);
    const multiplyAdds = linesOf(input) * inputs * units;
    return { output: [...input.slice(0, -1), units], multiplyAdds };
  },

  build(plan, wires, workshop) {
    return new AffineRun(plan, linesOf(plan.input), wires, workshop);
  },
};
