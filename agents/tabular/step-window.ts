import type { SavedArrays } from '../saved-parts.ts';
import { checkSavedRange } from '../saved-parts.ts';

/**
 * The last steps of the running episode of each copy of a world, as many as `capacity`: what an
 * n-step return is made of.
 *
 * A step is S, A and the R that followed, with 𝒜(S′) where some actions can be illegal. `slot(copy,
 * k)` is the row of a copy's k-th oldest step in every array. Nothing is allocated after construction.
 */
export class StepWindow {
  /** n: the steps that are kept of each copy. */
  readonly capacity: number;
  /** S of each step, `[numCopies × capacity]`. */
  readonly states: Int32Array;
  /** A of each step, `[numCopies × capacity]`. */
  readonly actions: Int32Array;
  /** R of each step, `[numCopies × capacity]`. */
  readonly rewards: Float64Array;
  /** 𝒜(S′) of each step, `[numCopies × capacity × numActions]`; filled where masks are given. */
  readonly nextMasks: Uint8Array;

  readonly #numActions: number;
  readonly #first: Int32Array; // where the oldest step of each copy is, from 0 to capacity − 1
  readonly #lengths: Int32Array; // steps held of each copy

  /** @param numActions Length of a mask; 0 where none is kept. */
  constructor(numCopies: number, capacity: number, numActions: number = 0) {
    this.capacity = capacity;
    this.states = new Int32Array(numCopies * capacity);
    this.actions = new Int32Array(numCopies * capacity);
    this.rewards = new Float64Array(numCopies * capacity);
    this.nextMasks = new Uint8Array(numCopies * capacity * numActions);
    this.#numActions = numActions;
    this.#first = new Int32Array(numCopies);
    this.#lengths = new Int32Array(numCopies);
  }

  /** The arrays it consists of, to be saved and filled. */
  get arrays(): SavedArrays {
    return {
      windowStates: this.states,
      windowActions: this.actions,
      windowRewards: this.rewards,
      windowMasks: this.nextMasks,
      windowFirst: this.#first,
      windowLengths: this.#lengths,
    };
  }

  /** @throws Error if saved arrays point outside the window, or outside the table. */
  check(where: string, arrays: SavedArrays, numStates: number, numActions: number): void {
    checkSavedRange(where, 'windowStates', arrays.windowStates, 0, numStates - 1);
    checkSavedRange(where, 'windowActions', arrays.windowActions, 0, numActions - 1);
    checkSavedRange(where, 'windowFirst', arrays.windowFirst, 0, this.capacity - 1);
    checkSavedRange(where, 'windowLengths', arrays.windowLengths, 0, this.capacity);
  }

  /** Steps held of a copy. */
  length(copy: number): number {
    return this.#lengths[copy];
  }

  /** Row of the k-th oldest step of a copy, counted from 0. */
  slot(copy: number, k: number): number {
    return copy * this.capacity + ((this.#first[copy] + k) % this.capacity);
  }

  /** Adds a step; there must be room for it. */
  push(copy: number, state: number, action: number, reward: number, nextMasks?: Uint8Array): void {
    const row = this.slot(copy, this.#lengths[copy]++);
    this.states[row] = state;
    this.actions[row] = action;
    this.rewards[row] = reward;
    if (nextMasks === undefined) return;
    const n = this.#numActions;
    for (let a = 0; a < n; a++) this.nextMasks[row * n + a] = nextMasks[copy * n + a];
  }

  /** Whether the oldest step's return is complete: n steps are there, or the episode has ended. */
  isDue(copy: number, ended: boolean): boolean {
    return this.#lengths[copy] === this.capacity || (ended && this.#lengths[copy] > 0);
  }

  /** Forgets the oldest step. */
  shift(copy: number): void {
    this.#first[copy] = (this.#first[copy] + 1) % this.capacity;
    this.#lengths[copy]--;
  }

  /** R₁ + γ R₂ + … + γᵐ⁻¹ Rₘ + γᵐ `after`, over all m steps that are held. */
  returnOf(copy: number, discount: number, after: number): number {
    let sum = after;
    for (let k = this.#lengths[copy] - 1; k >= 0; k--) {
      sum = this.rewards[this.slot(copy, k)] + discount * sum;
    }
    return sum;
  }
}
