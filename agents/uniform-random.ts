import type { Agent, Inspection, Policy } from '../core/agent.ts';
import { Alea } from '../core/alea.ts';
import { checkInteger, resolveOptions } from '../core/check.ts';
import { checkSavedHeader, type SavedData, savedHeader, savedObject } from '../core/saved.ts';
import type { Space } from '../core/space.ts';
import { sampleRow } from '../core/spaces/sample.ts';
import type { ActionColumn } from '../core/transitions.ts';
import { randomLegalAction } from './action-values.ts';
import type { Task } from './task.ts';

/** How to act at random. */
export interface UniformRandomOptions {
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options that `new UniformRandom(task)` stands for. */
export const UNIFORM_RANDOM_DEFAULTS: Required<UniformRandomOptions> = { seed: 0 };

/**
 * Acts at random and learns nothing: the measure of whether another agent has learned anything.
 *
 * Of `Discrete` actions each legal one has the same chance; those of other spaces are drawn as `sample`
 * draws them.
 */
export class UniformRandom implements Agent {
  readonly name = 'random';
  readonly options: Required<UniformRandomOptions>;
  readonly #actionSpace: Space;
  readonly #rng: Alea;

  /** @throws RangeError if an option is unknown or out of range. */
  constructor(task: Task, options: UniformRandomOptions = {}) {
    this.options = resolveOptions('UniformRandom', UNIFORM_RANDOM_DEFAULTS, options);
    checkInteger('UniformRandom: seed', this.options.seed, 0);
    this.#actionSpace = task.actionSpace;
    this.#rng = new Alea(this.options.seed, 'agent');
  }

  act(_observations: Float32Array, actions: ActionColumn, actionMasks?: Uint8Array): void {
    const space = this.#actionSpace;
    if (space.kind === 'discrete' && actionMasks !== undefined) {
      for (let i = 0; i < actions.length; i++) {
        actions[i] = randomLegalAction(this.#rng, space.n, actionMasks, i);
      }
      return;
    }
    let offset = 0;
    while (offset < actions.length) offset = sampleRow(space, this.#rng, actions, offset);
  }

  /** Does nothing. */
  learn(): void {}

  /** Itself: there is nothing better it could do. */
  greedy(): Policy {
    return this;
  }

  /** The chances of the actions, where they are `Discrete`. */
  inspect(_observation: Float32Array, actionMask?: Uint8Array): Inspection {
    const space = this.#actionSpace;
    if (space.kind !== 'discrete') return {};
    const mask = actionMask ?? new Uint8Array(space.n).fill(1);
    const numLegal = mask.reduce((sum, legal) => sum + legal, 0);
    return { policy: Float64Array.from(mask, (legal) => legal / numLegal) };
  }

  metrics(): Readonly<Record<string, number>> {
    return {};
  }

  save(): SavedData {
    return { ...savedHeader('random', 1), rng: this.#rng.snapshot() };
  }

  restore(saved: SavedData): void {
    checkSavedHeader('UniformRandom.restore', saved, 'random', 1);
    this.#rng.restore(savedObject('UniformRandom.restore', saved, 'rng'));
  }
}
