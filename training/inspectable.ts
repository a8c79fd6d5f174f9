import { isSavedArray, type SavedData, type SavedValue } from '../core/saved.ts';
import type { Trainer } from './trainer.ts';

/**
 * The first number in saved data that is NaN, or the first array that holds one.
 *
 * @param path Where `value` stands, for the answer.
 * @returns such as `agent.values[12] of 64`; `null` where there is none.
 */
export function findNaN(value: SavedValue, path: string): string | null {
  if (typeof value === 'number') return Number.isNaN(value) ? path : null;
  if (typeof value !== 'object' || value === null) return null;
  if (isSavedArray(value)) return findInArray(value, path);
  for (const [key, part] of Object.entries(value)) {
    const found = findNaN(part, Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

function findInArray(array: ArrayLike<number>, path: string): string | null {
  for (let i = 0; i < array.length; i++) {
    if (Number.isNaN(array[i])) return `${path}[${i}] of ${array.length}`;
  }
  return null;
}

/**
 * What a trainer holds after a failure, to look into: training cannot go on from it.
 *
 * Numbers that JSON cannot hold stand in arrays of one; a part that cannot be saved any more is
 * replaced by `{ error }`.
 */
export function saveForInspection({ agent, envs }: Trainer): SavedData {
  return {
    agent: savedPart(() => agent.save()),
    envs: savedPart(() => envs.snapshot()),
    observations: envs.observations.slice(),
  };
}

function savedPart(save: () => SavedData): SavedValue {
  try {
    return writable(save());
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

function writable(value: SavedValue): SavedValue {
  if (typeof value === 'number' && !Number.isFinite(value)) return Float64Array.of(value);
  if (typeof value !== 'object' || value === null || isSavedArray(value)) return value;
  if (Array.isArray(value)) return value.map(writable);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, writable(part)]));
}
