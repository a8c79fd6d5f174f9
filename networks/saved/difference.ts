import { show } from '../../core/check.ts';

/**
 * The first place where two JSON values differ, in words: `layers[0].units: 64, not 32`.
 *
 * @returns `null` where they are the same; the order of keys does not count.
 */
export function difference(path: string, value: unknown, expected: unknown): string | null {
  if (value === expected) return null;
  if (!isParted(value) || !isParted(expected) || Array.isArray(value) !== Array.isArray(expected)) {
    return `${path}: ${show(value)}, not ${show(expected)}`;
  }
  if (Array.isArray(value) && Array.isArray(expected) && value.length !== expected.length) {
    return `${path}: a list of ${value.length}, not of ${expected.length}`;
  }
  for (const key of new Set([...Object.keys(expected), ...Object.keys(value)])) {
    const below = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
    const found = difference(below, value[key], expected[key]);
    if (found !== null) return found;
  }
  return null;
}

function isParted(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
