import { type AnyBox, type BoxDtype, box, type Space } from '../../core/space.ts';
import { rowSize } from '../../core/spaces/rows.ts';
import { partsInRow } from './stack-space.ts';

/** Whether elements of the space have a flat form of one length: all but sequences and graphs. */
export function isFlattenable(space: Space): boolean {
  switch (space.kind) {
    case 'sequence':
    case 'graph':
      return false;
    case 'dict':
    case 'tuple':
      return partsInRow(space).every(isFlattenable);
    case 'one-of':
      return space.spaces.every(isFlattenable);
    default:
      return true;
  }
}

/**
 * The box of flat elements: integers of `Discrete` and `MultiDiscrete` as ones among zeros, all else
 * as it stands in rows, one part after the other.
 */
export function flatBox(space: Space): AnyBox {
  const parts = flatParts(space);
  const dtypes = new Set(parts.map(({ dtype }) => dtype));
  const dtype: BoxDtype = dtypes.size === 1 ? parts[0].dtype : 'float32';
  return box(
    parts.flatMap(({ low }) => low),
    parts.flatMap(({ high }) => high),
    { dtype },
  ) as AnyBox;
}

/**
 * Writes the flat form of an element.
 *
 * @param row The element's row, read from `offset` on.
 * @param flat Receives the flat form from `flatOffset` on.
 * @returns the offset behind it.
 */
export function flattenRow(
  space: Space,
  row: ArrayLike<number>,
  offset: number,
  flat: Float32Array,
  flatOffset: number,
): number {
  switch (space.kind) {
    case 'discrete':
      return oneHot(space.n, row[offset], flat, flatOffset);
    case 'multi-discrete':
      for (let i = 0; i < space.sizes.length; i++) {
        flatOffset = oneHot(space.sizes[i], row[offset + i], flat, flatOffset);
      }
      return flatOffset;
    case 'dict':
    case 'tuple':
      for (const part of partsInRow(space)) {
        flatOffset = flattenRow(part, row, offset, flat, flatOffset);
        offset += rowSize(part);
      }
      return flatOffset;
    case 'one-of': {
      const end = flatOffset + flatBox(space).low.length;
      const index = row[offset];
      flat[flatOffset] = index;
      const behind = flattenRow(space.spaces[index], row, offset + 1, flat, flatOffset + 1);
      flat.fill(0, behind, end);
      return end;
    }
    default: {
      const size = rowSize(space);
      for (let i = 0; i < size; i++) flat[flatOffset + i] = row[offset + i];
      return flatOffset + size;
    }
  }
}

function oneHot(n: number, index: number, flat: Float32Array, offset: number): number {
  flat.fill(0, offset, offset + n);
  flat[offset + index] = 1;
  return offset + n;
}

interface FlatPart {
  readonly dtype: BoxDtype;
  readonly low: readonly number[];
  readonly high: readonly number[];
}

function flatParts(space: Space): FlatPart[] {
  switch (space.kind) {
    case 'box':
      return [{ dtype: space.dtype, low: [...space.low], high: [...space.high] }];
    case 'discrete':
      return [between('int32', space.n, 0, 1)];
    case 'multi-discrete': {
      const size = space.sizes.reduce((sum, n) => sum + n, 0);
      return [between('int32', size, 0, 1)];
    }
    case 'multi-binary':
      return [between('uint8', rowSize(space), 0, 1)];
    case 'text':
      return [between('int32', space.maxLength, 0, space.charset.length)];
    case 'dict':
    case 'tuple':
      return partsInRow(space).flatMap(flatParts);
    case 'one-of': {
      const boxes = space.spaces.map(flatBox);
      const size = Math.max(...boxes.map(({ low }) => low.length));
      const reach = boxes.flatMap(({ low, high }) => [...low, ...high]);
      const index = between('float32', 1, 0, space.spaces.length - 1);
      return [index, between('float32', size, Math.min(0, ...reach), Math.max(0, ...reach))];
    }
    default:
      throw new RangeError('flatBox: sequences and graphs have no flat form of one length.');
  }
}

function between(dtype: BoxDtype, size: number, low: number, high: number): FlatPart {
  return { dtype, low: new Array(size).fill(low), high: new Array(size).fill(high) };
}
