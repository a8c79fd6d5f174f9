import type { Rng } from '../core/rng.ts';
import type { Priorities } from './priorities.ts';
import type { TransitionStore } from './store/transition-store.ts';

const NONE = -1;

// Where so many in a row lack their burn-in, those that have it are few: then they are counted.
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

  /** Whether there is a step that can be drawn. */
  get canDraw(): boolean {
    const { numEnvs } = this.#store.windows;
    for (let copy = 0; copy < numEnvs; copy++) {
      // Of the steps of a copy, the newest is the last to lose its burn-in.
      const newest = this.#newestReady(copy);
      if (newest !== NONE && this.stepsBefore(newest) !== NONE) return true;
    }
    return false;
  }

  /**
   * Draws rows of the store.
   *
   * @throws Error if none has all its steps and its burn-in.
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
    return this.#drawAmongFew(rng);
  }

  #drawAmongFew(rng: Rng): number {
    const { first, added } = this.#store;
    const numbers: number[] = [];
    for (let number = first; number < added; number++) {
      if (this.#store.isReady(number) && this.stepsBefore(number) !== NONE) numbers.push(number);
    }
    if (numbers.length === 0) this.#refuse();
    return this.#store.rowOf(numbers[rng.below(numbers.length)]);
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

  /** The number of the newest step of a copy that has all its steps behind it; −1 if there is none. */
  #newestReady(copy: number): number {
    const { windows, first, added } = this.#store;
    for (let at = added - windows.numEnvs + copy; at >= first; at -= windows.numEnvs) {
      if (this.#store.isReady(at)) return at;
    }
    return NONE;
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
