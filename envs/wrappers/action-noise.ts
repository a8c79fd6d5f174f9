import { checkPositive } from '../../core/check.ts';
import { requireRealActions } from './requirements.ts';
import { defineWrapper, type SameWrapper } from './wrapper.ts';

/** How strong the noise is. */
export interface ActionNoiseOptions {
  /** Standard deviation, above 0. Default 0.1. */
  readonly deviation?: number;
}

/** The options of `actionNoise` where none are given. */
export const ACTION_NOISE_DEFAULTS: Required<ActionNoiseOptions> = { deviation: 0.1 };

const NAME = 'action-noise';

/**
 * Adds normal noise to each element of an action, and clips it to the bounds.
 *
 * Source: RL Baselines3 Zoo's ActionNoiseWrapper.
 */
export const actionNoise: SameWrapper<ActionNoiseOptions> = defineWrapper({
  name: NAME,
  description: 'Adds normal noise to actions.',
  defaults: ACTION_NOISE_DEFAULTS,
  rules(world, { deviation }) {
    const { low, high } = requireRealActions(NAME, world);
    checkPositive(`${NAME}: deviation`, deviation);
    const noisy = new Float32Array(low.length);
    return {
      step(_, inner, action, rng) {
        const chosen = action as Float32Array;
        for (let i = 0; i < noisy.length; i++) {
          const x = chosen[i] + deviation * rng.normal();
          noisy[i] = Math.min(Math.max(x, low[i]), high[i]);
        }
        return inner.step(noisy);
      },
    };
  },
});
