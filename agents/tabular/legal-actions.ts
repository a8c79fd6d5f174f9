import { copySavedArray, type SavedData } from '../../core/saved.ts';
import type { SavedPart } from '../saved-parts.ts';

/** The legal actions of each state, as far as they have been seen; all where none have. */
export class LegalActions implements SavedPart {
  /** `[numStates × numActions]`, 1 where an action is legal; absent where all always are. */
  masks: Uint8Array | undefined;

  readonly #numStates: number;
  readonly #numActions: number;

  constructor(numStates: number, numActions: number) {
    this.#numStates = numStates;
    this.#numActions = numActions;
  }

  /** Takes in what is legal in the states of a batch. */
  note(states: Float32Array, actionMasks: Uint8Array | undefined): void {
    if (actionMasks === undefined) return;
    const n = this.#numActions;
    this.masks ??= new Uint8Array(this.#numStates * n).fill(1);
    for (let i = 0; i < states.length; i++) {
      for (let a = 0; a < n; a++) this.masks[states[i] * n + a] = actionMasks[i * n + a];
    }
  }

  /**
   * The masks to take the chance of `action` in `state` by; its row is the state's. Absent where all
   * actions are legal, and where another policy has taken one that was seen to be illegal.
   */
  masksFor(state: number, action: number): Uint8Array | undefined {
    return this.masks?.[state * this.#numActions + action] === 1 ? this.masks : undefined;
  }

  snapshot(): SavedData {
    return this.masks === undefined ? {} : { masks: this.masks.slice() };
  }

  restore(saved: SavedData): void {
    if (saved.masks === undefined) {
      this.masks = undefined;
      return;
    }
    const masks = new Uint8Array(this.#numStates * this.#numActions);
    copySavedArray('LegalActions.restore', saved, 'masks', masks);
    this.masks = masks;
  }
}
