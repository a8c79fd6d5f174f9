import type { ElementOf, Space } from '../space.ts';
import { type Graph, type GraphElement, type OneOf, partNames } from './composite.ts';
import type { Text } from './multi.ts';
import { sizeOf } from './row-sizes.ts';
import type { NumberRow } from './rows.ts';

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

/** Returns the offset behind what it has written. */
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
    case 'text':
      return writeText(space, element, row, offset);
    case 'dict':
      for (const name of partNames(space)) {
        offset = write(space.spaces[name], element[name], row, offset);
      }
      return offset;
    case 'tuple':
      for (let i = 0; i < space.spaces.length; i++) {
        offset = write(space.spaces[i], element[i], row, offset);
      }
      return offset;
    case 'sequence':
      row[offset] = element.length;
      return writeItems(space.space, element, row, offset + 1, space.maxLength);
    case 'graph':
      return writeGraph(space, element, row, offset);
    case 'one-of':
      return writeOneOf(space, element, row, offset);
  }
}

function writeText({ charset, maxLength }: Text, text: string, row: NumberRow, at: number): number {
  for (let i = 0; i < maxLength; i++) {
    row[at + i] = i < text.length ? charset.indexOf(text[i]) + 1 : 0;
  }
  return at + maxLength;
}

function writeGraph(space: Graph, element: GraphElement, row: NumberRow, offset: number): number {
  const { nodeSpace, edgeSpace, maxNodes, maxEdges } = space;
  const { nodes, edges, edgeLinks } = element;
  row[offset] = nodes.length;
  row[offset + 1] = edgeLinks.length / 2;
  offset = writeItems(nodeSpace, nodes, row, offset + 2, maxNodes);
  if (maxEdges === 0) return offset;
  if (edgeSpace !== null) offset = writeItems(edgeSpace, edges, row, offset, maxEdges);
  for (let i = 0; i < 2 * maxEdges; i++) row[offset + i] = edgeLinks[i] ?? 0;
  return offset + 2 * maxEdges;
}

function writeOneOf(
  space: OneOf,
  [index, part]: ElementOf<OneOf>,
  row: NumberRow,
  offset: number,
): number {
  row[offset] = index;
  const next = write(space.spaces[index], part, row, offset + 1);
  return writeZeros(row, next, offset + sizeOf(space));
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
  return writeZeros(row, offset, end);
}

/** Also beyond the end of a plain list, which grows then. */
function writeZeros(row: NumberRow, offset: number, end: number): number {
  for (let i = offset; i < end; i++) row[i] = 0;
  return end;
}
