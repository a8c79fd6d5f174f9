import { checkInteger, resolveOptions } from './check.ts';
import type { Dict, Graph, GraphElement, OneOf, Sequence, Tuple } from './spaces/composite.ts';
import type { MultiBinary, MultiDiscrete, Text } from './spaces/multi.ts';

/** The integers start … start + n − 1. */
export interface Discrete {
  readonly kind: 'discrete';
  readonly n: number;
  /** The least of them. Columns and rules count from 0 all the same; only people see it. */
  readonly start: number;
  /** What each integer means, `[n]`; empty where they have no names. */
  readonly labels: readonly string[];
}

/** The element types of the array that a `Box` element is. */
export interface BoxArrays {
  readonly float32: Float32Array;
  readonly uint8: Uint8Array;
  readonly int32: Int32Array;
}

/** The element type of a box, by name. */
export type BoxDtype = keyof BoxArrays;

/** Arrays of real numbers whose element `i` lies in [low[i], high[i]]; a bound may be infinite. */
export interface Box<D extends BoxDtype = 'float32'> {
  readonly kind: 'box';
  readonly shape: readonly number[];
  readonly dtype: D;
  /** Row-major, as long as the product of `shape`. */
  readonly low: Float32Array;
  readonly high: Float32Array;
  /** What each element means; empty where they have no names. */
  readonly labels: readonly string[];
  /** The unit of each element, `''` for a plain number; absent where none is said. */
  readonly units?: readonly string[];
}

/** A box of whichever element type. */
export type AnyBox = Box<'float32'> | Box<'uint8'> | Box<'int32'>;

/** The kinds of values that an observation or an action can be. All are plain data. */
export type Space =
  | Discrete
  | AnyBox
  | MultiDiscrete
  | MultiBinary
  | Text
  | Dict
  | Tuple
  | Sequence
  | Graph
  | OneOf;

/**
 * What a user holds in hand: a number, an array, a string, or an object or list of these.
 *
 *     ElementOf<Dict<{ position: Box; gear: Discrete }>>  // { position: Float32Array; gear: number }
 */
export type ElementOf<S extends Space> = S extends Discrete
  ? number
  : S extends Box<infer D>
    ? BoxArrays[D]
    : S extends MultiDiscrete
      ? Int32Array
      : S extends MultiBinary
        ? Uint8Array
        : S extends Text
          ? string
          : S extends Dict<infer Parts>
            ? { readonly [Name in keyof Parts]: ElementOf<Parts[Name]> }
            : S extends Tuple<infer Parts>
              ? TupleElement<Parts>
              : S extends Sequence<infer Part>
                ? ListOf<Part>
                : S extends Graph<infer Node, infer Edge>
                  ? GraphElement<Node, Edge>
                  : S extends OneOf<infer Parts>
                    ? OneOfElement<Parts>
                    : never;

// Where the parts are not known one by one, the recursion stops at an interface.
type TupleElement<Parts extends readonly Space[]> = number extends Parts['length']
  ? ListOf<Parts[number]>
  : { readonly [Index in keyof Parts]: ElementOf<Parts[Index]> };

interface ListOf<Part extends Space> extends ReadonlyArray<ElementOf<Part>> {}

interface OneOfElement<Parts extends readonly Space[]>
  extends ReadonlyArray<number | ElementOf<Parts[number]>> {
  readonly length: 2;
  /** Which part. */
  readonly 0: number;
  readonly 1: ElementOf<Parts[number]>;
}

/** What a column of integers can count to, and an array can hold. */
const MAX_SIZE = 2 ** 31 - 1;

/** More about a discrete space. */
export interface DiscreteOptions {
  /** A name for each integer, `[n]`. Default none. */
  readonly labels?: readonly string[];
  /** The least integer. Default 0. */
  readonly start?: number;
}

/**
 * The integers start … start + n − 1.
 *
 * @param n In 1 … 2³¹ − 1.
 * @param options The labels alone, or more. Default integers from 0 without names.
 * @throws RangeError if `n` is not such an integer, `start` no safe one, or the labels are not `n`.
 */
export function discrete(n: number, options: readonly string[] | DiscreteOptions = {}): Discrete {
  checkInteger('discrete: n', n, 1, MAX_SIZE);
  const { labels, start } = resolveOptions<DiscreteOptions>(
    'discrete',
    { labels: [], start: 0 },
    isLabels(options) ? { labels: options } : options,
  );
  checkInteger('discrete: start', start, Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER - n);
  checkLabels('discrete', labels, n);
  return { kind: 'discrete', n, start, labels: [...labels] };
}

