import { hint, show } from '../../core/check.ts';
import type { Space } from '../../core/space.ts';
import {
  type Dict,
  dict,
  partNames,
  partsOf,
  type Tuple,
  tuple,
} from '../../core/spaces/composite.ts';
import { rowSize } from '../../core/spaces/rows.ts';
import { misfit, requireObservationRows } from './requirements.ts';
import { defineWrapper, type InnerWorld, type ObservationWrapper } from './wrapper.ts';

/** Which parts of observations are shown. */
export interface FilterObservationOptions {
  /** Names of a dict's parts, or indices of a tuple's, at least one, each once. */
  readonly keys?: readonly (string | number)[];
}

/** The options of `filterObservation` where none are given: there must be some. */
export const FILTER_OBSERVATION_DEFAULTS: Required<FilterObservationOptions> = { keys: [] };

const NAME = 'filter-observation';

/** Shows some parts of observations that are dicts or tuples; a tuple's in the order of `keys`. */
export const filterObservation: ObservationWrapper<FilterObservationOptions, Dict | Tuple> =
  defineWrapper({
    name: NAME,
    description: 'Shows some parts of observations that are dicts or tuples.',
    defaults: FILTER_OBSERVATION_DEFAULTS,
    rules(world, { keys }) {
      const size = requireObservationRows(NAME, world);
      const { observationSpace, kept } = filter(world, keys);
      const row = new Float32Array(size);
      return {
        observationSpace,
        observe(_, inner, observation) {
          inner.observe(row);
          for (let i = 0; i < kept.length; i++) observation[i] = row[kept[i]];
        },
      };
    },
  });

/** The space of those parts, and where each of its numbers stands in the inner row. */
function filter(
  world: InnerWorld,
  keys: readonly (string | number)[],
): { readonly observationSpace: Space; readonly kept: readonly number[] } {
  const space = world.observationSpace;
  if (space.kind === 'dict') {
    const names = partNames(space);
    checkKeys(world, keys, names);
    const chosen = names.filter((name) => keys.includes(name));
    return {
      observationSpace: dict(Object.fromEntries(chosen.map((name) => [name, space.spaces[name]]))),
      kept: chosen.flatMap((name) => placesOf(space, names.indexOf(name))),
    };
  }
  if (space.kind === 'tuple') {
    checkKeys(world, keys, [...space.spaces.keys()]);
    const chosen = keys as readonly number[];
    return {
      observationSpace: tuple(chosen.map((i) => space.spaces[i])),
      kept: chosen.flatMap((i) => placesOf(space, i)),
    };
  }
  throw misfit(NAME, world, 'observations', 'a Dict or a Tuple', space);
}

function placesOf(space: Dict | Tuple, index: number): number[] {
  const sizes = partsOf(space).map(rowSize);
  const offset = sizes.slice(0, index).reduce((sum, size) => sum + size, 0);
  return Array.from({ length: sizes[index] }, (_, i) => offset + i);
}

function checkKeys(
  world: InnerWorld,
  keys: readonly (string | number)[],
  known: readonly (string | number)[],
): void {
  const parts = known.join(', ');
  if (!Array.isArray(keys) || keys.length === 0) {
    throw new RangeError(
      `${NAME}: keys must be a list of at least one of ${world.name}'s parts ${parts}, got ${show(keys)}.`,
    );
  }
  keys.forEach((key, i) => {
    if (!known.includes(key)) {
      const nearest = typeof key === 'string' ? hint(key, known.map(String)) : '';
      throw new RangeError(
        `${NAME}: keys must be of ${world.name}'s parts ${parts}, got ${show(key)}.${nearest}`,
      );
    }
    if (keys.indexOf(key) !== i) {
      throw new RangeError(`${NAME}: keys must name each part once, got ${show(key)} twice.`);
    }
  });
}
