import { show } from '../../core/check.ts';

/** A deep copy of lists, plain objects and typed arrays; anything else is kept as it is. */
export function copyOf<T>(value: T): T {
  return copy(value) as T;
}

function copy(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copy);
  if (isTypedArray(value)) return value.slice();
  if (!isPlain(value)) return value;
  const copied: Record<string, unknown> = {};
  for (const key of Object.keys(value)) copied[key] = copy(value[key]);
  return copied;
}

/**
 * Where two values first differ, as `<path> is … and …`; `null` if they have the same bits.
 *
 * @param path What the value is called.
 */
export function difference(one: unknown, other: unknown, path: string): string | null {
  const found = find(one, other);
  return found === null ? null : `${path}${found.path} ${found.what}`;
}

/** A difference, with the path that leads to it. */
interface Found {
  readonly path: string;
  readonly what: string;
}

function find(one: unknown, other: unknown): Found | null {
  if (Object.is(one, other)) return null;
  if (isList(one) && isList(other)) return findInLists(one, other);
  if (isPlain(one) && isPlain(other)) {
    for (const key of Object.keys(one)) {
      const found = find(one[key], other[key]);
      if (found !== null) return { ...found, path: `.${key}${found.path}` };
    }
    const more = Object.keys(other).find((key) => !Object.hasOwn(one, key));
    if (more === undefined) return null;
    return { path: `.${more}`, what: `is undefined and ${showValue(other[more])}` };
  }
  if (isForeign(one) && isForeign(other)) return null; // a Map, a class of the user's: no data
  return { path: '', what: `is ${showValue(one)} and ${showValue(other)}` };
}

function findInLists(one: List, other: List): Found | null {
  if (one.constructor !== other.constructor) {
    return { path: '', what: `is ${nameOfList(one)} and ${nameOfList(other)}` };
  }
  if (one.length !== other.length) {
    return { path: '', what: `has length ${one.length} and ${other.length}` };
  }
  for (let i = 0; i < one.length; i++) {
    if (Object.is(one[i], other[i])) continue;
    const found = find(one[i], other[i]);
    if (found !== null) return { ...found, path: `[${i}]${found.path}` };
  }
  return null;
}

function isForeign(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !isList(value) && !isPlain(value);
}

/** The value as a message shows it; −0 can be told from 0. */
export function showValue(value: unknown): string {
  return Object.is(value, -0) ? '−0' : show(value);
}

/** A list, plain or typed. */
type List = ArrayLike<unknown> & object;

/** Whether the value is a list, plain or typed. */
export function isList(value: unknown): value is List {
  return Array.isArray(value) || isTypedArray(value);
}

/** Whether the value is a typed array. */
export function isTypedArray(value: unknown): value is Float64Array {
  return ArrayBuffer.isView(value) && !(value instanceof DataView);
}

/** Whether the value is an object of named parts. */
export function isPlain(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** What kind of list it is: `a Float32Array of length 3`. */
export function nameOfList(value: List): string {
  return `${withArticle(value.constructor.name)} of length ${value.length}`;
}

/** `a Float32Array`, `an Int32Array`. */
export function withArticle(name: string): string {
  return `${/^[AEIO]/.test(name) ? 'an' : 'a'} ${name}`;
}

/** Overwrites every number in a value, as a careless caller might. */
export function scribble(value: unknown): void {
  if (isTypedArray(value)) value.fill(77);
  else if (Array.isArray(value)) {
    value.forEach((part, i) => {
      if (typeof part === 'number') value[i] = 77;
      else scribble(part);
    });
  } else if (isPlain(value)) {
    for (const [key, part] of Object.entries(value)) {
      if (typeof part === 'number') value[key] = 77;
      else scribble(part);
    }
  }
}
