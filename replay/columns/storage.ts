import type { AnyBox, Space } from '../../core/space.ts';
import { partsOf } from '../../core/spaces/composite.ts';
import { greatestInteger, isIntegral } from '../../core/spaces/row-sizes.ts';

/**
 * How the numbers of observations are stored: one bit for 0 or 1, one byte for the integers 0 … 255,
 * or four bytes for any.
 */
export type Storage = 'bits' | 'uint8' | 'float32';

/** Every way to store numbers. */
export const STORAGES: readonly Storage[] = ['bits', 'uint8', 'float32'];

/** The smallest storage that holds every element of the space. */
export function storageOf(space: Space): Storage {
  const greatest = greatestOf(space);
  if (greatest <= 1) return 'bits';
  return greatest <= 255 ? 'uint8' : 'float32';
}

/** The greatest number in a row of the space; `Infinity` where not all are integers from 0 on. */
function greatestOf(space: Space): number {
  if (space.kind === 'box') return greatestOfBox(space);
  if (space.kind === 'dict' || space.kind === 'tuple') {
    return partsOf(space).reduce((most, part) => Math.max(most, greatestOf(part)), 0);
  }
  return isIntegral(space) ? greatestInteger(space) : Infinity;
}

function greatestOfBox({ dtype, low, high }: AnyBox): number {
  if (dtype === 'float32' || low.some((bound) => bound < 0)) return Infinity;
  return high.reduce((most, bound) => Math.max(most, bound), 0);
}
