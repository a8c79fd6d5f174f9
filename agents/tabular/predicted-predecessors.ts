import { checkSavedRange, type SavedArrays } from '../saved-parts.ts';

const NONE = -1;

/**
 * The entries (s, a) that are predicted to lead to each state, where every entry leads to one state at
 * most.
 *
 *     for (let entry = list.first(state); entry >= 0; entry = list.next(entry)) …
 */
export class PredictedPredecessors {
  // Linked both ways, so that an entry whose prediction changes moves without a search.
  readonly #first: Int32Array; // [numStates]; NONE where there is none
  readonly #next: Int32Array; // [numEntries]; NONE at the end
  readonly #previous: Int32Array; // [numEntries]; NONE at the beginning

  constructor(numStates: number, numEntries: number) {
    this.#first = new Int32Array(numStates).fill(NONE);
    this.#next = new Int32Array(numEntries).fill(NONE);
    this.#previous = new Int32Array(numEntries).fill(NONE);
  }

  /** The arrays it consists of, to be saved and filled. */
  get arrays(): SavedArrays {
    return { listFirst: this.#first, listNext: this.#next, listPrevious: this.#previous };
  }

  /** @throws Error if saved arrays are no lists. */
  check(where: string, { listFirst, listNext, listPrevious }: SavedArrays): void {
    const last = this.#next.length - 1;
    checkSavedRange(where, 'listFirst', listFirst, NONE, last);
    checkSavedRange(where, 'listNext', listNext, NONE, last);
    checkSavedRange(where, 'listPrevious', listPrevious, NONE, last);
    // Whatever is next must know what is before it: so no list leads back into itself.
    const isLost = (entry: number, before: number) => entry >= 0 && listPrevious[entry] !== before;
    if (listFirst.some((entry) => isLost(entry, NONE)) || listNext.some(isLost)) {
      throw new Error(`${where}: listPrevious does not fit listFirst and listNext.`);
    }
  }

  /** The first entry that leads to `state`; −1 where there is none. */
  first(state: number): number {
    return this.#first[state];
  }

  /** The entry after `entry`; −1 where there is none. */
  next(entry: number): number {
    return this.#next[entry];
  }

  /** `entry`, which leads nowhere as yet, leads to `state`. */
  add(entry: number, state: number): void {
    const follower = this.#first[state];
    this.#first[state] = entry;
    this.#next[entry] = follower;
    this.#previous[entry] = NONE;
    if (follower !== NONE) this.#previous[follower] = entry;
  }

  /** `entry`, which led to `state`, does so no longer. */
  remove(entry: number, state: number): void {
    const before = this.#previous[entry];
    const after = this.#next[entry];
    if (before === NONE) this.#first[state] = after;
    else this.#next[before] = after;
    if (after !== NONE) this.#previous[after] = before;
    this.#next[entry] = NONE;
    this.#previous[entry] = NONE;
  }
}
