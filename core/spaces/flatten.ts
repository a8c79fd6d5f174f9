import type { ElementOf, Space } from '../space.ts';
import { mismatch } from './contains.ts';
import { flattenedSize } from './flat-space.ts';
import { flattenRow } from './flatten-row.ts';
import { rowSize } from './row-sizes.ts';
import { writeRow } from './write-row.ts';

/**
 * The element as one vector of numbers, an element of `flattenSpace(space)`: integers as one-hot
 * vectors, so that a network does not take them for amounts.
 *
 * @returns a new array, `[flattenedSize(space)]`.
 * @throws RangeError if `element` is not in the space, or its elements can be of any length.
 */
export function flatten<S extends Space>(space: S, element: ElementOf<S>): Float32Array {
  const flat = new Float32Array(flattenedSize(space));
  const problem = mismatch(space, element, 'element');
  if (problem !== null) throw new RangeError(`flatten: ${problem}`);
  const row = new Float64Array(rowSize(space));
  writeRow(space, element, row);
  flattenRow(space, row, flat);
  return flat;
}
