import { type Box, box } from '../../core/space.ts';
import { requireBoxObservations } from './requirements.ts';
import { type NewBound, rescaling } from './rescale.ts';
import { defineWrapper, type ObservationWrapper } from './wrapper.ts';

/** The bounds that observations are to have. */
export interface RescaleObservationOptions {
  /** The lower bound of each element, or one for all; `null` to keep one, as infinite ones must be. Default −1. */
  readonly min?: NewBound;
  /** The upper bound of each element, likewise. Default 1. */
  readonly max?: NewBound;
}

/** The options of `rescaleObservation` where none are given. */
export const RESCALE_OBSERVATION_DEFAULTS: Required<RescaleObservationOptions> = {
  min: -1,
  max: 1,
};

const NAME = 'rescale-observation';

/** Maps the elements of observations from their bounds onto others, as real numbers. */
export const rescaleObservation: ObservationWrapper<RescaleObservationOptions, Box> = defineWrapper(
  {
    name: NAME,
    description: 'Maps observations from their bounds onto others.',
    defaults: RESCALE_OBSERVATION_DEFAULTS,
    rules(world, { min, max }) {
      const space = requireBoxObservations(NAME, world);
      const { low, high, slope, shift } = rescaling(NAME, space, min, max);
      return {
        observationSpace: box(low, high, { shape: space.shape, labels: space.labels }),
        observe(_, inner, observation) {
          inner.observe(observation);
          for (let i = 0; i < slope.length; i++) {
            const x = slope[i] * observation[i] + shift[i];
            observation[i] = Math.min(Math.max(x, low[i]), high[i]);
          }
        },
      };
    },
  },
);
