import { show } from '../../core/check.ts';
import { type AnyBox, box, checkShape } from '../../core/space.ts';
import { requireBoxObservations } from './requirements.ts';
import { defineWrapper, type ObservationWrapper } from './wrapper.ts';

/** What shape observations have. */
export interface ReshapeObservationOptions {
  /** Positive integers whose product is the number of elements. Default `null`: one axis. */
  readonly shape?: readonly number[] | null;
}

/** The options of `reshapeObservation` where none are given. */
export const RESHAPE_OBSERVATION_DEFAULTS: Required<ReshapeObservationOptions> = { shape: null };

const NAME = 'reshape-observation';

/** Gives arrays another shape; their elements stay in the same order. */
export const reshapeObservation: ObservationWrapper<ReshapeObservationOptions, AnyBox> =
  defineWrapper({
    name: NAME,
    description: 'Gives the arrays of observations another shape.',
    defaults: RESHAPE_OBSERVATION_DEFAULTS,
    rules(world, options) {
      const { low, high, dtype, labels } = requireBoxObservations(NAME, world);
      const shape = options.shape ?? [low.length];
      if (!Array.isArray(shape) || checkShape(NAME, shape) !== low.length) {
        throw new RangeError(
          `${NAME}: shape must be a list of extents with product ${low.length}, the number of elements that ${world.name} shows, got ${show(shape)}.`,
        );
      }
      return { observationSpace: box(low, high, { shape, dtype, labels }) as AnyBox };
    },
  });
