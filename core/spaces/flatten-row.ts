import type { Space } from '../space.ts';
import { type Graph, type OneOf, partNames } from './composite.ts';
import { flatSize } from './flat-space.ts';
import type { MultiDiscrete, Text } from './multi.ts';
import { sizeOf } from './row-sizes.ts';

type Row = ArrayLike<number>;

/**
 * Writes what `flatten` makes of the element in a row, without allocating.
 *
 * @param row `[rowSize(space)]`, such as `writeRow` has written; what stands behind the end of a
 *   text, list or part is not looked at.
 * @param flat `[flattenedSize(space)]`; all of it is written.
 */
export function flattenRow(space: Space, row: Row, flat: Float32Array): void {
  write(space, row, 0, flat, 0);
}

/** Returns the place behind what it has written. */
function write(space: Space, row: Row, from: number, flat: Float32Array, to: number): number {
  switch (space.kind) {
    case 'discrete':
      return writeOneHot(space.n, row[from], flat, to);
    case 'box':
    case 'multi-binary':
      return copy(sizeOf(space), row, from, flat, to);
    case 'multi-discrete':
      return writeIntegers(space, row, from, flat, to);
    case 'text':
      return writeText(space, row, from, flat, to);
    case 'dict': {
      const names = partNames(space);
      for (let i = 0; i < names.length; i++) {
        const part = space.spaces[names[i]];
        to = write(part, row, from, flat, to);
        from += sizeOf(part);
      }
      return to;
    }
    case 'tuple':
      for (let i = 0; i < space.spaces.length; i++) {
        to = write(space.spaces[i], row, from, flat, to);
        from += sizeOf(space.spaces[i]);
      }
      return to;
    case 'one-of':
      return writeOneOf(space, row, from, flat, to);
    case 'sequence':
      flat[to] = row[from];
      return writeItems(space.space, row[from], space.maxLength, row, from + 1, flat, to + 1);
    case 'graph':
      return writeGraph(space, row, from, flat, to);
  }
}

function copy(size: number, row: Row, from: number, flat: Float32Array, to: number): number {
  for (let i = 0; i < size; i++) flat[to + i] = row[from + i];
  return to + size;
}

function writeOneHot(n: number, integer: number, flat: Float32Array, to: number): number {
  flat.fill(0, to, to + n);
  flat[to + integer] = 1;
  return to + n;
}

function writeIntegers(
  { sizes }: MultiDiscrete,
  row: Row,
  from: number,
  flat: Float32Array,
  to: number,
): number {
  for (let i = 0; i < sizes.length; i++) to = writeOneHot(sizes[i], row[from + i], flat, to);
  return to;
}

/** Rows count letters from 1 and end with zeros; flat, they count from 0 and end with the number of letters. */
function writeText(
  { charset, maxLength }: Text,
  row: Row,
  from: number,
  flat: Float32Array,
  to: number,
): number {
  let length = 0;
  while (length < maxLength && row[from + length] !== 0) {
    flat[to + length] = row[from + length] - 1;
    length++;
  }
  flat.fill(charset.length, to + length, to + maxLength);
  return to + maxLength;
}

/** Fills up with the part's first number, as Gymnasium does: it lies within the part's bounds. */
function writeOneOf(space: OneOf, row: Row, from: number, flat: Float32Array, to: number): number {
  const end = to + flatSize(space);
  flat[to] = row[from];
  const next = write(space.spaces[row[from]], row, from + 1, flat, to + 1);
  flat.fill(flat[to + 1], next, end);
  return end;
}

function writeGraph(space: Graph, row: Row, from: number, flat: Float32Array, to: number): number {
  const { nodeSpace, edgeSpace, maxNodes, maxEdges } = space;
  const [numNodes, numEdges] = [row[from], row[from + 1]];
  flat[to] = numNodes;
  flat[to + 1] = numEdges;
  to = writeItems(nodeSpace, numNodes, maxNodes, row, from + 2, flat, to + 2);
  if (maxEdges === 0) return to;
  from += 2 + maxNodes * sizeOf(nodeSpace);
  if (edgeSpace !== null) {
    to = writeItems(edgeSpace, numEdges, maxEdges, row, from, flat, to);
    from += maxEdges * sizeOf(edgeSpace);
  }
  copy(2 * numEdges, row, from, flat, to);
  flat.fill(0, to + 2 * numEdges, to + 2 * maxEdges);
  return to + 2 * maxEdges;
}

/** Writes a list, and zeros up to the place where the longest one would end; returns that place. */
function writeItems(
  space: Space,
  count: number,
  most: number,
  row: Row,
  from: number,
  flat: Float32Array,
  to: number,
): number {
  const end = to + most * flatSize(space);
  const size = sizeOf(space);
  for (let i = 0; i < count; i++) to = write(space, row, from + i * size, flat, to);
  flat.fill(0, to, end);
  return end;
}
