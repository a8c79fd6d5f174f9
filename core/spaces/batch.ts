import { checkInteger, show } from '../check.ts';
import { type AnyBox, type Box, box, type Discrete, type ElementOf, type Space } from '../space.ts';
import { joinElements, splitBatch } from './batch-elements.ts';
import {
  type Dict,
  dict,
  type Graph,
  type OneOf,
  partNames,
  type Sequence,
  type Tuple,
  tuple,
} from './composite.ts';
import { mismatch } from './contains.ts';
import { isList } from './contains-numbers.ts';
import { describeSpace } from './describe.ts';
import {
  type MultiBinary,
  type MultiDiscrete,
  multiBinary,
  multiDiscrete,
  type Text,
} from './multi.ts';
import { withOwnArrays } from './own-arrays.ts';
import { sizeOfShape } from './row-sizes.ts';

/** The space of several elements at once: what `batchSpace` makes. */
export type BatchOf<S extends Space> = S extends Discrete
  ? MultiDiscrete
  : S extends Box<infer D>
    ? Box<D>
    : S extends MultiDiscrete
      ? MultiDiscrete
      : S extends MultiBinary
        ? MultiBinary
        : S extends Dict<infer Parts>
          ? Dict<{ readonly [Name in keyof Parts]: BatchOf<Parts[Name]> }>
          : S extends Tuple<infer Parts>
            ? Tuple<BatchesOf<Parts>>
            : S extends Text | Sequence | Graph | OneOf
              ? Tuple<readonly S[]>
              : never;

// Where the parts are not known one by one, the recursion stops here.
type BatchesOf<Parts extends readonly Space[]> = number extends Parts['length']
  ? readonly Space[]
  : { readonly [Index in keyof Parts]: BatchOf<Parts[Index]> };

/**
 * The space whose elements are `n` elements of `space` at once: what `n` copies of a world show.
 *
 * | space                        | batch                                          |
 * | ---------------------------- | ---------------------------------------------- |
 * | Discrete                     | MultiDiscrete of shape `[n]`                   |
 * | Box, MultiDiscrete, MultiBinary | the same kind, with `n` before its shape    |
 * | Dict, Tuple                  | the same kind, of the batches of its parts     |
 * | Text, Sequence, Graph, OneOf | Tuple of `n` times the space                   |
 *
 * Gymnasium makes boxes of MultiDiscrete and MultiBinary; the elements are the same.
 *
 * @param n At least 1.
 * @throws RangeError if `n` is not such an integer, or a Discrete's integers do not fit 32 bits.
 */
export function batchSpace<S extends Space>(space: S, n: number): BatchOf<S> {
  checkInteger('batchSpace: n', n, 1);
  return batch(space, n) as Space as BatchOf<S>;
}

function batch(space: Space, n: number): Space {
  switch (space.kind) {
    case 'discrete':
      return multiDiscrete(repeat([space.n], n), { start: repeat([space.start], n) });
    case 'box':
      return batchBox(space, n);
    case 'multi-discrete': {
      const start = repeat(space.start, n);
      return multiDiscrete(repeat(space.sizes, n), { start, shape: [n, ...space.shape] });
    }
    case 'multi-binary':
      return multiBinary([n, ...space.shape]);
    case 'dict': {
      const parts = partNames(space).map((name) => [name, batch(space.spaces[name], n)]);
      return dict(Object.fromEntries(parts));
    }
    case 'tuple':
      return tuple(space.spaces.map((part) => batch(part, n)));
    default:
      return tuple(Array.from({ length: n }, () => space));
  }
}

function batchBox({ low, high, shape, dtype }: AnyBox, n: number): AnyBox {
  return box(repeat(low, n), repeat(high, n), { shape: [n, ...shape], dtype }) as AnyBox;
}

/** The same numbers, `n` times one after the other. */
export function repeat(values: ArrayLike<number>, n: number): number[] {
  return Array.from({ length: n * values.length }, (_, i) => values[i % values.length]);
}

/**
 * Several elements as one element of `batchSpace(space, elements.length)`.
 *
 * @throws RangeError if there are none, or one is not in the space.
 */
export function concatenate<S extends Space>(
  space: S,
  elements: readonly ElementOf<S>[],
): ElementOf<BatchOf<S>> {
  checkInteger('concatenate: the number of elements', elements.length, 1);
  elements.forEach((element, i) => {
    const problem = mismatch(space, element, `element ${i}`);
    if (problem !== null) throw new RangeError(`concatenate: ${problem}`);
  });
  const whole = batchSpace(space as Space, elements.length);
  return withOwnArrays(whole, joinElements(space, elements)) as ElementOf<BatchOf<S>>;
}

/**
 * The elements of which `concatenate` made `batch`, fresh copies.
 *
 * @param space That of one element, where Gymnasium's `iterate` takes that of the batch.
 * @throws RangeError if `batch` is no element of `batchSpace(space, n)`, whatever the n.
 */
export function iterate<S extends Space>(space: S, batch: ElementOf<BatchOf<S>>): ElementOf<S>[] {
  const n = countOf(space, batch);
  if (!Number.isInteger(n) || n < 1) {
    throw new RangeError(
      `iterate: the batch must hold elements of ${describeSpace(space)}, got ${show(batch)}.`,
    );
  }
  const problem = mismatch(batchSpace(space as Space, n), batch, 'the batch');
  if (problem !== null) throw new RangeError(`iterate: ${problem}`);
  return splitBatch('iterate: the batch', space, batch, n).map((element) =>
    withOwnArrays(space, element),
  );
}

/** How many elements a batch holds; 0 where it is none. */
function countOf(space: Space, batch: unknown): number {
  switch (space.kind) {
    case 'dict': {
      const [name] = partNames(space);
      const parts = (batch ?? {}) as Readonly<Record<string, unknown>>;
      return countOf(space.spaces[name], parts[name]);
    }
    case 'tuple':
      return isList(batch) ? countOf(space.spaces[0], batch[0]) : 0;
    case 'box':
    case 'multi-discrete':
    case 'multi-binary':
      return isList(batch) ? batch.length / sizeOfShape(space.shape) : 0;
    default:
      return isList(batch) ? batch.length : 0;
  }
}
