import { type Box, box } from '../../core/space.ts';
import { grayscale } from './image.ts';
import { requireImageObservations, scratchRow } from './require-image.ts';
import { defineWrapper, type ObservationWrapper } from './wrapper.ts';

/** What shape gray images have. */
export interface GrayscaleObservationOptions {
  /** Whether a channel axis of one stays: `[height, width, 1]`. Default false. */
  readonly keepChannel?: boolean;
}

/** The options of `grayscaleObservation` where none are given. */
export const GRAYSCALE_OBSERVATION_DEFAULTS: Required<GrayscaleObservationOptions> = {
  keepChannel: false,
};

const NAME = 'grayscale-observation';

/**
 * Shows color images in gray: `[height, width, 3]` becomes `[height, width]`.
 *
 * Source: Gymnasium 1.4, `GrayscaleObservation`: the same numbers.
 */
export const grayscaleObservation: ObservationWrapper<
  GrayscaleObservationOptions,
  Box<'uint8'>
> = defineWrapper({
  name: NAME,
  description: 'Shows color images in gray.',
  defaults: GRAYSCALE_OBSERVATION_DEFAULTS,
  rules(world, { keepChannel }) {
    const { height, width } = requireImageObservations(NAME, world, true);
    const shape = keepChannel ? [height, width, 1] : [height, width];
    const colors = scratchRow(world);
    return {
      observationSpace: box(0, 255, { shape, dtype: 'uint8' }),
      observe(_, inner, observation) {
        inner.observe(colors);
        grayscale(colors, observation);
      },
    };
  },
});
