import { checkLength, show } from '../check.ts';
import type { ElementOf, Space } from '../space.ts';
import type { BatchOf } from './batch.ts';
import { partNames } from './composite.ts';
import { isList } from './contains-numbers.ts';
import { createBoxArray } from './read-row.ts';
import { rowSize } from './row-sizes.ts';

/** The parts of `concatenate` and `iterate` that look at the form of elements alone. */

/**
 * Several elements as one of `batchSpace(space, elements.length)`; a new one that shares nothing
 * with them where they are numbers.
 *
 * @param elements Must be in the space, their arrays plain or typed.
 */
export function joinElements<S extends Space>(
  space: S,
  elements: readonly ElementOf<S>[],
): ElementOf<BatchOf<S>> {
  return join(space, elements) as ElementOf<BatchOf<S>>;
}

/**
 * The n elements of a batch; new ones that share nothing with it where they are numbers.
 *
 * What is split are the lists; whether the elements are in the space is not checked.
 *
 * @param where What the batch is called in messages, such as `actions`.
 * @param batch Its arrays may be plain or typed.
 * @throws RangeError if the batch has not the form of one of `n` elements.
 */
export function splitBatch<S extends Space>(
  where: string,
  space: S,
  batch: ElementOf<BatchOf<S>>,
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
      const batch = createArray(space, elements.length * size);
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
  const element = createArray(space, size);
  for (let k = 0; k < size; k++) {
    const number = numbers[offset + k];
    element[k] = number as number;
    if (element[k] === number || element instanceof Float32Array) continue;
    const what = element instanceof Uint8Array ? 'an integer from 0 to 255' : 'an integer';
    throw new RangeError(`${where}[${offset + k}] must be ${what}, got ${show(number)}.`);
  }
  return element;
}

function createArray(space: ArraySpace, length: number): Float32Array | Int32Array | Uint8Array {
  if (space.kind === 'multi-discrete') return new Int32Array(length);
  if (space.kind === 'multi-binary') return new Uint8Array(length);
  return createBoxArray(space, length);
}
