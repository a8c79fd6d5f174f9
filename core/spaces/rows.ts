import { type AnyBox, discrete, type ElementOf, type Space } from '../space.ts';
import { dict, type Graph, graph, oneOf, partNames, sequence, tuple } from './composite.ts';
import { describeSpace } from './describe.ts';
import { multiDiscrete, type Text } from './multi.ts';

/**
 * How elements stand in rows of numbers: what columns, replay buffers and networks see.
 *
 * | space         | numbers in a row                                                       |
 * | ------------- | ---------------------------------------------------------------------- |
 * | Discrete      | the integer, counted from 0                                            |
 * | Box           | the elements, row-major                                                |
 * | MultiDiscrete | the integers, counted from 0 each                                      |
 * | MultiBinary   | the zeros and ones                                                     |
 * | Text          | each letter's number in the alphabet, from 1; 0 where there is none    |
 * | Tuple         | the parts, one after the other                                         |
 * | Dict          | likewise, in the order of their names                                  |
 * | Sequence      | its length; then its items, zeros where there are none                 |
 * | Graph         | numbers of nodes and edges; then nodes, edges, links, with zeros       |
 * | OneOf         | the index of the part; then its element, zeros up to the longest one's |
 *
 * Sequences and graphs fit a row only where they have a greatest length.
 */
export type NumberRow = Float64Array | Float32Array | Int32Array | Uint8Array | number[];

/** Whether elements of the space fit rows of one length. */
export function fitsRow(space: Space): boolean {
  return sizeOf(space) < Infinity;
}

/**
 * Numbers in the row of one element: 1 for `Discrete`, the product of the shape for `Box`.
 *
 * @throws RangeError if elements of the space can be of any length.
 */
export function rowSize(space: Space): number {
  const size = sizeOf(space);
  if (size < Infinity) return size;
  throw new RangeError(
    `rowSize: ${describeSpace(space)} has elements of any length, which do not fit rows. Give it a greatest length.`,
  );
}

/** Whether a row of the space holds integers alone, so that a column of them is an `Int32Array`. */
export function isIntegral(space: Space): boolean {
  switch (space.kind) {
    case 'box':
      return false;
    case 'dict':
    case 'tuple':
    case 'one-of':
      return Object.values<Space>(space.spaces).every(isIntegral);
    case 'sequence':
      return isIntegral(space.space);
    case 'graph':
      return (
        isIntegral(space.nodeSpace) && (space.edgeSpace === null || isIntegral(space.edgeSpace))
      );
    default:
      return true;
  }
}

/**
 * Writes an element into `row` from `offset` on: `rowSize(space)` numbers.
 *
 * @param element Must be in the space; `contains` checks it.
 */
export function writeRow<S extends Space>(
  space: S,
  element: ElementOf<S>,
  row: NumberRow,
  offset: number = 0,
): void {
  write(space, element, row, offset);
}

/** A fresh element from the numbers that `writeRow` wrote into `row` from `offset` on. */
export function readRow<S extends Space>(
  space: S,
  row: ArrayLike<number>,
  offset: number = 0,
): ElementOf<S> {
  return read(space, row, offset) as ElementOf<S>;
}

/**
 * A function that gives the element in a row as it is whenever it is called, for loops.
 *
 * Integers are counted from 0. The element is valid until the next call. Numbers, arrays, and
 * tuples and dicts of these are made once; strings, sequences, graphs and `OneOf` are made anew.
 */
export function rowReader<S extends Space>(
  space: S,
  row: Float32Array | Int32Array,
): () => ElementOf<S> {
  return reader(space, row) as () => ElementOf<S>;
}

/** The same space with its integers counted from 0: the one that rules see. */
export function countedFromZero(space: Space): Space {
  if (space.kind === 'discrete' && space.start === 0) return space;
  switch (space.kind) {
    case 'discrete':
      return discrete(space.n, space.labels);
    case 'multi-discrete':
      return multiDiscrete(space.sizes, { shape: space.shape, labels: space.labels });
    case 'dict': {
      const parts = Object.entries(space.spaces).map(([name, part]) => [
        name,
        countedFromZero(part),
      ]);
      return dict(Object.fromEntries(parts));
    }
    case 'tuple':
      return tuple(space.spaces.map(countedFromZero));
    case 'one-of':
      return oneOf(space.spaces.map(countedFromZero));
    case 'sequence':
      return sequence(countedFromZero(space.space), { maxLength: space.maxLength });
    case 'graph': {
      const { nodeSpace, edgeSpace, maxNodes, maxEdges } = space;
      const edges = edgeSpace === null ? null : countedFromZero(edgeSpace);
      return graph(countedFromZero(nodeSpace), edges, { maxNodes, maxEdges });
    }
    default:
      return space;
  }
}

