import type { AnyBox } from '../../core/space.ts';
import { flattenRow } from '../../core/spaces/flatten-row.ts';
import { flatObservationSpace } from './flat-observation.ts';
import { requireObservationRows } from './requirements.ts';
import { defineWrapper, type ObservationWrapper } from './wrapper.ts';

const NAME = 'flatten-observation';

/**
 * Shows observations as one vector, as `flatten` of `core/spaces/flatten.ts` makes it: integers as
 * ones among zeros, numbers as they are, the parts of a tuple or dict one after the other.
 */
export const flattenObservation: ObservationWrapper<object, AnyBox> = defineWrapper({
  name: NAME,
  description: 'Shows observations as one vector, integers as ones among zeros.',
  defaults: {},
  rules(world) {
    const { observationSpace: space } = world;
    const row = new Float32Array(requireObservationRows(NAME, world));
    return {
      observationSpace: flatObservationSpace(NAME, world, space),
      observe(_, inner, observation) {
        inner.observe(row);
        flattenRow(space, row, observation);
      },
    };
  },
});
