import type { ElementOf, Space } from '../space.ts';
import { type Dict, partNames, type Tuple } from './composite.ts';
import { countedFromZero } from './counted.ts';
import { createBoxArray, fillFrom, readRow } from './read-row.ts';
import { rowSize } from './row-sizes.ts';

type Row = Float32Array | Int32Array;

/**
 * A function that gives the element in a row as it is whenever it is called, for loops.
 *
 * Integers are counted from 0. The element is valid until the next call. Numbers, arrays, and
 * tuples and dicts of these are made once; strings, sequences, graphs and `OneOf` are made anew.
 *
 * @param row Of `rowSize(space)` numbers.
 */
export function rowReader<S extends Space>(space: S, row: Row): () => ElementOf<S> {
  return reader(space, row) as () => ElementOf<S>;
}

function reader(space: Space, row: Row): () => unknown {
  switch (space.kind) {
    case 'discrete':
      return () => row[0];
    case 'box':
      return arrayReader(createBoxArray(space), row);
    case 'multi-discrete':
      return arrayReader(new Int32Array(row.length), row);
    case 'multi-binary':
      return arrayReader(new Uint8Array(row.length), row);
    case 'dict':
      return dictReader(space, row);
    case 'tuple':
      return tupleReader(space, row);
    default: {
      const fromZero = countedFromZero(space);
      return () => readRow(fromZero, row);
    }
  }
}

/** The row itself where it is such an array already; else an array filled from it at each call. */
function arrayReader(array: Float32Array | Int32Array | Uint8Array, row: Row): () => unknown {
  if (array.constructor === row.constructor) return () => row;
  return () => fillFrom(array, row, 0);
}

function dictReader(space: Dict, row: Row): () => unknown {
  const names = partNames(space);
  const readers = partReaders(
    names.map((name) => space.spaces[name]),
    row,
  );
  const element: Record<string, unknown> = {};
  return () => {
    for (let i = 0; i < readers.length; i++) element[names[i]] = readers[i]();
    return element;
  };
}

function tupleReader({ spaces }: Tuple, row: Row): () => unknown {
  const readers = partReaders(spaces, row);
  const element: unknown[] = spaces.map(() => null);
  return () => {
    for (let i = 0; i < readers.length; i++) element[i] = readers[i]();
    return element;
  };
}

function partReaders(spaces: readonly Space[], row: Row): (() => unknown)[] {
  let offset = 0;
  return spaces.map((space) => {
    const part = row.subarray(offset, offset + rowSize(space));
    offset += part.length;
    return reader(space, part);
  });
}