function sizeOf(space: Space): number {
  switch (space.kind) {
    case 'discrete':
      return 1;
    case 'box':
    case 'multi-discrete':
    case 'multi-binary':
      return sizeOfShape(space.shape);
    case 'text':
      return space.maxLength;
    case 'dict':
    case 'tuple':
      return Object.values<Space>(space.spaces).reduce((sum, part) => sum + sizeOf(part), 0);
    case 'sequence':
      return 1 + space.maxLength * sizeOf(space.space);
    case 'graph':
      return 2 + space.maxNodes * sizeOf(space.nodeSpace) + edgesSize(space);
    case 'one-of':
      return 1 + Math.max(...space.spaces.map(sizeOf));
  }
}

function sizeOfShape(shape: readonly number[]): number {
  return shape.reduce((product, extent) => product * extent, 1);
}

/** Numbers of all edges: what they carry, and where they begin and end. */
function edgesSize({ edgeSpace, maxEdges }: Graph): number {
  if (maxEdges === 0) return 0;
  return maxEdges * (2 + (edgeSpace === null ? 0 : sizeOf(edgeSpace)));
}

// biome-ignore lint/suspicious/noExplicitAny: the kind says what the element is
function write(space: Space, element: any, row: NumberRow, offset: number): number {
  switch (space.kind) {
    case 'discrete':
      row[offset] = element - space.start;
      return offset + 1;
    case 'box':
    case 'multi-binary':
      for (let i = 0; i < element.length; i++) row[offset + i] = element[i];
      return offset + element.length;
    case 'multi-discrete':
      for (let i = 0; i < element.length; i++) row[offset + i] = element[i] - space.start[i];
      return offset + element.length;
    case 'text': {
      const { charset, maxLength } = space;
      for (let i = 0; i < maxLength; i++) {
        row[offset + i] = i < element.length ? charset.indexOf(element[i]) + 1 : 0;
      }
      return offset + maxLength;
    }
    case 'dict':
      for (const name of partNames(space)) {
        offset = write(space.spaces[name], element[name], row, offset);
      }
      return offset;
    case 'tuple':
      space.spaces.forEach((part, i) => {
        offset = write(part, element[i], row, offset);
      });
      return offset;
    case 'sequence':
      row[offset] = element.length;
      return writeItems(space.space, element, row, offset + 1, space.maxLength);
    case 'graph': {
      const { nodeSpace, edgeSpace, maxNodes, maxEdges } = space;
      const { nodes, edges, edgeLinks } = element;
      row[offset] = nodes.length;
      row[offset + 1] = edgeLinks.length / 2;
      offset = writeItems(nodeSpace, nodes, row, offset + 2, maxNodes);
      if (edgeSpace !== null) offset = writeItems(edgeSpace, edges, row, offset, maxEdges);
      for (let i = 0; i < 2 * maxEdges; i++) row[offset + i] = edgeLinks[i] ?? 0;
      return offset + 2 * maxEdges;
    }
    case 'one-of': {
      const [index, part] = element;
      const end = offset + sizeOf(space);
      row[offset] = index;
      offset = write(space.spaces[index], part, row, offset + 1);
      row.fill(0, offset, end);
      return end;
    }
  }
}

/** Writes a list, and zeros up to the place where the longest one would end; returns that place. */
function writeItems(
  space: Space,
  items: ArrayLike<unknown>,
  row: NumberRow,
  offset: number,
  most: number,
): number {
  const end = offset + most * sizeOf(space);
  for (let i = 0; i < items.length; i++) offset = write(space, items[i], row, offset);
  row.fill(0, offset, end);
  return end;
}

const ARRAYS = { float32: Float32Array, uint8: Uint8Array, int32: Int32Array } as const;

