import { checkInteger } from '../../core/check.ts';
import { checkShare, NOISE_DEFAULTS, type NoiseOptions, noiseRules } from './noise.ts';
import { defineWrapper, type SameWrapper } from './wrapper.ts';

/** How much of the view is obstructed. */
export interface ObstructViewOptions extends NoiseOptions {
  /** Share of the pixels under patches if none overlapped, at least 0, below 1. Default 0.1. */
  readonly obstructedPixelsRatio?: number;
  /** Side of a patch in pixels, at least 1. Default 10. */
  readonly obstructionWidth?: number;
}

/** The options of `obstructView` where none are given. */
export const OBSTRUCT_VIEW_DEFAULTS: Required<ObstructViewOptions> = {
  obstructedPixelsRatio: 0.1,
  obstructionWidth: 10,
  ...NOISE_DEFAULTS,
};

const NAME = 'obstruct-view';

/**
 * Lays square patches of noise over the picture of a world, elsewhere at each step.
 *
 * There are ⌊pixels · ratio / width²⌋ of them; their middles are pixels of the picture, each as
 * likely as any other.
 *
 * It changes what the world looks like, not what it shows an agent: put `addRenderObservation`
 * around it for that.
 *
 * Source: Gymnasium 1.4, `ObstructView`. Differs from it in that a state looks the same whenever it
 * is drawn.
 */
export const obstructView: SameWrapper<ObstructViewOptions> = defineWrapper({
  name: NAME,
  description: 'Lays patches of noise over the picture.',
  defaults: OBSTRUCT_VIEW_DEFAULTS,
  rules(world, { obstructedPixelsRatio: ratio, obstructionWidth: side, ...noise }) {
    checkShare(`${NAME}: obstructedPixelsRatio`, ratio);
    checkInteger(`${NAME}: obstructionWidth`, side, 1);
    return noiseRules(world, noise, (noisy, { width, height }, rng) => {
      const patches = Math.floor(noisy.length * (ratio / (side * side)));
      for (let k = 0; k < patches; k++) {
        const middle = rng.below(noisy.length);
        const left = (middle % width) - Math.floor(side / 2);
        const top = Math.floor(middle / width) - Math.floor(side / 2);
        const [from, to] = [Math.max(left, 0), Math.min(left + side, width)];
        for (let y = Math.max(top, 0); y < Math.min(top + side, height); y++) {
          noisy.fill(1, y * width + from, y * width + to);
        }
      }
    });
  },
});
