import type { StateKind } from '../../core/dynamics.ts';
import type { Space } from '../../core/space.ts';
import { batchSpace } from '../../core/spaces/batch.ts';
import { partsOf } from '../../core/spaces/composite.ts';
import { rowSize } from '../../core/spaces/rows.ts';
import { misfit } from './requirements.ts';
import type { InnerWorld } from './wrapper.ts';

/**
 * The space of `n` observations together, along a new first axis.
 *
 * @throws RangeError if they are strings, sequences, graphs or alternatives.
 */
export function stackSpace(wrapper: string, world: InnerWorld, n: number): Space {
  const { observationSpace } = world;
  if (!isStackable(observationSpace)) {
    const needed = 'numbers or arrays, or tuples or dicts of these';
    throw misfit(wrapper, world, 'observations', needed, observationSpace);
  }
  return batchSpace(observationSpace, n);
}

function isStackable(space: Space): boolean {
  switch (space.kind) {
    case 'dict':
    case 'tuple':
      return partsOf(space).every(isStackable);
    case 'text':
    case 'sequence':
    case 'graph':
    case 'one-of':
      return false;
    default:
      return true;
  }
}

/**
 * Where each number of `n` rows, one after the other, stands in the row of the stacked space.
 *
 * @returns `[n × rowSize(space)]`.
 */
export function stackedRows(space: Space, n: number): Int32Array {
  const size = rowSize(space);
  const places = new Int32Array(n * size);
  const place = (part: Space, offset: number, stackedOffset: number): void => {
    if (part.kind === 'dict' || part.kind === 'tuple') {
      let within = 0;
      for (const child of partsOf(part)) {
        place(child, offset + within, stackedOffset + n * within);
        within += rowSize(child);
      }
      return;
    }
    const partSize = rowSize(part);
    for (let k = 0; k < n; k++) {
      for (let i = 0; i < partSize; i++) {
        places[k * size + offset + i] = stackedOffset + k * partSize + i;
      }
    }
  };
  place(space, 0, 0);
  return places;
}

/** The row of zeros, or of the bound nearest to zero where a box has none in it. */
export function zeroRow(space: Space): Float64Array {
  const row = new Float64Array(rowSize(space));
  const fill = (part: Space, offset: number): void => {
    if (part.kind === 'box') {
      for (let i = 0; i < part.low.length; i++) {
        row[offset + i] = Math.min(Math.max(0, part.low[i]), part.high[i]);
      }
    } else if (part.kind === 'dict' || part.kind === 'tuple') {
      for (const child of partsOf(part)) {
        fill(child, offset);
        offset += rowSize(child);
      }
    }
  };
  fill(space, 0);
  return row;
}

/** The smallest kind of memory that holds observations exactly: bytes for screens. */
export function memoryKindOf(space: Space): StateKind {
  return space.kind === 'box' && space.dtype === 'uint8' ? 'uint8' : 'float64';
}
