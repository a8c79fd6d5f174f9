import { checkInteger, checkPositive, resolveOptions } from '../../core/check.ts';
import { sizeOf } from '../specification/shape.ts';
import type { LayerDefinition } from './definition.ts';
import { GroupRun, planScaleAndShift } from './group-run.ts';

/** Groups of channels of each row brought to mean 0 and variance 1, then scaled and shifted. */
export interface GroupNorm {
  readonly kind: 'group-norm';
  readonly groups: number;
  /** Added to the variance. */
  readonly epsilon: number;
}

/** What a user may say of a group normalization beside its groups. */
export interface GroupNormOptions {
  /** Above 0. Default 1e-5. */
  readonly epsilon?: number;
}

/**
 * Group normalization: scale and shift `[channels]`. A group is channels that stand side by side, at
 * all positions of a row; 1 group is all of the row, as many as channels is instance normalization.
 *
 * @param groups A divisor of the number of channels.
 * @throws RangeError if `groups` is no positive integer or an option is unknown or out of range.
 *
 * Source: Wu & He (2018), "Group normalization", section 3.
 */
export function groupNorm(groups: number, options: GroupNormOptions = {}): GroupNorm {
  return groupNormDefinition.resolve('groupNorm', { ...options, groups });
}

interface Fields extends GroupNormOptions {
  readonly groups?: number;
}

const DEFAULTS: Required<Fields> = { groups: 0, epsilon: 1e-5 };

/** What the library knows of group normalization. */
export const groupNormDefinition: LayerDefinition<GroupNorm> = {
  kind: 'group-norm',

  resolve(where, options) {
    const { groups, epsilon } = resolveOptions<Fields>(where, DEFAULTS, options);
    checkInteger(`${where}: groups`, groups, 1);
    checkPositive(`${where}: epsilon`, epsilon);
    return { kind: 'group-norm', groups, epsilon };
  },

  plan({ groups }, input, planner) {
    const channels = input[input.length - 1];
    if (channels % groups !== 0) {
      planner.refuse(`cannot make ${groups} equal groups of ${channels} channels.`);
    }
    planScaleAndShift([channels], planner);
    return { output: input, multiplyAdds: sizeOf(input) };
  },

  build(plan, wires, workshop) {
    const channels = plan.input[plan.input.length - 1];
    const positions = sizeOf(plan.input) / channels;
    const grouping = { lines: 1, positions, channels, groups: plan.layer.groups };
    return new GroupRun(plan, grouping, wires, workshop);
  },
};
