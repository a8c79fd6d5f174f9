import { show } from '../../core/check.ts';

/** Data of which one part is another. */
export interface Alteration<T> {
  /** What has been altered: `layers.0.units = -1`. */
  readonly what: string;
  readonly altered: T;
}

const OTHERS = [undefined, null, true, -1, 0.5, 1e9, NaN, 'x', [], {}, [{}], new Float32Array(2)];

/** JSON data, typed arrays included, with another value in each of its places in turn. */
export function alterations<T extends object>(data: T): Alteration<T>[] {
  return paths(data).flatMap((path) =>
    OTHERS.map((other) => ({
      what: `${path.join('.')} = ${show(other)}`,
      altered: withValue(data, path, other),
    })),
  );
}

/** The places below a value. */
function paths(value: unknown): string[][] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  return Object.entries(value).flatMap(([key, below]) => [
    [key],
    ...paths(below).map((path) => [key, ...path]),
  ]);
}

function withValue<T extends object>(data: T, path: readonly string[], value: unknown): T {
  const copy = structuredClone(data);
  const parents = path.slice(0, -1);
  const parent = parents.reduce(
    (at, key) => at[key] as Record<string, unknown>,
    copy as Record<string, unknown>,
  );
  parent[path[path.length - 1]] = value;
  return copy;
}
