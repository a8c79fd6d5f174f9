import type { Rng } from '../core/rng.ts';
import type { Priorities } from './priorities.ts';
import type { TransitionStore } from './store/transition-store.ts';

const NONE = -1;

// So many in a row that lack their burn-in are no chance any more: there is none that has it.
const MAX_TRIES = 10_000;

/** Draws steps from which on is learned: with all their steps behind them, and their burn-in before them. */
export class SequenceDraw {
  readonly #where: string;
  readonly #store: TransitionStore;
  readonly #starts: Uint8Array;
  readonly #priorities: Priorities | null;
  readonly #burnIn: number;

  /**
   * @param where Who draws, for errors.
   * @param starts 1 in the rows of the store where an episode begins.
   * @param priorities By which is drawn; `null` for the same chance for all.
   */
  constructor(
    where: string,
    { store, starts, priorities }: SequenceRing,
    { burnIn }: { readonly burnIn: number },
  ) {
    this.#where = where;
    this.#store = store;
    this.#starts = starts;
    this.#priorities = priorities;
    this.#burnIn = burnIn;
  }

  /**
   * Draws rows of the store.
   *
   * @throws Error if none has all its steps.
   */
  draw(rng: Rng, rows: Int32Array): void {
    if (this.#store.ready === 0) throw this.#store.emptiness(this.#where);
    if (this.#priorities === null) {
      for (let i = 0; i < rows.length; i++) rows[i] = this.#drawAny(rng);
    } else {
      this.#drawByPriority(this.#priorities, rng, rows);
    }
  }

  /** Steps of its episode before a transition, at most the burn-in; −1 if some of them have given way. */
  stepsBefore(number: number): number {
    const { numEnvs } = this.#store.windows;
    let steps = 0;
    let at = number;
    while (steps < this.#burnIn && this.#starts[this.#store.rowOf(at)] === 0) {
      at -= numEnvs;
      if (at < this.#store.first) return NONE;
      steps++;
    }
    return steps;
  }

  #drawAny(rng: Rng): number {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const number = this.#store.drawNumber(rng);
      if (this.stepsBefore(number) !== NONE) return this.#store.rowOf(number);
    }
    return this.#refuse();
  }

  /** A burn-in that has given way never comes back: such transitions lose their priority. */
  #drawByPriority(priorities: Priorities, rng: Rng, rows: Int32Array): void {
    if (priorities.areNone) this.#refuse();
    priorities.draw(rng, rows, rows.length);
    for (let i = 0; i < rows.length; i++) {
      while (this.stepsBefore(this.#store.numberIn(rows[i])) === NONE) {
        rows[i] = priorities.drawInstead(rows[i], rng);
        if (rows[i] === NONE) this.#refuse();
      }
    }
  }

  #refuse(): never {
    throw new Error(
      `${this.#where}: no transition has its ${this.#burnIn} steps of burn-in any more. Give a larger capacity.`,
    );
  }
}

/** Transitions, where episodes begin among them, and how likely they are to be drawn. */
export interface SequenceRing {
  readonly store: TransitionStore;
  /** By rows: 1 where an episode begins. */
  readonly starts: Uint8Array;
  readonly priorities: Priorities | null;
}
