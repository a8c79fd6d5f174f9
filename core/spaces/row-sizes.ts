import type { Space } from '../space.ts';
import { partsOf } from './composite.ts';
import { describeSpace } from './describe.ts';

// An array of more numbers is in no memory.
const MAX_ROW = 2 ** 31 - 1;

/** Whether elements of the space fit rows of one length. */
export function fitsRow(space: Space): boolean {
  return sizeOf(space) <= MAX_ROW;
}

/**
 * Numbers in the row of one element: 1 for `Discrete`, the product of the shape for `Box`.
 *
 * @throws RangeError if elements of the space can be of any length, or are longer than 2³¹ − 1.
 */
export function rowSize(space: Space): number {
  const size = sizeOf(space);
  if (size <= MAX_ROW) return size;
  const length = size === Infinity ? 'any length' : `up to ${size} numbers`;
  throw new RangeError(
    `rowSize: ${describeSpace(space)} has elements of ${length}, which do not fit rows. Give it a smaller greatest length.`,
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

/** The greatest integer that a row of the space can hold; of its boxes the bounds do not count. */
export function greatestInteger(space: Space): number {
  switch (space.kind) {
    case 'discrete':
      return space.n - 1;
    case 'box':
      return 0;
    case 'multi-discrete':
      return space.sizes.reduce((most, size) => Math.max(most, size - 1), 0);
    case 'multi-binary':
      return 1;
    case 'text':
      return space.charset.length;
    case 'dict':
    case 'tuple':
      return greatestOf(Object.values<Space>(space.spaces));
    case 'one-of':
      return Math.max(space.spaces.length - 1, greatestOf(space.spaces));
    case 'sequence':
      return Math.max(space.maxLength, greatestInteger(space.space));
    case 'graph': {
      const { nodeSpace, edgeSpace, maxNodes, maxEdges } = space;
      const parts = edgeSpace === null ? [nodeSpace] : [nodeSpace, edgeSpace];
      return Math.max(maxNodes, maxEdges, greatestOf(parts));
    }
  }
}

/** As `rowSize`, but `Infinity` where elements can be of any length. */
export function sizeOf(space: Space): number {
  switch (space.kind) {
    case 'discrete':
      return 1;
    case 'box':
      return space.low.length;
    case 'multi-discrete':
      return space.sizes.length;
    case 'multi-binary':
      return sizeOfShape(space.shape);
    case 'text':
      return space.maxLength;
    default:
      return sizeOfWhole(space);
  }
}

/** The spaces that are made of others. */
export type Whole = Extract<Space, { kind: 'dict' | 'tuple' | 'sequence' | 'graph' | 'one-of' }>;

const sizeOfWhole = wholeSizes(sizeOf);

/**
 * A function that tells the length of lists of numbers that spaces made of others need, if their
 * parts need as many as `partSize` says. It keeps what it has summed, so that loops need not sum.
 */
export function wholeSizes(partSize: (part: Space) => number): (space: Whole) => number {
  const known = new WeakMap<Whole, number>();
  return (space) => {
    let size = known.get(space);
    if (size === undefined) {
      size = sumOfParts(space, partSize);
      known.set(space, size);
    }
    return size;
  };
}

function sumOfParts(space: Whole, partSize: (part: Space) => number): number {
  switch (space.kind) {
    case 'dict':
    case 'tuple':
      return partsOf(space).reduce((sum, part) => sum + partSize(part), 0);
    case 'one-of':
      return 1 + space.spaces.reduce((most, part) => Math.max(most, partSize(part)), 0);
    case 'sequence':
      return 1 + space.maxLength * partSize(space.space);
    case 'graph': {
      const { nodeSpace, edgeSpace, maxNodes, maxEdges } = space;
      const nodes = 2 + maxNodes * partSize(nodeSpace);
      if (maxEdges === 0) return nodes;
      // What an edge carries, and where it begins and ends.
      return nodes + maxEdges * (2 + (edgeSpace === null ? 0 : partSize(edgeSpace)));
    }
  }
}

/** The number of elements of an array of this shape. */
export function sizeOfShape(shape: readonly number[]): number {
  let size = 1;
  for (let axis = 0; axis < shape.length; axis++) size *= shape[axis];
  return size;
}

function greatestOf(spaces: readonly Space[]): number {
  return spaces.reduce((most, part) => Math.max(most, greatestInteger(part)), 0);
}
