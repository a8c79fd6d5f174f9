import { type Box, box, type Space } from '../space.ts';
import { type Graph, type OneOf, partsOf, type Sequence } from './composite.ts';
import { describeSpace } from './describe.ts';
import { sizeOfShape, wholeSizes } from './row-sizes.ts';

const MAX_SIZE = 2 ** 31 - 1;

/**
 * The box that `flatten` leads into: float32, of one axis, with the bounds of the parts.
 *
 * | space         | numbers                                                                |
 * | ------------- | ---------------------------------------------------------------------- |
 * | Discrete      | 1 at the integer, counted from 0, else 0: `[n]`                        |
 * | Box           | the elements, row-major                                                |
 * | MultiDiscrete | each integer as that of a Discrete, one after the other                |
 * | MultiBinary   | the zeros and ones                                                     |
 * | Text          | each letter's number in the alphabet, from 0; behind the end its size  |
 * | Tuple         | the parts, one after the other                                         |
 * | Dict          | likewise, in the order of their names                                  |
 * | OneOf         | the index of the part; then its numbers; then its first number again, up to the size of the longest part |
 * | Sequence      | its length; then its items, zeros where there are none                 |
 * | Graph         | numbers of nodes and edges; then nodes, edges, links, with zeros       |
 *
 * All but the last two are Gymnasium's `flatten`, which has no array for those.
 *
 * @throws RangeError if elements of the space can be of any length, or are longer than 2³¹ − 1.
 */
export function flattenSpace(space: Space): Box {
  const size = flattenedSize(space);
  const bounds = { low: new Float32Array(size), high: new Float32Array(size) };
  writeBounds(space, bounds, 0);
  return box(bounds.low, bounds.high);
}

/**
 * Numbers in the flattened form of an element.
 *
 * @throws RangeError if elements of the space can be of any length, or are longer than 2³¹ − 1.
 */
export function flattenedSize(space: Space): number {
  const size = flatSize(space);
  if (size <= MAX_SIZE) return size;
  const length = size === Infinity ? 'any length' : `up to ${size} numbers`;
  throw new RangeError(
    `flatten: ${describeSpace(space)} has elements of ${length}. Give it a smaller greatest length.`,
  );
}

/** As `flattenedSize`, but `Infinity` where elements can be of any length. */
export function flatSize(space: Space): number {
  switch (space.kind) {
    case 'discrete':
      return space.n;
    case 'box':
    case 'multi-binary':
      return sizeOfShape(space.shape);
    case 'multi-discrete':
      return space.sizes.reduce((sum, size) => sum + size, 0);
    case 'text':
      return space.maxLength;
    default:
      return flatSizeOfWhole(space);
  }
}

const flatSizeOfWhole = wholeSizes(flatSize);

interface Bounds {
  readonly low: Float32Array;
  readonly high: Float32Array;
}

/** Returns the offset behind what it has written. */
function writeBounds(space: Space, bounds: Bounds, offset: number): number {
  switch (space.kind) {
    case 'discrete':
    case 'multi-discrete':
    case 'multi-binary':
      return fill(bounds, offset, flatSize(space), 0, 1);
    case 'text':
      return fill(bounds, offset, space.maxLength, 0, space.charset.length);
    case 'box':
      bounds.low.set(space.low, offset);
      bounds.high.set(space.high, offset);
      return offset + space.low.length;
    case 'dict':
    case 'tuple':
      return partsOf(space).reduce((end, part) => writeBounds(part, bounds, end), offset);
    case 'one-of':
      return writeOneOf(space, bounds, offset);
    case 'sequence':
      return writeSequence(space, bounds, offset);
    case 'graph':
      return writeGraph(space, bounds, offset);
  }
}

function fill(bounds: Bounds, offset: number, size: number, low: number, high: number): number {
  bounds.low.fill(low, offset, offset + size);
  bounds.high.fill(high, offset, offset + size);
  return offset + size;
}

/** From the least to the greatest bound of all parts. */
function writeOneOf(space: OneOf, bounds: Bounds, offset: number): number {
  const boxes = space.spaces.map(flattenSpace);
  const low = Math.min(...boxes.map((part) => part.low.reduce((a, b) => Math.min(a, b))));
  const high = Math.max(...boxes.map((part) => part.high.reduce((a, b) => Math.max(a, b))));
  fill(bounds, offset, 1, 0, space.spaces.length - 1);
  return fill(bounds, offset + 1, flatSize(space) - 1, low, high);
}

function writeSequence({ space, maxLength }: Sequence, bounds: Bounds, offset: number): number {
  fill(bounds, offset, 1, 0, maxLength);
  return writeItems(space, maxLength, bounds, offset + 1);
}

function writeGraph(space: Graph, bounds: Bounds, offset: number): number {
  const { nodeSpace, edgeSpace, maxNodes, maxEdges } = space;
  fill(bounds, offset, 1, 1, maxNodes);
  fill(bounds, offset + 1, 1, 0, maxEdges);
  offset = writeItems(nodeSpace, maxNodes, bounds, offset + 2);
  if (edgeSpace !== null) offset = writeItems(edgeSpace, maxEdges, bounds, offset);
  return fill(bounds, offset, 2 * maxEdges, 0, maxNodes - 1);
}

/** The bounds of items that may be absent, and zeros then. */
function writeItems(space: Space, most: number, bounds: Bounds, offset: number): number {
  if (most === 0) return offset;
  const { low, high } = flattenSpace(space);
  for (let i = 0; i < most; i++) {
    bounds.low.set(
      low.map((x) => Math.min(x, 0)),
      offset,
    );
    bounds.high.set(
      high.map((x) => Math.max(x, 0)),
      offset,
    );
    offset += low.length;
  }
  return offset;
}
