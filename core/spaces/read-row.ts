import type { AnyBox, ElementOf, Space } from '../space.ts';
import { type Dict, type Graph, partNames, type Tuple } from './composite.ts';
import type { Text } from './multi.ts';
import { sizeOf, sizeOfShape } from './row-sizes.ts';

/** Reads an element from the numbers that `writeRow` wrote into `row` from `offset` on. */
export function readRow<S extends Space>(
  space: S,
  row: ArrayLike<number>,
  offset: number = 0,
): ElementOf<S> {
  return read(space, row, offset) as ElementOf<S>;
}

/** The arrays that elements of boxes are. */
const ARRAYS = { float32: Float32Array, uint8: Uint8Array, int32: Int32Array } as const;

/**
 * An element of a box, all zeros.
 *
 * @param length Of several elements one after the other. Default that of one.
 */
export function createBoxArray(
  { dtype, low }: AnyBox,
  length: number = low.length,
): Float32Array | Uint8Array | Int32Array {
  return new ARRAYS[dtype](length);
}

/** Fills an array from the numbers of a row. */
export function fillFrom<T extends Float32Array | Int32Array | Uint8Array>(
  array: T,
  row: ArrayLike<number>,
  offset: number,
): T {
  for (let i = 0; i < array.length; i++) array[i] = row[offset + i];
  return array;
}

function read(space: Space, row: ArrayLike<number>, offset: number): unknown {
  switch (space.kind) {
    case 'discrete':
      return row[offset] + space.start;
    case 'box':
      return fillFrom(createBoxArray(space), row, offset);
    case 'multi-binary':
      return fillFrom(new Uint8Array(sizeOfShape(space.shape)), row, offset);
    case 'multi-discrete':
      return Int32Array.from(space.start, (start, i) => start + row[offset + i]);
    case 'text':
      return readText(space, row, offset);
    case 'dict':
      return readDict(space, row, offset);
    case 'tuple':
      return readTuple(space, row, offset);
    case 'sequence':
      return readItems(space.space, row, offset + 1, row[offset]);
    case 'graph':
      return readGraph(space, row, offset);
    case 'one-of':
      return [row[offset], read(space.spaces[row[offset]], row, offset + 1)];
  }
}

function readText({ charset, maxLength }: Text, row: ArrayLike<number>, offset: number): string {
  let letters = '';
  for (let i = 0; i < maxLength && row[offset + i] > 0; i++) {
    letters += charset[row[offset + i] - 1];
  }
  return letters;
}

function readDict(space: Dict, row: ArrayLike<number>, offset: number): object {
  const element: Record<string, unknown> = {};
  for (const name of partNames(space)) {
    element[name] = read(space.spaces[name], row, offset);
    offset += sizeOf(space.spaces[name]);
  }
  return element;
}

function readTuple({ spaces }: Tuple, row: ArrayLike<number>, offset: number): unknown[] {
  return spaces.map((part) => {
    const element = read(part, row, offset);
    offset += sizeOf(part);
    return element;
  });
}

function readGraph(space: Graph, row: ArrayLike<number>, offset: number): object {
  const { nodeSpace, edgeSpace, maxNodes, maxEdges } = space;
  const [numNodes, numEdges] = [row[offset], row[offset + 1]];
  const edgesAt = offset + 2 + maxNodes * sizeOf(nodeSpace);
  const linksAt = edgesAt + (edgeSpace === null ? 0 : maxEdges * sizeOf(edgeSpace));
  return {
    nodes: readItems(nodeSpace, row, offset + 2, numNodes),
    edges: edgeSpace === null ? [] : readItems(edgeSpace, row, edgesAt, numEdges),
    edgeLinks: fillFrom(new Int32Array(2 * numEdges), row, linksAt),
  };
}

function readItems(space: Space, row: ArrayLike<number>, offset: number, count: number): unknown[] {
  const size = sizeOf(space);
  return Array.from({ length: count }, (_, i) => read(space, row, offset + i * size));
}
