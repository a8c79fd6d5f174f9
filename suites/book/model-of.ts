import type { Dynamics } from '../../core/dynamics.ts';
import type { TabularModel } from '../../core/tabular-model.ts';

/** @throws RangeError if the world has no explicit model. */
export function modelOf(world: Dynamics): TabularModel {
  const model = world.model?.();
  if (model === undefined) throw new RangeError(`modelOf: ${world.name} must have a model.`);
  return model;
}
