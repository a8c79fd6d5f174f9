import { checkInteger, show } from '../../core/check.ts';
import { type Box, box } from '../../core/space.ts';
import { AreaResizer } from './image.ts';
import { requireImageObservations, scratchRow } from './require-image.ts';
import { defineWrapper, type ObservationWrapper } from './wrapper.ts';

/** How large images become. */
export interface ResizeObservationOptions {
  /** `[height, width]`, positive integers. Default `[84, 84]`. */
  readonly shape?: readonly number[];
}

/** The options of `resizeObservation` where none are given. */
export const RESIZE_OBSERVATION_DEFAULTS: Required<ResizeObservationOptions> = { shape: [84, 84] };

const NAME = 'resize-observation';

/**
 * Shows images larger or smaller, by area; channels stay.
 *
 * Source: Gymnasium 1.4, `ResizeObservation`: the same numbers as with OpenCV.
 */
export const resizeObservation: ObservationWrapper<
  ResizeObservationOptions,
  Box<'uint8'>
> = defineWrapper({
  name: NAME,
  description: 'Shows images in another size.',
  defaults: RESIZE_OBSERVATION_DEFAULTS,
  rules(world, { shape }) {
    const from = requireImageObservations(NAME, world);
    const [height, width] = checkImageSize(`${NAME}: shape`, shape);
    const image = scratchRow(world);
    const resizer = new AreaResizer(from, { height, width });
    const rest = (world.observationSpace as Box<'uint8'>).shape.slice(2);
    return {
      observationSpace: box(0, 255, { shape: [height, width, ...rest], dtype: 'uint8' }),
      observe(_, inner, observation) {
        inner.observe(image);
        resizer.resize(image, observation);
      },
    };
  },
});

/**
 * The two sides of an image.
 *
 * @throws RangeError unless they are two integers of at least 1.
 */
export function checkImageSize(name: string, size: readonly number[]): readonly [number, number] {
  if (!Array.isArray(size) || size.length !== 2) {
    throw new RangeError(`${name} must be a list of two integers, got ${show(size)}.`);
  }
  checkInteger(`${name}[0]`, size[0], 1);
  checkInteger(`${name}[1]`, size[1], 1);
  return [size[0], size[1]];
}
