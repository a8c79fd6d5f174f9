import { show } from '../../core/check.ts';
import { defineWrapper, type SameWrapper } from './wrapper.ts';

/** Between what rewards are to lie. */
export interface ClipRewardOptions {
  /** The least reward; `null` for none. Default −1. */
  readonly min?: number | null;
  /** The greatest reward; `null` for none. Default 1. */
  readonly max?: number | null;
}

/** The options of `clipReward` where none are given. */
export const CLIP_REWARD_DEFAULTS: Required<ClipRewardOptions> = { min: -1, max: 1 };

/** Clips rewards into a range. */
export const clipReward: SameWrapper<ClipRewardOptions> = defineWrapper({
  name: 'clip-reward',
  description: 'Clips rewards into a range.',
  defaults: CLIP_REWARD_DEFAULTS,
  rules(_, { min, max }) {
    const low = checkBound('min', min) ?? -Infinity;
    const high = checkBound('max', max) ?? Infinity;
    if (min === null && max === null) {
      throw new RangeError('clip-reward: min or max must be given, got null for both.');
    }
    if (low > high) {
      throw new RangeError(`clip-reward: min = ${min} must not be above max = ${max}.`);
    }
    return { step: (_memory, inner, action) => Math.min(Math.max(inner.step(action), low), high) };
  },
});

function checkBound(name: string, bound: number | null): number | null {
  if (bound === null || Number.isFinite(bound)) return bound;
  throw new RangeError(`clip-reward: ${name} must be a finite number or null, got ${show(bound)}.`);
}
