import { checkInteger, show } from './check.ts';

/** The integers 0 … n − 1. */
export interface Discrete {
  readonly kind: 'discrete';
  readonly n: number;
  /** What each integer means, `[n]`; empty where they have no names. */
  readonly labels: readonly string[];
}

/** Arrays of real numbers whose element `i` lies in [low[i], high[i]]; a bound may be infinite. */
export interface Box {
  readonly kind: 'box';
  readonly shape: readonly number[];
  /** Row-major, as long as the product of `shape`. */
  readonly low: Float32Array;
  readonly high: Float32Array;
  /** What each element means; empty where they have no names. */
  readonly labels: readonly string[];
}

/** The kinds of values that an observation or an action can be. */
export type Space = Discrete | Box;

/** What a user holds in hand: a plain number, or a vector. */
export type ElementOf<S extends Space> = S extends Discrete ? number : Float32Array;

/**
 * The integers 0 … n − 1.
 *
 * @param n At least 1.
 * @param labels A name for each, or nothing.
 * @throws RangeError if `n` is not a positive integer, or the labels are not `n`.
 */
export function discrete(n: number, labels: readonly string[] = []): Discrete {
  checkInteger('discrete: n', n, 1);
  checkLabels('discrete', labels, n);
  return { kind: 'discrete', n, labels: [...labels] };
}

/**
 * Arrays of real numbers between bounds.
 *
 * @param low Lower bound of each element, row-major; −∞ for none. Rounded to float32.
 * @param high Upper bound of each element, as many as `low`.
 * @param labels A name for each element, or nothing.
 * @param shape Default `[low.length]`.
 * @throws RangeError if the lengths differ, a bound is NaN, or a lower bound is above its upper one.
 */
export function box(
  low: ArrayLike<number>,
  high: ArrayLike<number>,
  labels: readonly string[] = [],
  shape: readonly number[] = [low.length],
): Box {
  for (const extent of shape) checkInteger('box: shape', extent, 1);
  const size = shape.reduce((product, extent) => product * extent, 1);
  if (low.length !== size || high.length !== size) {
    throw new RangeError(
      `box: low and high must have ${size} elements for shape [${shape.join(', ')}], got ${low.length} and ${high.length}.`,
    );
  }
  checkLabels('box', labels, size);
  for (let i = 0; i < size; i++) {
    if (!(low[i] <= high[i])) {
      throw new RangeError(`box: low[${i}] = ${low[i]} is above high[${i}] = ${high[i]}.`);
    }
  }
  const bounds = { low: Float32Array.from(low), high: Float32Array.from(high) };
  return { kind: 'box', shape: [...shape], ...bounds, labels: [...labels] };
}

/** Numbers in one element of the space: 1 for `Discrete`, the product of the shape for `Box`. */
export function flatSize(space: Space): number {
  return space.kind === 'discrete' ? 1 : space.low.length;
}

/** Whether `element` belongs to the space: an integer in range, or a vector within the bounds. */
export function contains(space: Space, element: number | ArrayLike<number>): boolean {
  if (space.kind === 'discrete') {
    return Number.isInteger(element) && (element as number) >= 0 && (element as number) < space.n;
  }
  if (typeof element === 'number' || element.length !== space.low.length) return false;
  for (let i = 0; i < element.length; i++) {
    if (!(element[i] >= space.low[i] && element[i] <= space.high[i])) return false;
  }
  return true;
}

/** The space in words, as error messages and tables show it: `Discrete(4)`, `Box(4)`. */
export function describeSpace(space: Space): string {
  return space.kind === 'discrete' ? `Discrete(${space.n})` : `Box(${space.shape.join('×')})`;
}

/** The space as JSON; infinite bounds become the strings `"Infinity"` and `"-Infinity"`. */
export function spaceToJson(space: Space): object {
  if (space.kind === 'discrete') return { kind: 'discrete', n: space.n, labels: space.labels };
  const bounds = { low: boundsToJson(space.low), high: boundsToJson(space.high) };
  return { kind: 'box', shape: space.shape, ...bounds, labels: space.labels };
}

/**
 * The space that `spaceToJson` wrote.
 *
 * @throws RangeError if `json` does not describe a space.
 */
export function spaceFromJson(json: unknown): Space {
  const { kind, n, shape, low, high, labels } = (json ?? {}) as Record<string, unknown>;
  const names = Array.isArray(labels) && labels.every((x) => typeof x === 'string') ? labels : [];
  if (kind === 'discrete' && typeof n === 'number') return discrete(n, names);
  if (kind === 'box' && Array.isArray(low) && Array.isArray(high) && isShape(shape)) {
    return box(low.map(Number), high.map(Number), names, shape);
  }
  throw new RangeError(
    `spaceFromJson: expected a space of kind discrete or box, got ${show(kind)}.`,
  );
}

function isShape(shape: unknown): shape is number[] {
  return Array.isArray(shape) && shape.length <= 32 && shape.every((x) => typeof x === 'number');
}

function boundsToJson(bounds: Float32Array): (number | string)[] {
  return Array.from(bounds, (bound) => (Number.isFinite(bound) ? bound : String(bound)));
}

function checkLabels(where: string, labels: readonly string[], size: number): void {
  if (labels.length !== 0 && labels.length !== size) {
    throw new RangeError(`${where}: labels must be none or ${size}, got ${labels.length}.`);
  }
}
