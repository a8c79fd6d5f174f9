import type { AnyBox } from '../../core/space.ts';
import { flatBox, flatSize, isFlattenable, rowFlattener } from './flatten-rows.ts';
import { misfit, requireModest, requireObservationRows } from './requirements.ts';
import { defineWrapper, type ObservationWrapper } from './wrapper.ts';

const NAME = 'flatten-observation';

/**
 * Shows observations as one vector: integers of `Discrete` and `MultiDiscrete` as ones among zeros,
 * all else as it is, the parts of a tuple or dict one after the other.
 */
export const flattenObservation: ObservationWrapper<object, AnyBox> = defineWrapper({
  name: NAME,
  description: 'Shows observations as one vector, integers as ones among zeros.',
  defaults: {},
  rules(world) {
    const { observationSpace: space } = world;
    if (!isFlattenable(space)) {
      throw misfit(NAME, world, 'observations', 'neither sequences nor graphs', space);
    }
    requireModest(NAME, world, flatSize(space));
    const row = new Float32Array(requireObservationRows(NAME, world));
    const flatten = rowFlattener(space);
    return {
      observationSpace: flatBox(space),
      observe(_, inner, observation) {
        inner.observe(row);
        flatten(row, observation);
      },
    };
  },
});
