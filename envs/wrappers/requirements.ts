import type { AnyBox, Discrete, Space } from '../../core/space.ts';
import { describeSpace } from '../../core/spaces/describe.ts';
import { fitsRow, rowSize } from '../../core/spaces/rows.ts';
import type { InnerWorld } from './wrapper.ts';

/**
 * What a wrapper needs of a world. Each check names the wrapper, the world, what it must have, and
 * what it has.
 */

/** @throws RangeError unless the observations are a `Box`. */
export function requireBoxObservations(wrapper: string, world: InnerWorld): AnyBox {
  const { observationSpace } = world;
  if (observationSpace.kind === 'box') return observationSpace;
  throw misfit(wrapper, world, 'observations', 'a Box', observationSpace);
}

/** @throws RangeError unless the actions are a `Box`. */
export function requireBoxActions(wrapper: string, world: InnerWorld): AnyBox {
  const { actionSpace } = world;
  if (actionSpace.kind === 'box') return actionSpace;
  throw misfit(wrapper, world, 'actions', 'a Box', actionSpace);
}

/** @throws RangeError unless the actions are `Discrete`. */
export function requireDiscreteActions(wrapper: string, world: InnerWorld): Discrete {
  const { actionSpace } = world;
  if (actionSpace.kind === 'discrete') return actionSpace;
  throw misfit(wrapper, world, 'actions', 'Discrete', actionSpace);
}

/**
 * @returns the length of a row of observations.
 * @throws RangeError unless observations have one length.
 */
export function requireObservationRows(wrapper: string, world: InnerWorld): number {
  const { observationSpace } = world;
  if (fitsRow(observationSpace)) return rowSize(observationSpace);
  throw misfit(wrapper, world, 'observations', 'of one length', observationSpace);
}

/**
 * @returns the length of a row of actions.
 * @throws RangeError unless actions have one length.
 */
export function requireActionRows(wrapper: string, world: InnerWorld): number {
  const { actionSpace } = world;
  if (fitsRow(actionSpace)) return rowSize(actionSpace);
  throw misfit(wrapper, world, 'actions', 'of one length', actionSpace);
}

/** The error for a space of the wrong kind. */
export function misfit(
  wrapper: string,
  world: InnerWorld,
  what: 'observations' | 'actions',
  needed: string,
  space: Space,
): RangeError {
  return new RangeError(
    `${wrapper}: ${world.name} must have ${what} that are ${needed}, got ${describeSpace(space)}.`,
  );
}
