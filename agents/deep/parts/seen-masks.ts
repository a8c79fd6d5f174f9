import { type SavedData, savedArray, savedCount } from '../../../core/saved.ts';
import type { SavedPart } from '../../saved-parts.ts';

/**
 * Which actions were legal where an agent acted: between `act` and the `learn` that follows it, which
 * is told of what is legal behind a step, but not before it.
 */
export class SeenMasks implements SavedPart {
  readonly #numActions: number;
  #masks = new Uint8Array(0);
  #areSeen = false;

  constructor(numActions: number) {
    this.#numActions = numActions;
  }

  /** Remembers what is legal in so many states: everything where there are no masks. */
  see(rows: number, actionMasks: Uint8Array | undefined): void {
    const length = rows * this.#numActions;
    if (this.#masks.length !== length) this.#masks = new Uint8Array(length);
    if (actionMasks === undefined) this.#masks.fill(1);
    else this.#masks.set(actionMasks);
    this.#areSeen = true;
  }

  /**
   * 𝒜(s) of the states that were acted in last, `[rows × numActions]`. Everything where somebody else
   * has acted, so that it is not known.
   */
  take(rows: number): Uint8Array {
    if (!this.#areSeen || this.#masks.length !== rows * this.#numActions) this.see(rows, undefined);
    this.#areSeen = false;
    return this.#masks;
  }

  snapshot(): SavedData {
    return { masks: this.#masks.slice(), areSeen: this.#areSeen ? 1 : 0 };
  }

  restore(saved: SavedData): void {
    const where = 'SeenMasks.restore';
    const rows = saved.masks instanceof Uint8Array ? saved.masks.length / this.#numActions : 0;
    const length = Math.floor(rows) * this.#numActions;
    const masks = savedArray(where, saved, 'masks', Uint8Array, length);
    this.#areSeen = savedCount(where, saved, 'areSeen') > 0;
    this.#masks = masks.slice();
  }
}
