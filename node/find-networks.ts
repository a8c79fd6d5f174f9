import { isSavedArray, type SavedData, type SavedValue } from '../core/saved.ts';

/** A network somewhere in saved data. */
export interface FoundNetwork {
  /** Where: `session.agent.online`. */
  readonly path: string;
  readonly saved: SavedData;
  /** What the agent around it has saved who normalizes what it is shown; `null` where there is none. */
  readonly normalized: SavedData | null;
}

/** Every saved network, in the order in which they stand. */
export function findNetworks(
  value: SavedValue,
  path = '',
  normalized: SavedData | null = null,
): FoundNetwork[] {
  if (typeof value !== 'object' || value === null || isSavedArray(value)) return [];
  if (Array.isArray(value)) {
    return value.flatMap((part, i) => findNetworks(part, `${path}[${i}]`, normalized));
  }
  const object = value as SavedData;
  if (object.kind === 'network') return [{ path, saved: object, normalized }];
  const around = object.kind === 'normalized-agent' ? object : normalized;
  return Object.entries(object).flatMap(([key, part]) =>
    findNetworks(part, path === '' ? key : `${path}.${key}`, around),
  );
}

/** Whether a user who writes `name` may mean the network at `path`: all of it, or its last parts. */
export function isNamed(path: string, name: string): boolean {
  return path === name || path.endsWith(`.${name}`);
}
