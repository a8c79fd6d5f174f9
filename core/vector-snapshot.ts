import { createState, type StateRow } from './dynamics.ts';
import { restoreRng } from './restore-rng.ts';
import type { Rng } from './rng.ts';
import {
  checkSavedHeader,
  checkSavedName,
  copySavedArray,
  type SavedData,
  savedHeader,
  savedObject,
  savedObjects,
} from './saved.ts';
import type { WorldShape } from './world-shape.ts';

/** What a vector of copies is at a moment; all else follows from it. */
export interface VectorSnapshot {
  /** State of each copy. */
  readonly states: readonly StateRow[];
  /** Generator of each copy. */
  readonly rngs: readonly Rng[];
  /** Steps that the episode of each copy has taken. */
  readonly elapsed: Int32Array;
}

/**
 * Saved data of a vector, of whatever runs its copies.
 *
 * @param rngs A snapshot of each copy's generator.
 */
export function saveVector(
  name: string,
  states: readonly StateRow[],
  rngs: readonly SavedData[],
  elapsed: Int32Array,
): SavedData {
  return {
    ...savedHeader('vector-env', 1),
    name,
    copies: states.map((state, i) => ({ state: state.slice(), rng: rngs[i] })),
    elapsed: elapsed.slice(),
  };
}

/** @throws Error if `saved` is no saved data of `numEnvs` copies of this world. */
export function readVector(
  where: string,
  saved: SavedData,
  world: Pick<WorldShape, 'name' | 'stateSize' | 'stateKind'>,
  numEnvs: number,
): VectorSnapshot {
  checkSavedHeader(where, saved, 'vector-env', 1);
  checkSavedName(where, saved, world.name);
  const copies = savedObjects(where, saved, 'copies', numEnvs);
  const states = copies.map((copy) => {
    const state = createState(world);
    copySavedArray(where, copy, 'state', state);
    return state;
  });
  const rngs = copies.map((copy) => restoreRng(savedObject(where, copy, 'rng')));
  const elapsed = new Int32Array(numEnvs);
  copySavedArray(where, saved, 'elapsed', elapsed);
  return { states, rngs, elapsed };
}
