import { checkInteger, checkLength } from '../check.ts';
import type { ElementOf, Space } from '../space.ts';
import {
  type Dict,
  type Graph,
  type OneOf,
  partNames,
  type Sequence,
  type Tuple,
} from './composite.ts';
import { mismatch } from './contains.ts';
import { flatSize, flattenedSize } from './flat-space.ts';
import type { MultiDiscrete, Text } from './multi.ts';
import { withOwnArrays } from './own-arrays.ts';

type Flat = ArrayLike<number>;

/**
 * The element of which `flatten` made these numbers.
 *
 * Not every element of `flattenSpace(space)` stands for one: a one-hot vector may be all zeros. Of
 * several numbers other than 0 in it the first counts. What fills up is not looked at.
 *
 * @param flat `[flattenedSize(space)]`.
 * @throws RangeError if these numbers stand for no element of the space.
 */
export function unflatten<S extends Space>(space: S, flat: Flat): ElementOf<S> {
  checkLength('unflatten: the vector', flat, flattenedSize(space));
  const element = read(space, flat, 0);
  const problem = mismatch(space, element, 'the element');
  if (problem !== null) throw new RangeError(`unflatten: ${problem}`);
  return withOwnArrays(space, element);
}

/** With plain lists, so that what is no element can still be told. */
function read(space: Space, flat: Flat, offset: number): unknown {
  switch (space.kind) {
    case 'discrete':
      return space.start + readOneHot(flat, offset, space.n);
    case 'box':
    case 'multi-binary':
      return Array.from({ length: flatSize(space) }, (_, i) => flat[offset + i]);
    case 'multi-discrete':
      return readIntegers(space, flat, offset);
    case 'text':
      return readText(space, flat, offset);
    case 'dict':
      return readDict(space, flat, offset);
    case 'tuple':
      return readTuple(space, flat, offset);
    case 'one-of':
      return readOneOf(space, flat, offset);
    case 'sequence':
      return readSequence(space, flat, offset);
    case 'graph':
      return readGraph(space, flat, offset);
  }
}

/** The first place of the `n` that is not 0. */
function readOneHot(flat: Flat, offset: number, n: number): number {
  for (let i = 0; i < n; i++) if (flat[offset + i] !== 0) return i;
  throw new RangeError(
    `unflatten: numbers ${offset} to ${offset + n - 1} must be a one-hot vector, got zeros alone.`,
  );
}

function readIntegers({ sizes, start }: MultiDiscrete, flat: Flat, offset: number): number[] {
  return Array.from(sizes, (size, i) => {
    const integer = start[i] + readOneHot(flat, offset, size);
    offset += size;
    return integer;
  });
}

function readText({ charset, maxLength }: Text, flat: Flat, offset: number): string {
  let text = '';
  for (let i = 0; i < maxLength; i++) {
    const letter = flat[offset + i];
    checkInteger(`unflatten: number ${offset + i}`, letter, 0, charset.length);
    text += charset[letter] ?? ''; // behind the end
  }
  return text;
}

function readDict(space: Dict, flat: Flat, offset: number): object {
  const element: Record<string, unknown> = {};
  for (const name of partNames(space)) {
    element[name] = read(space.spaces[name], flat, offset);
    offset += flatSize(space.spaces[name]);
  }
  return element;
}

function readTuple({ spaces }: Tuple, flat: Flat, offset: number): unknown[] {
  return spaces.map((part) => {
    const element = read(part, flat, offset);
    offset += flatSize(part);
    return element;
  });
}

function readOneOf({ spaces }: OneOf, flat: Flat, offset: number): unknown[] {
  checkInteger(`unflatten: number ${offset}`, flat[offset], 0, spaces.length - 1);
  return [flat[offset], read(spaces[flat[offset]], flat, offset + 1)];
}

function readSequence({ space, maxLength }: Sequence, flat: Flat, offset: number): unknown[] {
  checkInteger(`unflatten: number ${offset}`, flat[offset], 0, maxLength);
  return readItems(space, flat[offset], flat, offset + 1);
}

function readGraph(space: Graph, flat: Flat, offset: number): object {
  const { nodeSpace, edgeSpace, maxNodes, maxEdges } = space;
  checkInteger(`unflatten: number ${offset}`, flat[offset], 1, maxNodes);
  checkInteger(`unflatten: number ${offset + 1}`, flat[offset + 1], 0, maxEdges);
  const [numNodes, numEdges] = [flat[offset], flat[offset + 1]];
  const edgesAt = offset + 2 + maxNodes * flatSize(nodeSpace);
  const linksAt = edgesAt + (edgeSpace === null ? 0 : maxEdges * flatSize(edgeSpace));
  return {
    nodes: readItems(nodeSpace, numNodes, flat, offset + 2),
    edges: edgeSpace === null ? [] : readItems(edgeSpace, numEdges, flat, edgesAt),
    edgeLinks: Array.from({ length: 2 * numEdges }, (_, i) => flat[linksAt + i]),
  };
}

function readItems(space: Space, count: number, flat: Flat, offset: number): unknown[] {
  const size = flatSize(space);
  return Array.from({ length: count }, (_, i) => read(space, flat, offset + i * size));
}
