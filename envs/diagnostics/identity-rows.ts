/** What the identity worlds do with rows of a space: part them, write them, compare them. */

import type { Space } from '../../core/space.ts';
import { partNames } from '../../core/spaces/composite.ts';
import { countedFromZero, rowSize, writeRow } from '../../core/spaces/rows.ts';

/** A part of a space that always stands at the same place of its row. */
export interface FixedPart {
  readonly space: Space;
  readonly offset: number;
}

/** The parts of dicts and tuples, one by one down to what is neither; the space itself if it is neither. */
export function fixedParts(space: Space, offset: number = 0): FixedPart[] {
  if (space.kind !== 'dict' && space.kind !== 'tuple') return [{ space, offset }];
  return partsInOrder(space).flatMap(([, part]) => {
    const parts = fixedParts(part, offset);
    offset += rowSize(part);
    return parts;
  });
}

/** Whether an element holds anything but real numbers. */
export function hasIntegers(space: Space): boolean {
  return fixedParts(space).some((part) => part.space.kind !== 'box');
}

/** Writes an element, its integers counted from 0, into a row. */
export type RowWriter = (element: unknown, row: Float64Array, offset: number) => void;

/** A writer for elements of one space, which allocates nothing for numbers, arrays, and dicts and tuples of them. */
export function rowWriter(space: Space): RowWriter {
  switch (space.kind) {
    case 'discrete':
      return (element, row, offset) => {
        row[offset] = element as number;
      };
    case 'box':
    case 'multi-discrete':
    case 'multi-binary':
      return (element, row, offset) => {
        const numbers = element as ArrayLike<number>;
        for (let i = 0; i < numbers.length; i++) row[offset + i] = numbers[i];
      };
    case 'dict':
    case 'tuple':
      return partsWriter(space);
    default: {
      const fromZero = countedFromZero(space);
      return (element, row, offset) => writeRow(fromZero, element as never, row, offset);
    }
  }
}

/** What a comparison has found. */
export interface Tally {
  /** Whether an integer differs. */
  wrong: boolean;
  /** Sum of the squared differences of real numbers. */
  squares: number;
}

/**
 * Adds to `tally` how the element in `row` from `offset` on differs from the one `distance` further on.
 *
 * Which numbers are real, and where a list ends, is as in the first one.
 */
export function compareRows(
  space: Space,
  row: Float64Array,
  offset: number,
  distance: number,
  tally: Tally,
): void {
  switch (space.kind) {
    case 'box':
      for (let i = offset; i < offset + space.low.length; i++) {
        const error = row[i + distance] - row[i];
        tally.squares += error * error;
      }
      return;
    case 'dict':
    case 'tuple':
      for (const part of fixedParts(space, offset)) {
        compareRows(part.space, row, part.offset, distance, tally);
      }
      return;
    case 'sequence': {
      compareIntegers(row, offset, 1, distance, tally);
      compareItems(space.space, row, offset + 1, row[offset], distance, tally);
      return;
    }
    case 'graph': {
      const { nodeSpace, edgeSpace, maxNodes, maxEdges } = space;
      const [numNodes, numEdges] = [row[offset], row[offset + 1]];
      compareIntegers(row, offset, 2, distance, tally);
      compareItems(nodeSpace, row, offset + 2, numNodes, distance, tally);
      const edgesAt = offset + 2 + maxNodes * rowSize(nodeSpace);
      if (edgeSpace !== null) compareItems(edgeSpace, row, edgesAt, numEdges, distance, tally);
      const linksAt = edgesAt + (edgeSpace === null ? 0 : maxEdges * rowSize(edgeSpace));
      compareIntegers(row, linksAt, 2 * numEdges, distance, tally);
      return;
    }
    case 'one-of':
      compareIntegers(row, offset, 1, distance, tally);
      compareRows(space.spaces[row[offset]], row, offset + 1, distance, tally);
      return;
    default:
      compareIntegers(row, offset, rowSize(space), distance, tally);
  }
}

function compareIntegers(
  row: Float64Array,
  offset: number,
  count: number,
  distance: number,
  tally: Tally,
): void {
  for (let i = offset; i < offset + count; i++) {
    if (row[i] !== row[i + distance]) tally.wrong = true;
  }
}

function compareItems(
  space: Space,
  row: Float64Array,
  offset: number,
  count: number,
  distance: number,
  tally: Tally,
): void {
  const size = rowSize(space);
  for (let i = 0; i < count; i++) compareRows(space, row, offset + i * size, distance, tally);
}

function partsInOrder(space: Extract<Space, { kind: 'dict' | 'tuple' }>): [string, Space][] {
  const names = space.kind === 'dict' ? partNames(space) : Object.keys(space.spaces);
  const spaces = space.spaces as Readonly<Record<string, Space>>;
  return names.map((name) => [name, spaces[name]]);
}

function partsWriter(space: Extract<Space, { kind: 'dict' | 'tuple' }>): RowWriter {
  const parts = partsInOrder(space).map(([name, part]) => {
    return { name, write: rowWriter(part), size: rowSize(part) };
  });
  return (element, row, offset) => {
    const values = element as Readonly<Record<string, unknown>>;
    let at = offset;
    for (let i = 0; i < parts.length; i++) {
      const { name, write, size } = parts[i];
      write(values[name], row, at);
      at += size;
    }
  };
}
