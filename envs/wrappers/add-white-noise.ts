import { checkShare, NOISE_DEFAULTS, type NoiseOptions, noiseRules } from './noise.ts';
import { defineWrapper, type SameWrapper } from './wrapper.ts';

/** How much noise there is. */
export interface AddWhiteNoiseOptions extends NoiseOptions {
  /** The chance of each pixel to be noise, at least 0, below 1. Default 0.1. */
  readonly probabilityOfNoisePerPixel?: number;
}

/** The options of `addWhiteNoise` where none are given. */
export const ADD_WHITE_NOISE_DEFAULTS: Required<AddWhiteNoiseOptions> = {
  probabilityOfNoisePerPixel: 0.1,
  ...NOISE_DEFAULTS,
};

const NAME = 'add-white-noise';

/**
 * Replaces some pixels of the picture of a world by noise.
 *
 * It changes what the world looks like, not what it shows an agent: put `addRenderObservation`
 * around it for that.
 *
 * Source: Gymnasium 1.4, `AddWhiteNoise`. Differs from it in that a state looks the same whenever it
 * is drawn.
 */
export const addWhiteNoise: SameWrapper<AddWhiteNoiseOptions> = defineWrapper({
  name: NAME,
  description: 'Replaces some pixels of the picture by noise.',
  defaults: ADD_WHITE_NOISE_DEFAULTS,
  rules(world, { probabilityOfNoisePerPixel: chance, ...noise }) {
    checkShare(`${NAME}: probabilityOfNoisePerPixel`, chance);
    return noiseRules(world, noise, (noisy, _, rng) => {
      for (let i = 0; i < noisy.length; i++) noisy[i] = rng.uniform() < chance ? 1 : 0;
    });
  },
});
