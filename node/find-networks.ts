import { isSavedArray, type SavedData, type SavedValue } from '../core/saved.ts';

/** A network somewhere in saved data. */
export interface FoundNetwork {
  /** Where: `session.agent.online`. */
  readonly path: string;
  readonly saved: SavedData;
}

/** Every saved network, in the order in which they stand. */
export function findNetworks(value: SavedValue, path = ''): FoundNetwork[] {
  if (typeof value !== 'object' || value === null || isSavedArray(value)) return [];
  if (Array.isArray(value)) {
    return value.flatMap((part, i) => findNetworks(part, `${path}[${i}]`));
  }
  const object = value as SavedData;
  if (object.kind === 'network') return [{ path, saved: object }];
  return Object.entries(object).flatMap(([key, part]) =>
    findNetworks(part, path === '' ? key : `${path}.${key}`),
  );
}

/** Whether a user who writes `name` may mean the network at `path`: all of it, or its last parts. */
export function isNamed(path: string, name: string): boolean {
  return path === name || path.endsWith(`.${name}`);
}
