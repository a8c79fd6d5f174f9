import type { Transitions } from '../../../core/transitions.ts';
import type { SavedParts } from '../../saved-parts.ts';

/** What a recurrent network carries from step to step for each of some rows: zeros at first. */
export class RowStates {
  readonly #size: number;
  #states = new Float32Array(0);

  /** @param size Numbers that a row carries. */
  constructor(size: number) {
    this.#size = size;
  }

  /** Those of so many rows, `[rows × size]`; where it were others until now, nothing is known of them. */
  of(rows: number): Float32Array {
    const length = rows * this.#size;
    if (this.#states.length !== length) this.#states = new Float32Array(length);
    return this.#states;
  }

  /** Forgets rows whose episode begins: `starts[i]` is 1. */
  begin(starts: Uint8Array): void {
    forget(this.of(starts.length), starts);
  }
}

/**
 * What a recurrent network carries for each copy of the world while it acts there and learns: also what
 * it carried before it saw what it saw last.
 */
export class CarriedState {
  /** Numbers of each copy; 0 for a network that carries nothing. */
  readonly size: number;
  /** What was carried to the observations seen last, `[copies × size]`. */
  readonly before: Float32Array;
  /** What is carried on from there, `[copies × size]`. */
  readonly after: Float32Array;
  /** What is to be saved: nothing where nothing is carried. */
  readonly parts: SavedParts;

  readonly #seen: Float32Array; // observations, `[copies × observationSize]`
  readonly #isSeen = new Uint8Array(1); // whether the step that they belong to is not over
  readonly #ended: Uint8Array;

  constructor(copies: number, size: number, observationSize: number) {
    this.size = size;
    this.before = new Float32Array(copies * size);
    this.after = new Float32Array(copies * size);
    this.#seen = new Float32Array(size > 0 ? copies * observationSize : 0);
    this.#ended = new Uint8Array(copies);
    this.parts =
      size > 0
        ? {
            stateBefore: this.before,
            stateAfter: this.after,
            seen: this.#seen,
            isSeen: this.#isSeen,
          }
        : {};
  }

  /**
   * Comes to new observations.
   *
   * @param observations `[copies × observationSize]`.
   * @returns `after`, as it is before them: for `forward` to read and to overwrite.
   */
  see(observations: Float32Array): Float32Array {
    this.before.set(this.after);
    if (this.size > 0) this.#seen.set(observations);
    this.#isSeen[0] = 1;
    return this.after;
  }

  /** The same where what was seen in this step, if anything, was not so: somebody else acted. */
  seeInstead(observations: Float32Array): Float32Array {
    if (this.#isSeen[0] === 1) this.after.set(this.before);
    return this.see(observations);
  }

  /** Whether these observations have been seen in this step; always where nothing is carried. */
  hasSeen(observations: Float32Array): boolean {
    if (this.size === 0) return true;
    return this.#isSeen[0] === 1 && this.#seen.every((number, i) => number === observations[i]);
  }

  /** Ends a step: forgets copies whose episode has ended. */
  endStep({ terminated, truncated }: Transitions): void {
    for (let i = 0; i < this.#ended.length; i++) this.#ended[i] = terminated[i] | truncated[i];
    this.begin(this.#ended);
  }

  /** Forgets copies whose episode begins: `starts[i]` is 1. */
  begin(starts: Uint8Array): void {
    forget(this.after, starts);
    this.#isSeen[0] = 0;
  }

  /** A copy of what the first copy carries to what it sees now, `[size]`. */
  ofFirst(): Float32Array {
    return (this.#isSeen[0] === 1 ? this.before : this.after).slice(0, this.size);
  }
}

/** Sets the rows where `starts` is 1 to zeros. */
function forget(states: Float32Array, starts: Uint8Array): void {
  const size = states.length / starts.length;
  for (let i = 0; i < starts.length; i++) {
    if (starts[i] === 1) states.fill(0, i * size, (i + 1) * size);
  }
}
