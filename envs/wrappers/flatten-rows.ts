import { type AnyBox, type BoxDtype, box, type Space } from '../../core/space.ts';
import type { OneOf } from '../../core/spaces/composite.ts';
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

/** Numbers in the flat form of an element. */
export function flatSize(space: Space): number {
  switch (space.kind) {
    case 'discrete':
      return space.n;
    case 'multi-discrete':
      return space.sizes.reduce((sum, n) => sum + n, 0);
    case 'dict':
    case 'tuple':
      return partsInRow(space).reduce((sum, part) => sum + flatSize(part), 0);
    case 'one-of':
      return 1 + Math.max(...space.spaces.map(flatSize));
    default:
      return rowSize(space);
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

/** Writes the flat form of the element in `row`. */
export type RowFlattener = (row: ArrayLike<number>, flat: Float32Array) => void;

/** A function that flattens rows of the space, for loops. */
export function rowFlattener(space: Space): RowFlattener {
  const pieces: RowFlattener[] = [];
  addPieces(space, 0, 0, pieces);
  return (row, flat) => {
    for (let i = 0; i < pieces.length; i++) pieces[i](row, flat);
  };
}

/** Adds what flattens the part of a row from `from` on into `to`; returns the place behind it. */
function addPieces(space: Space, from: number, to: number, pieces: RowFlattener[]): number {
  switch (space.kind) {
    case 'discrete':
      pieces.push(oneHot(space.n, from, to));
      return to + space.n;
    case 'multi-discrete':
      space.sizes.forEach((n, i) => {
        pieces.push(oneHot(n, from + i, to));
        to += n;
      });
      return to;
    case 'dict':
    case 'tuple':
      for (const part of partsInRow(space)) {
        to = addPieces(part, from, to, pieces);
        from += rowSize(part);
      }
      return to;
    case 'one-of':
      pieces.push(alternative(space, from, to));
      return to + flatSize(space);
    default: {
      const size = rowSize(space);
      pieces.push((row, flat) => {
        for (let i = 0; i < size; i++) flat[to + i] = row[from + i];
      });
      return to + size;
    }
  }
}

function oneHot(n: number, from: number, to: number): RowFlattener {
  return (row, flat) => {
    for (let i = 0; i < n; i++) flat[to + i] = 0;
    flat[to + row[from]] = 1;
  };
}

/** The number of the part, then its flat form, then zeros. */
function alternative(space: OneOf, from: number, to: number): RowFlattener {
  const end = to + flatSize(space);
  const parts = space.spaces.map((part) => {
    const pieces: RowFlattener[] = [];
    addPieces(part, from + 1, to + 1, pieces);
    return pieces;
  });
  return (row, flat) => {
    flat.fill(0, to, end);
    flat[to] = row[from];
    for (const piece of parts[row[from]]) piece(row, flat);
  };
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
    case 'multi-discrete':
      return [between('int32', flatSize(space), 0, 1)];
    case 'multi-binary':
      return [between('uint8', rowSize(space), 0, 1)];
    case 'text':
      return [between('int32', space.maxLength, 0, space.charset.length)];
    case 'dict':
    case 'tuple':
      return partsInRow(space).flatMap(flatParts);
    case 'one-of': {
      const boxes = space.spaces.map(flatBox);
      const reach = boxes.flatMap(({ low, high }) => [...low, ...high]);
      const index = between('float32', 1, 0, space.spaces.length - 1);
      return [
        index,
        between('float32', flatSize(space) - 1, Math.min(0, ...reach), Math.max(0, ...reach)),
      ];
    }
    default:
      throw new RangeError('flatBox: sequences and graphs have no flat form of one length.');
  }
}

function between(dtype: BoxDtype, size: number, low: number, high: number): FlatPart {
  return { dtype, low: new Array(size).fill(low), high: new Array(size).fill(high) };
}
