import { Alea } from '../../core/alea.ts';
import { show } from '../../core/check.ts';
import type { Picture } from '../../core/raster/picture.ts';
import {
  RASTERIZE_DEFAULTS,
  type RasterizeOptions,
  rasterizeInto,
} from '../../core/raster/rasterize.ts';
import type { Rng } from '../../core/rng.ts';
import { pictureFor } from './add-render-observation.ts';
import type { InnerWorld, WrapperRules } from './wrapper.ts';

/** What noise is made of, and on what picture. */
export interface NoiseOptions extends RasterizeOptions {
  /** Whether noise is gray, or of all colors. Default false. */
  readonly isNoiseGrayscale?: boolean;
}

/** The options of noise where none are given. */
export const NOISE_DEFAULTS: Required<NoiseOptions> = {
  isNoiseGrayscale: false,
  ...RASTERIZE_DEFAULTS,
};

// Where the noise of a state comes from.
const EPISODE = 0; // a number drawn for the episode
const STEP = 1; // steps of the episode

/**
 * The rules of a wrapper that puts noise on the picture of a world.
 *
 * The noise is part of the state: a state looks the same whenever it is drawn, and each step has
 * noise of its own. One number is drawn an episode, after its start, and none in steps, so that the
 * noise does not disturb what happens in the episode.
 *
 * @param mark Sets to 1 what becomes noise, `[height × width]`; zeros at first.
 */
export function noiseRules(
  world: InnerWorld,
  { isNoiseGrayscale, theme, ...size }: Required<NoiseOptions>,
  mark: (noisy: Uint8Array, picture: Picture, rng: Rng) => void,
): WrapperRules {
  const { width, height } = pictureFor(world, { ...size, theme });
  return {
    memorySize: 2,
    begin(memory, _, rng) {
      memory[EPISODE] = rng.uint32();
      memory[STEP] = 0;
    },
    step(memory, inner, action) {
      memory[STEP]++;
      return inner.step(action);
    },
    scene(memory, inner) {
      const picture = { width, height, pixels: new Uint8Array(3 * width * height) };
      rasterizeInto(inner.scene(), picture, theme);
      const rng = new Alea(memory[EPISODE], `noise/${memory[STEP]}`);
      const noisy = new Uint8Array(width * height);
      mark(noisy, picture, rng);
      for (let i = 0; i < noisy.length; i++) {
        if (noisy[i] === 1) writeNoise(picture.pixels, 3 * i, isNoiseGrayscale, rng);
      }
      return { kind: 'image', ...picture };
    },
  };
}

/** @throws RangeError unless `share` is at least 0 and below 1. */
export function checkShare(name: string, share: number): void {
  if (typeof share === 'number' && share >= 0 && share < 1) return;
  throw new RangeError(`${name} must be at least 0 and below 1, got ${show(share)}.`);
}

/** Colors from 0 to 254 a channel; gray from 0 to 251, the sum of three shares, as in Gymnasium. */
function writeNoise(pixels: Uint8Array, at: number, isGray: boolean, rng: Rng): void {
  if (isGray) {
    pixels.fill(rng.below(76) + rng.below(149) + rng.below(29), at, at + 3);
    return;
  }
  for (let channel = 0; channel < 3; channel++) pixels[at + channel] = rng.below(255);
}
