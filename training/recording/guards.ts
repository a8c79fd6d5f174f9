import { show } from '../../core/check.ts';

/** Data from outside as an object of unknown fields. */
export type Fields = Readonly<Record<string, unknown>>;

/** @throws Error unless `value` is an object, not a list. */
export function readFields(path: string, value: unknown): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw wrong(path, 'an object', value);
}

/** @throws Error unless `value` is a list of at most `most` elements. */
export function readList(path: string, value: unknown, most: number): readonly unknown[] {
  if (!Array.isArray(value)) throw wrong(path, 'a list', value);
  if (value.length > most) {
    throw new Error(`${path} must have at most ${most} elements, got ${value.length}.`);
  }
  return value;
}

/** @throws Error unless `value` is a text of `least` to `most` characters. */
export function readText(path: string, value: unknown, least: number, most: number): string {
  if (typeof value === 'string' && value.length >= least && value.length <= most) return value;
  throw wrong(path, `a text of ${least} to ${most} characters`, value);
}

/** @throws Error unless `value` is an integer from `least` to `most`. */
export function readInteger(
  path: string,
  value: unknown,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): number {
  const fits = typeof value === 'number' && Number.isInteger(value);
  if (fits && value >= least && value <= most) return value;
  throw wrong(path, `an integer from ${least} to ${most}`, value);
}

/** @throws Error unless `value` is one of `allowed`. */
export function readOneOf<T extends string>(
  path: string,
  value: unknown,
  allowed: readonly T[],
): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw wrong(path, `one of ${allowed.join(', ')}`, value);
  return found;
}

/** The error for data from outside that is not what it must be. */
export function wrong(path: string, rule: string, value: unknown): Error {
  return new Error(`${path} must be ${rule}, got ${show(value)}.`);
}
