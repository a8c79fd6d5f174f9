import { checkLength, show } from './check.ts';
import type { Box, BoxArrays, Discrete, ElementOf, Space } from './space.ts';
import { type Dict, partNames, type Tuple } from './spaces/composite.ts';
import { isList } from './spaces/contains.ts';
import type { MultiBinary, MultiDiscrete } from './spaces/multi.ts';
import { rowSize } from './spaces/rows.ts';

/**
 * The elements of n copies in one: what `numpy.stack` makes of them in Gymnasium.
 *
 * | space                      | batch                                          |
 * | -------------------------- | ---------------------------------------------- |
 * | Discrete                   | `Int32Array`, `[n]`                            |
 * | Box, MultiBinary, MultiDiscrete | an array of the element's type, `[n × size]` |
 * | Dict, Tuple                | an object or list with the batch of each part  |
 * | others                     | a list of the n elements                       |
 */
export type ElementBatch<S extends Space> = S extends Discrete
  ? Int32Array
  : S extends Box<infer D>
    ? BoxArrays[D]
    : S extends MultiDiscrete
      ? Int32Array
      : S extends MultiBinary
        ? Uint8Array
        : S extends Dict<infer Parts>
          ? { readonly [Name in keyof Parts]: ElementBatch<Parts[Name]> }
          : S extends Tuple<infer Parts>
            ? TupleBatch<Parts>
            : readonly ElementOf<S>[];

// Where the parts are not known one by one, the recursion stops at an interface.
type TupleBatch<Parts extends readonly Space[]> = number extends Parts['length']
  ? BatchList<Parts[number]>
  : { readonly [Index in keyof Parts]: ElementBatch<Parts[Index]> };

interface BatchList<Part extends Space> extends ReadonlyArray<ElementBatch<Part>> {}

/**
 * The batch of some elements; a new one that shares nothing with them where they are numbers.
 *
 * @param elements Must be in the space.
 */
export function concatenateElements<S extends Space>(
  space: S,
  elements: readonly ElementOf<S>[],
): ElementBatch<S> {
  return join(space, elements) as ElementBatch<S>;
}

/**
 * The n elements of a batch; new ones that share nothing with it where they are numbers.
 *
 * What is split are the lists; whether the elements are in the space is not checked.
 *
 * @param batch Its arrays may be plain or typed.
 * @param where What the batch is called in messages, such as `actions`.
 * @throws RangeError if the batch has not the form of one of `n` elements.
 */
export function splitBatch<S extends Space>(
  where: string,
  space: S,
  batch: ElementBatch<S>,
  n: number,
): ElementOf<S>[] {
  return split(where, space, batch, n) as ElementOf<S>[];
}

// biome-ignore lint/suspicious/noExplicitAny: the kind says what the elements are
function join(space: Space, elements: readonly any[]): unknown {
  switch (space.kind) {
    case 'discrete':
      return Int32Array.from(elements);
    case 'box':
    case 'multi-discrete':
    case 'multi-binary': {
      const size = rowSize(space);
      const batch = new (arrayOf(space))(elements.length * size);
      elements.forEach((element, i) => {
        batch.set(element, i * size);
      });
      return batch;
    }
    case 'dict': {
      const part = (name: string) => elements.map((element) => element[name]);
      return Object.fromEntries(
        partNames(space).map((name) => [name, join(space.spaces[name], part(name))]),
      );
    }
    case 'tuple':
      return space.spaces.map((part, k) =>
        join(
          part,
          elements.map((element) => element[k]),
        ),
      );
    default:
      return [...elements];
  }
}

function split(where: string, space: Space, batch: unknown, n: number): unknown[] {
  switch (space.kind) {
    case 'dict': {
      const names = partNames(space);
      const parts = (batch ?? {}) as Readonly<Record<string, unknown>>;
      const lists = names.map((name) =>
        split(`${where}.${name}`, space.spaces[name], parts[name], n),
      );
      return Array.from({ length: n }, (_, i) =>
        Object.fromEntries(names.map((name, k) => [name, lists[k][i]])),
      );
    }
    case 'tuple': {
      const parts = checkList(where, batch, space.spaces.length);
      const lists = space.spaces.map((part, k) => split(`${where}[${k}]`, part, parts[k], n));
      return Array.from({ length: n }, (_, i) => lists.map((list) => list[i]));
    }
    case 'box':
    case 'multi-discrete':
    case 'multi-binary': {
      const size = rowSize(space);
      const numbers = checkList(where, batch, n * size);
      return Array.from({ length: n }, (_, i) => slice(where, space, numbers, i * size, size));
    }
    default:
      return Array.from(checkList(where, batch, n));
  }
}

function checkList(where: string, batch: unknown, length: number): ArrayLike<unknown> {
  if (!isList(batch)) {
    throw new RangeError(`${where} must be a list of length ${length}, got ${show(batch)}.`);
  }
  checkLength(where, batch, length);
  return batch;
}

type ArraySpace = Extract<Space, { kind: 'box' | 'multi-discrete' | 'multi-binary' }>;

function slice(
  where: string,
  space: ArraySpace,
  numbers: ArrayLike<unknown>,
  offset: number,
  size: number,
): Float32Array | Int32Array | Uint8Array {
  const element = new (arrayOf(space))(size);
  for (let k = 0; k < size; k++) {
    const number = numbers[offset + k];
    element[k] = number as number;
    if (element[k] === number || element instanceof Float32Array) continue;
    const what = element instanceof Uint8Array ? 'an integer from 0 to 255' : 'an integer';
    throw new RangeError(`${where}[${offset + k}] must be ${what}, got ${show(number)}.`);
  }
  return element;
}

function arrayOf(space: ArraySpace): new (size: number) => Float32Array | Int32Array | Uint8Array {
  if (space.kind === 'multi-discrete') return Int32Array;
  if (space.kind === 'multi-binary' || space.dtype === 'uint8') return Uint8Array;
  return space.dtype === 'int32' ? Int32Array : Float32Array;
}
