import { show } from '../check.ts';
import type { AnyBox } from '../space.ts';
import type { MultiBinary, MultiDiscrete } from './multi.ts';
import { sizeOfShape } from './row-sizes.ts';

/** The part of `mismatch` that is about numbers and lists of them, each `null` where all is well. */

/** A list that may be plain or typed. */
export function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView));
}

function isInteger(x: unknown, low: number, high: number): boolean {
  return Number.isInteger(x) && (x as number) >= low && (x as number) <= high;
}

/** Why `x` is no integer in low … high. */
export function integerMismatch(
  low: number,
  high: number,
  x: unknown,
  where: string,
): string | null {
  return isInteger(x, low, high) ? null : must(where, `be an integer from ${low} to ${high}`, x);
}

/** Why `element` is none of a box. */
export function boxMismatch(
  { low, high, dtype }: AnyBox,
  element: unknown,
  where: string,
): string | null {
  const isReal = (x: unknown, i: number) => {
    const rounded = typeof x === 'number' ? Math.fround(x) : Number.NaN; // as the bounds are
    return rounded >= low[i] && rounded <= high[i];
  };
  const belongs = (x: unknown, i: number) =>
    dtype === 'float32' ? isReal(x, i) : isInteger(x, low[i], high[i]);
  const what = dtype === 'float32' ? 'a number' : 'an integer';
  const rule = (i: number) => `be ${what} from ${low[i]} to ${high[i]}`;
  return numbersMismatch(element, where, low.length, 'numbers', belongs, rule);
}

/** Why `element` is none of a multi-discrete space. */
export function integersMismatch(
  { sizes, start }: MultiDiscrete,
  element: unknown,
  where: string,
): string | null {
  const last = (i: number) => start[i] + sizes[i] - 1;
  const belongs = (x: unknown, i: number) => isInteger(x, start[i], last(i));
  const rule = (i: number) => `be an integer from ${start[i]} to ${last(i)}`;
  return numbersMismatch(element, where, sizes.length, 'integers', belongs, rule);
}

/** Why `element` is none of a multi-binary space. */
export function bitsMismatch(
  { shape }: MultiBinary,
  element: unknown,
  where: string,
): string | null {
  const belongs = (x: unknown) => isInteger(x, 0, 1);
  const rule = () => 'be an integer from 0 to 1';
  return numbersMismatch(element, where, sizeOfShape(shape), 'zeros and ones', belongs, rule);
}

/** Says where only once something is wrong: a screen has thousands of numbers. */
function numbersMismatch(
  element: unknown,
  where: string,
  length: number,
  items: string,
  belongs: (x: unknown, i: number) => boolean,
  rule: (i: number) => string,
): string | null {
  const problem = lengthMismatch(element, where, length, items);
  if (problem !== null) return problem;
  const numbers = element as ArrayLike<unknown>;
  for (let i = 0; i < length; i++) {
    if (!belongs(numbers[i], i)) return must(`${where}[${i}]`, rule(i), numbers[i]);
  }
  return null;
}

/** Why `element` is no list of this length; `items` in words. */
export function lengthMismatch(
  element: unknown,
  where: string,
  length: number,
  items: string,
): string | null {
  if (isList(element) && element.length === length) return null;
  const got = isList(element) ? `${element.length}` : show(element);
  return `${where} must be a list of ${length} ${items}, got ${got}.`;
}

/** That `where` must obey a rule, which `value` does not. */
export function must(where: string, rule: string, value: unknown): string {
  return `${where} must ${rule}, got ${show(value)}.`;
}