/** More about a box. */
export interface BoxOptions<D extends BoxDtype = BoxDtype> {
  /** A name for each element, row-major. Default none. */
  readonly labels?: readonly string[];
  /** The unit of each element, such as `rad/s`, row-major; `''` for a plain number. Default none. */
  readonly units?: readonly string[];
  /** Positive integers. Default `[low.length]`. */
  readonly shape?: readonly number[];
  /** The type of the arrays that elements are; columns are float32 all the same. Default `float32`. */
  readonly dtype?: D;
}

/**
 * Arrays of real numbers between bounds.
 *
 * @param low Lower bound of each element, row-major, or one for all; −∞ for none. Rounded to float32.
 * @param high Upper bound, likewise.
 * @param options The labels alone, or more.
 * @throws RangeError if the lengths differ, a bound is NaN, a lower bound is above its upper one, or
 *   the element type cannot hold a bound.
 */
export function box(
  low: number | ArrayLike<number>,
  high: number | ArrayLike<number>,
  options?: readonly string[] | BoxOptions<'float32'>,
): Box;
export function box<D extends BoxDtype>(
  low: number | ArrayLike<number>,
  high: number | ArrayLike<number>,
  options: BoxOptions<D>,
): Box<D>;
export function box(
  low: number | ArrayLike<number>,
  high: number | ArrayLike<number>,
  options: readonly string[] | BoxOptions = {},
): Box<BoxDtype> {
  const given = isLabels(options) ? { labels: options } : options;
  const length = [low, high].map((bound) => (typeof bound === 'number' ? 1 : bound.length));
  const { labels, units, shape, dtype } = resolveOptions<BoxOptions>(
    'box',
    { labels: [], units: [], shape: [Math.max(...length)], dtype: 'float32' },
    given,
  );
  const size = checkShape('box', shape);
  const lows = expandBound('box: low', low, size, shape);
  const highs = expandBound('box: high', high, size, shape);
  checkLabels('box', labels, size);
  checkLabels('box', units, size, 'units');
  for (let i = 0; i < size; i++) {
    checkDtype(dtype, lows[i], highs[i]);
    if (lows[i] <= highs[i]) continue;
    throw new RangeError(`box: low[${i}] = ${lows[i]} is above high[${i}] = ${highs[i]}.`);
  }
  return {
    kind: 'box',
    shape: [...shape],
    dtype,
    low: Float32Array.from(lows),
    high: Float32Array.from(highs),
    labels: [...labels],
    ...(units.length > 0 ? { units: [...units] } : {}),
  };
}

/**
 * The number of elements of an array of this shape.
 *
 * @throws RangeError unless every extent is a positive integer, and their product below 2³¹.
 */
export function checkShape(where: string, shape: readonly number[]): number {
  for (const extent of shape) checkInteger(`${where}: shape`, extent, 1, MAX_SIZE);
  const size = shape.reduce((product, extent) => product * extent, 1);
  if (size <= MAX_SIZE) return size;
  throw new RangeError(
    `${where}: shape must have at most ${MAX_SIZE} elements in all, got [${shape.join(', ')}].`,
  );
}

/** @throws RangeError unless there are no labels or `size` of them. */
export function checkLabels(
  where: string,
  labels: readonly string[],
  size: number,
  what: string = 'labels',
): void {
  if (labels.length !== 0 && labels.length !== size) {
    throw new RangeError(`${where}: ${what} must be none or ${size}, got ${labels.length}.`);
  }
}

function isLabels(options: object): options is readonly string[] {
  return Array.isArray(options);
}

function expandBound(
  where: string,
  bound: number | ArrayLike<number>,
  size: number,
  shape: readonly number[],
): ArrayLike<number> {
  if (typeof bound === 'number') return new Array(size).fill(bound);
  if (bound.length === size) return bound;
  throw new RangeError(
    `${where} must have ${size} elements for shape [${shape.join(', ')}], got ${bound.length}.`,
  );
}

const DTYPE_RANGE: Readonly<Record<BoxDtype, readonly [number, number]>> = {
  float32: [-Infinity, Infinity],
  uint8: [0, 255],
  // Columns are float32, which holds integers exactly up to 2²⁴.
  int32: [-(2 ** 24), 2 ** 24],
};

function checkDtype(dtype: BoxDtype, low: number, high: number): void {
  const range = Object.hasOwn(DTYPE_RANGE, dtype) ? DTYPE_RANGE[dtype] : undefined;
  if (range === undefined) {
    const known = Object.keys(DTYPE_RANGE).join(', ');
    throw new RangeError(`box: dtype must be one of ${known}, got ${JSON.stringify(dtype)}.`);
  }
  if (dtype === 'float32') return;
  for (const bound of [low, high]) {
    if (Number.isInteger(bound) && bound >= range[0] && bound <= range[1]) continue;
    throw new RangeError(
      `box: the bounds of dtype ${dtype} must be integers from ${range[0]} to ${range[1]}, got ${bound}.`,
    );
  }
}
