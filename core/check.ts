/** Checks for arguments that users pass. Each names the argument, the rule and the value it got. */

/** @throws RangeError unless `value` is an integer of at least `least` (and at most `most`). */
export function checkInteger(
  name: string,
  value: number,
  least: number,
  most: number = Number.MAX_SAFE_INTEGER,
): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  const range =
    most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  throw new RangeError(`${name} must be an integer ${range}, got ${show(value)}.`);
}

/** @throws RangeError unless `low ≤ value ≤ high`; NaN fails. */
export function checkBetween(name: string, value: number, low: number, high: number): void {
  if (typeof value === 'number' && value >= low && value <= high) return;
  throw new RangeError(`${name} must be between ${low} and ${high}, got ${show(value)}.`);
}

/** @throws RangeError unless `value` is a finite number above 0. */
export function checkPositive(name: string, value: number): void {
  if (typeof value === 'number' && value > 0 && value < Infinity) return;
  throw new RangeError(`${name} must be a finite number above 0, got ${show(value)}.`);
}

/** @throws RangeError unless `value` is a finite number. */
export function checkFinite(name: string, value: number): void {
  if (Number.isFinite(value)) return;
  throw new RangeError(`${name} must be a finite number, got ${show(value)}.`);
}

/** @throws RangeError unless `array` holds exactly `expected` elements. */
export function checkLength(name: string, array: ArrayLike<unknown>, expected: number): void {
  const length = (array as ArrayLike<unknown> | null | undefined)?.length;
  if (length !== expected) {
    throw new RangeError(`${name} must have length ${expected}, got ${length ?? show(array)}.`);
  }
}

/** @throws RangeError unless `value` is one of `allowed`; names the nearest of them. */
export function checkOneOf(name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return;
  const slip = typeof value === 'string' ? hint(value, allowed) : '';
  throw new RangeError(`${name} must be one of ${allowed.join(', ')}, got ${show(value)}.${slip}`);
}

/**
 * Checks the keys of an options object and lays the given values over the defaults.
 *
 * A key given as `undefined` keeps its default.
 *
 * @returns a new, complete options object.
 * @throws RangeError if `given` is no object, or has a key that `defaults` lacks, where it names the nearest one, or
 *   anything but true or false for a key whose default is one of these.
 */
export function resolveOptions<T extends object>(
  name: string,
  defaults: Required<T>,
  given: T | undefined,
): Required<T> {
  if (typeof (given ?? {}) !== 'object' || Array.isArray(given)) {
    throw new RangeError(`${name}: options must be an object, got ${show(given)}.`);
  }
  const resolved: Record<string, unknown> = { ...defaults };
  for (const [key, value] of Object.entries(given ?? {})) {
    if (!Object.hasOwn(defaults, key)) {
      const known = Object.keys(defaults);
      const all = known.length === 0 ? 'There are none.' : `Known options: ${known.join(', ')}.`;
      throw new RangeError(`${name}: unknown option ${show(key)}.${hint(key, known)} ${all}`);
    }
    if (value === undefined) continue;
    if (typeof resolved[key] === 'boolean' && typeof value !== 'boolean') {
      throw new RangeError(`${name}: ${key} must be true or false, got ${show(value)}.`);
    }
    resolved[key] = value;
  }
  return resolved as Required<T>;
}

/** The value as a user would write it in an error message: strings quoted, long ones cut. */
export function show(value: unknown): string {
  if (typeof value === 'string')
    return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
  if (Array.isArray(value) || ArrayBuffer.isView(value)) {
    const items = Array.from(value as unknown as ArrayLike<unknown>);
    const shown = items.slice(0, 8).map(show).join(', ');
    return `[${shown}${items.length > 8 ? ', …' : ''}]`;
  }
  if (typeof value === 'object' && value !== null) return 'an object';
  if (typeof value === 'function') return 'a function';
  return String(value);
}

/** ` Did you mean "x"?` for the known name nearest to `name`, or nothing when none is near. */
export function hint(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? '' : ` Did you mean ${JSON.stringify(nearest)}?`;
}

/**
 * The known name nearest to `name` by edit distance, letter case aside.
 *
 * @returns `undefined` when every name differs in more than a third of its letters (at least 2).
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const wanted = name.slice(0, 100).toLowerCase();
  let best: string | undefined;
  let bestDistance = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of known) {
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Insertions, deletions and substitutions from `a` to `b`. Source: Levenshtein (1966). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(previous[j] + 1, row[j - 1] + 1, substitution));
    }
    previous = row;
  }
  return previous[b.length];
}
