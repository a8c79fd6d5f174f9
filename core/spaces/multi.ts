import { checkInteger, resolveOptions, show } from '../check.ts';
import { checkLabels, checkShape } from '../space.ts';

/** Arrays of integers: element `i` is one of start[i] … start[i] + sizes[i] − 1. */
export interface MultiDiscrete {
  readonly kind: 'multi-discrete';
  readonly shape: readonly number[];
  /** How many integers each element can be; row-major, as long as the product of `shape`. */
  readonly sizes: Int32Array;
  /** The least integer of each. Columns and rules count from 0 all the same; only people see it. */
  readonly start: Int32Array;
  /** What each element means; empty where they have no names. */
  readonly labels: readonly string[];
}

/** Arrays of zeros and ones. */
export interface MultiBinary {
  readonly kind: 'multi-binary';
  readonly shape: readonly number[];
  /** What each element means; empty where they have no names. */
  readonly labels: readonly string[];
}

/** Strings over an alphabet. */
export interface Text {
  readonly kind: 'text';
  readonly minLength: number;
  readonly maxLength: number;
  /** The letters that may occur, each once, in the order of their numbers. */
  readonly charset: string;
}

/** More about a multi-discrete space. */
export interface MultiDiscreteOptions {
  /** A name for each element, row-major. Default none. */
  readonly labels?: readonly string[];
  /** The least integer of each element, row-major. Default 0 each. */
  readonly start?: ArrayLike<number>;
  /** Positive integers. Default `[sizes.length]`. */
  readonly shape?: readonly number[];
}

/**
 * Arrays of integers, each with a range of its own: several choices at once.
 *
 * @param sizes How many integers each element can be, row-major, at least 1 each.
 * @throws RangeError if a size is no positive integer, or an option does not fit the sizes.
 */
export function multiDiscrete(
  sizes: ArrayLike<number>,
  options: MultiDiscreteOptions = {},
): MultiDiscrete {
  const where = 'multiDiscrete';
  const { labels, start, shape } = resolveOptions<MultiDiscreteOptions>(
    where,
    { labels: [], start: new Int32Array(sizes.length), shape: [sizes.length] },
    options,
  );
  const size = checkShape(where, shape);
  for (const [name, list] of Object.entries({ sizes, start })) {
    if (list.length === size) continue;
    throw new RangeError(
      `${where}: ${name} must have ${size} elements for shape [${shape.join(', ')}], got ${list.length}.`,
    );
  }
  checkLabels(where, labels, size);
  for (let i = 0; i < size; i++) {
    checkInteger(`${where}: sizes[${i}]`, sizes[i], 1, 2 ** 31 - 1);
    checkInteger(`${where}: start[${i}]`, start[i], -(2 ** 31), 2 ** 31 - sizes[i]);
  }
  const numbers = { sizes: Int32Array.from(sizes), start: Int32Array.from(start) };
  return { kind: 'multi-discrete', shape: [...shape], ...numbers, labels: [...labels] };
}

/** More about a multi-binary space. */
export interface MultiBinaryOptions {
  /** A name for each element, row-major. Default none. */
  readonly labels?: readonly string[];
}

/**
 * Arrays of zeros and ones.
 *
 * @param shape How many, or the extents of the array; positive integers.
 * @throws RangeError if an extent is no positive integer, or the labels do not fit.
 */
export function multiBinary(
  shape: number | readonly number[],
  options: MultiBinaryOptions = {},
): MultiBinary {
  const { labels } = resolveOptions<MultiBinaryOptions>('multiBinary', { labels: [] }, options);
  const extents = typeof shape === 'number' ? [shape] : [...shape];
  checkLabels('multiBinary', labels, checkShape('multiBinary', extents));
  return { kind: 'multi-binary', shape: extents, labels: [...labels] };
}

/** The letters and digits, as Gymnasium orders them. */
export const ALPHANUMERIC = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** More about a text space. */
export interface TextOptions {
  /** At least 0, at most the greatest length. Default 1. */
  readonly minLength?: number;
  /** The letters that may occur, each once; single UTF-16 units. Default `ALPHANUMERIC`. */
  readonly charset?: string;
}

/**
 * Strings of at most `maxLength` letters.
 *
 * @param maxLength In 1 … 2³¹ − 1.
 * @throws RangeError if a length is no such integer, or the alphabet is empty or repeats a letter.
 */
export function text(maxLength: number, options: TextOptions = {}): Text {
  const { minLength, charset } = resolveOptions<TextOptions>(
    'text',
    { minLength: 1, charset: ALPHANUMERIC },
    options,
  );
  checkInteger('text: maxLength', maxLength, 1, 2 ** 31 - 1);
  checkInteger('text: minLength', minLength, 0, maxLength);
  if (typeof charset !== 'string' || charset.length === 0) {
    throw new RangeError(`text: charset must be a string of letters, got ${show(charset)}.`);
  }
  if (/[\ud800-\udfff]/.test(charset) || new Set(charset).size !== charset.length) {
    throw new RangeError(
      `text: charset must have each letter once, of one UTF-16 unit each, got ${show(charset)}.`,
    );
  }
  return { kind: 'text', minLength, maxLength, charset };
}
