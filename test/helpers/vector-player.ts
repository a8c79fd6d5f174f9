/**
 * Random legal actions for a vector of copies, and all that can be seen of what they lead to.
 *
 * This file runs as it is in Node and in a page.
 */
import { Alea } from '../../core/alea.ts';
import type { StateRow } from '../../core/dynamics.ts';
import type { EnvVector } from '../../core/env-vector.ts';
import { hashRow } from '../../core/hash.ts';
import { rowSize } from '../../core/spaces/rows.ts';
import { sampleRow } from '../../core/spaces/sample.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';

/** A vector that shows more of its copies than the contract asks for. */
export interface OpenVector extends EnvVector {
  readonly states: readonly StateRow[];
  readonly finalStates: readonly StateRow[];
  elapsed(i: number): number;
}

/** Draws actions for each copy by itself, so that they do not depend on the number of copies. */
export class VectorPlayer {
  readonly #envs: EnvVector;
  readonly #actions: ActionColumn;
  readonly #rngs: readonly Alea[];

  constructor(envs: EnvVector) {
    this.#envs = envs;
    this.#actions = envs.createActions();
    this.#rngs = Array.from({ length: envs.numEnvs }, (_, i) => new Alea(99, `actions/${i}`));
  }

  /** One legal action for each copy; the same array every time. */
  choose(): ActionColumn {
    const { actionSpace, actionMasks: masks } = this.#envs;
    const size = rowSize(actionSpace);
    const n = actionSpace.kind === 'discrete' ? actionSpace.n : 0;
    this.#rngs.forEach((rng, i) => {
      do sampleRow(actionSpace, rng, this.#actions, i * size);
      while (masks !== undefined && masks[i * n + this.#actions[i]] === 0);
    });
    return this.#actions;
  }
}

/** A hash of every column, of the transitions and of the vector, by its name. */
export function hashColumns(envs: OpenVector, transitions?: Transitions): Record<string, number> {
  const { observations, actionMasks, states, finalStates, numEnvs } = envs;
  const shown = { shown: observations, ...(actionMasks ? { masks: actionMasks } : {}) };
  const elapsed = Int32Array.from({ length: numEnvs }, (_, i) => envs.elapsed(i));
  const hashes = Object.entries({ ...transitions, ...shown, elapsed }).map(([name, column]) => [
    name,
    hashRow(column),
  ]);
  const rows = { states, finalStates };
  for (const [name, list] of Object.entries(rows)) {
    hashes.push([name, hashRow(Uint32Array.from(list, (row) => hashRow(row)))]);
  }
  return Object.fromEntries(hashes);
}
