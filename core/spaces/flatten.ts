import type { ElementOf, Space } from '../space.ts';
import { type Graph, type GraphElement, type OneOf, partNames } from './composite.ts';
import { mismatch } from './contains.ts';
import { flatSize, flattenedSize } from './flat-space.ts';
import type { MultiDiscrete, Text } from './multi.ts';

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
  write(space, element, flat, 0);
  return flat;
}

/** Returns the offset behind what it has written. */
// biome-ignore lint/suspicious/noExplicitAny: the kind says what the element is
function write(space: Space, element: any, flat: Float32Array, offset: number): number {
  switch (space.kind) {
    case 'discrete':
      flat[offset + element - space.start] = 1;
      return offset + space.n;
    case 'box':
    case 'multi-binary':
      flat.set(element, offset);
      return offset + element.length;
    case 'multi-discrete':
      return writeIntegers(space, element, flat, offset);
    case 'text':
      return writeText(space, element, flat, offset);
    case 'dict':
      for (const name of partNames(space)) {
        offset = write(space.spaces[name], element[name], flat, offset);
      }
      return offset;
    case 'tuple':
      space.spaces.forEach((part, i) => {
        offset = write(part, element[i], flat, offset);
      });
      return offset;
    case 'one-of':
      return writeOneOf(space, element, flat, offset);
    case 'sequence':
      flat[offset] = element.length;
      return writeItems(space.space, element, space.maxLength, flat, offset + 1);
    case 'graph':
      return writeGraph(space, element, flat, offset);
  }
}

function writeIntegers(
  { sizes, start }: MultiDiscrete,
  element: ArrayLike<number>,
  flat: Float32Array,
  offset: number,
): number {
  for (let i = 0; i < sizes.length; i++) {
    flat[offset + element[i] - start[i]] = 1;
    offset += sizes[i];
  }
  return offset;
}

function writeText(
  { charset, maxLength }: Text,
  text: string,
  flat: Float32Array,
  at: number,
): number {
  for (let i = 0; i < maxLength; i++) {
    flat[at + i] = i < text.length ? charset.indexOf(text[i]) : charset.length;
  }
  return at + maxLength;
}

/** Fills up with the part's first number, as Gymnasium does: it lies within the part's bounds. */
function writeOneOf(
  space: OneOf,
  [index, part]: ElementOf<OneOf>,
  flat: Float32Array,
  offset: number,
): number {
  const end = offset + flatSize(space);
  flat[offset] = index;
  const next = write(space.spaces[index], part, flat, offset + 1);
  flat.fill(flat[offset + 1], next, end);
  return end;
}

function writeGraph(
  space: Graph,
  element: GraphElement,
  flat: Float32Array,
  offset: number,
): number {
  const { nodeSpace, edgeSpace, maxNodes, maxEdges } = space;
  const { nodes, edges, edgeLinks } = element;
  flat[offset] = nodes.length;
  flat[offset + 1] = edgeLinks.length / 2;
  offset = writeItems(nodeSpace, nodes, maxNodes, flat, offset + 2);
  if (maxEdges === 0) return offset;
  if (edgeSpace !== null) offset = writeItems(edgeSpace, edges, maxEdges, flat, offset);
  flat.set(edgeLinks, offset);
  return offset + 2 * maxEdges;
}

/** Returns the place where the longest list would end. */
function writeItems(
  space: Space,
  items: ArrayLike<unknown>,
  most: number,
  flat: Float32Array,
  offset: number,
): number {
  const size = flatSize(space);
  for (let i = 0; i < items.length; i++) write(space, items[i], flat, offset + i * size);
  return offset + most * size;
}