function read(space: Space, row: ArrayLike<number>, offset: number): unknown {
  switch (space.kind) {
    case 'discrete':
      return row[offset] + space.start;
    case 'box':
      return fill(new ARRAYS[space.dtype](space.low.length), row, offset);
    case 'multi-binary':
      return fill(new Uint8Array(sizeOfShape(space.shape)), row, offset);
    case 'multi-discrete': {
      const numbers = fill(new Int32Array(space.sizes.length), row, offset);
      for (let i = 0; i < numbers.length; i++) numbers[i] += space.start[i];
      return numbers;
    }
    case 'text':
      return readText(space, row, offset);
    case 'dict':
    case 'tuple': {
      const names = space.kind === 'dict' ? partNames(space) : Object.keys(space.spaces);
      const spaces = space.spaces as Readonly<Record<string, Space>>;
      const parts = names.map((name) => {
        const part = read(spaces[name], row, offset);
        offset += sizeOf(spaces[name]);
        return [name, part] as const;
      });
      return space.kind === 'dict' ? Object.fromEntries(parts) : parts.map(([, part]) => part);
    }
    case 'sequence':
      return readItems(space.space, row, offset + 1, row[offset]);
    case 'graph': {
      const { nodeSpace, edgeSpace, maxNodes, maxEdges } = space;
      const [numNodes, numEdges] = [row[offset], row[offset + 1]];
      const edgesAt = offset + 2 + maxNodes * sizeOf(nodeSpace);
      const linksAt = edgesAt + (edgeSpace === null ? 0 : maxEdges * sizeOf(edgeSpace));
      return {
        nodes: readItems(nodeSpace, row, offset + 2, numNodes),
        edges: edgeSpace === null ? [] : readItems(edgeSpace, row, edgesAt, numEdges),
        edgeLinks: fill(new Int32Array(2 * numEdges), row, linksAt),
      };
    }
    case 'one-of':
      return [row[offset], read(space.spaces[row[offset]], row, offset + 1)];
  }
}

function readItems(space: Space, row: ArrayLike<number>, offset: number, count: number): unknown[] {
  const size = sizeOf(space);
  return Array.from({ length: count }, (_, i) => read(space, row, offset + i * size));
}

function readText({ charset, maxLength }: Text, row: ArrayLike<number>, offset: number): string {
  let letters = '';
  for (let i = 0; i < maxLength && row[offset + i] > 0; i++)
    letters += charset[row[offset + i] - 1];
  return letters;
}

function fill<T extends Float32Array | Int32Array | Uint8Array>(
  array: T,
  row: ArrayLike<number>,
  offset: number,
): T {
  for (let i = 0; i < array.length; i++) array[i] = row[offset + i];
  return array;
}

function reader(space: Space, row: Float32Array | Int32Array): () => unknown {
  switch (space.kind) {
    case 'discrete':
      return () => row[0];
    case 'box':
      return arrayReader(new ARRAYS[(space as AnyBox).dtype](space.low.length), row);
    case 'multi-discrete':
      return arrayReader(new Int32Array(space.sizes.length), row);
    case 'multi-binary':
      return arrayReader(new Uint8Array(row.length), row);
    case 'dict':
    case 'tuple':
      return partsReader(space, row);
    default: {
      const fromZero = countedFromZero(space);
      return () => read(fromZero, row, 0);
    }
  }
}

/** The row itself where it is such an array already; else an array filled from it at each call. */
function arrayReader(
  array: Float32Array | Int32Array | Uint8Array,
  row: Float32Array | Int32Array,
): () => unknown {
  if (array.constructor === row.constructor) return () => row;
  return () => fill(array, row, 0);
}

function partsReader(
  space: Extract<Space, { kind: 'dict' | 'tuple' }>,
  row: Float32Array | Int32Array,
): () => unknown {
  const names = space.kind === 'dict' ? partNames(space) : Object.keys(space.spaces);
  const spaces = space.spaces as Readonly<Record<string, Space>>;
  const element: Record<string, unknown> | unknown[] = space.kind === 'dict' ? {} : [];
  const parts = element as Record<string, unknown>;
  let offset = 0;
  const readers = names.map((name) => {
    const size = sizeOf(spaces[name]);
    const readPart = reader(spaces[name], row.subarray(offset, offset + size));
    offset += size;
    return readPart;
  });
  return () => {
    for (let i = 0; i < readers.length; i++) parts[names[i]] = readers[i]();
    return element;
  };
}
