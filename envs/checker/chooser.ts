import { Alea } from '../../core/alea.ts';
import type { Rng } from '../../core/rng.ts';
import type { AnyBox, Space } from '../../core/space.ts';
import { sample } from '../../core/spaces/sample.ts';

/** An action, and how it was come by does not matter. */
type Action = unknown;

/** Steps after which an endless episode gets another style. */
const STYLE_STEPS = 250;

/**
 * Chooses legal actions such that rare places are reached: each episode, or stretch of a long one,
 * is played evenly at random, with one action all the time, or with actions held for a while, where
 * real numbers are often at their bounds.
 */
export class Chooser {
  readonly #space: Space;
  readonly #rng: Rng;
  #style = 0;
  #stylesLeft = STYLE_STEPS;
  #held: Action = null;
  #heldFor = 0;

  constructor(space: Space, seed: number) {
    this.#space = space;
    this.#rng = new Alea(seed, 'checker/actions');
  }

  /** A new episode begins: the next style. */
  begin(): void {
    this.#style = (this.#style + 1) % 3;
    this.#stylesLeft = STYLE_STEPS;
    this.#heldFor = 0;
  }

  /** @param mask `[n]`, 1 where an action is legal; anything else means that all are. */
  choose(mask: unknown): Action {
    if (this.#stylesLeft-- <= 0) this.begin();
    if (this.#heldFor > 0 && this.#isLegal(this.#held, mask)) {
      this.#heldFor--;
      return this.#held;
    }
    this.#held = this.#draw(mask);
    this.#heldFor = [0, STYLE_STEPS, this.#rng.below(16)][this.#style];
    return this.#held;
  }

  #draw(mask: unknown): Action {
    if (this.#space.kind === 'discrete') {
      const { n, start } = this.#space;
      const legal: number[] = [];
      for (let i = 0; i < n; i++) if (this.#isLegal(start + i, mask)) legal.push(start + i);
      return legal.length > 0 ? legal[this.#rng.below(legal.length)] : start;
    }
    const action = sample(this.#space, this.#rng);
    if (this.#style !== 0 && this.#space.kind === 'box') this.#pushToBounds(action as never);
    return action;
  }

  #pushToBounds(action: Float32Array): void {
    const { low, high } = this.#space as AnyBox;
    for (let i = 0; i < action.length; i++) {
      const bound = [low[i], high[i], Infinity][this.#rng.below(3)];
      if (Number.isFinite(bound)) action[i] = bound;
    }
  }

  #isLegal(action: Action, mask: unknown): boolean {
    if (this.#space.kind !== 'discrete' || !(mask instanceof Uint8Array)) return true;
    return mask[(action as number) - this.#space.start] === 1;
  }
}
