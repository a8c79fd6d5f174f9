import { checkOneOf, checkPositive, resolveOptions } from '../../core/check.ts';
import { sizeOf } from '../specification/shape.ts';
import type { LayerDefinition } from './definition.ts';
import { GroupRun, planScaleAndShift } from './group-run.ts';

/** Each row, or each position of it, brought to mean 0 and variance 1, then scaled and shifted. */
export interface LayerNorm {
  readonly kind: 'layer-norm';
  /** What is normalized together: the last axis at each position, or the whole row. */
  readonly axes: 'last' | 'all';
  /** Added to the variance. */
  readonly epsilon: number;
}

/** What a user may say of a layer normalization. */
export interface LayerNormOptions {
  /** Default `last`. */
  readonly axes?: 'last' | 'all';
  /** Above 0. Default 1e-5. */
  readonly epsilon?: number;
}

/**
 * Layer normalization: scale and shift, each of the shape that is normalized.
 *
 * @throws RangeError if an option is unknown or out of range.
 *
 * Source: Ba, Kiros & Hinton (2016), "Layer normalization", section 3.
 */
export function layerNorm(options: LayerNormOptions = {}): LayerNorm {
  return layerNormDefinition.resolve('layerNorm', options);
}

const DEFAULTS: Required<LayerNormOptions> = { axes: 'last', epsilon: 1e-5 };

/** What the library knows of layer normalization. */
export const layerNormDefinition: LayerDefinition<LayerNorm> = {
  kind: 'layer-norm',

  resolve(where, options) {
    const { axes, epsilon } = resolveOptions<LayerNormOptions>(where, DEFAULTS, options);
    checkOneOf(`${where}: axes`, axes, ['last', 'all']);
    checkPositive(`${where}: epsilon`, epsilon);
    return { kind: 'layer-norm', axes, epsilon };
  },

  plan({ axes }, input, planner) {
    planScaleAndShift(axes === 'all' ? input : input.slice(-1), planner);
    return { output: input, multiplyAdds: sizeOf(input) };
  },

  build(plan, wires, workshop) {
    const channels = plan.parameters.scale.size;
    const lines = sizeOf(plan.input) / channels;
    return new GroupRun(plan, { lines, positions: 1, channels, groups: 1 }, wires, workshop);
  },
};
