import { type SavedData, savedArray } from '../../core/saved.ts';

/**
 * Which transitions have what they need behind them: `numSteps` steps of their copy, themselves
 * included, or the end of their episode.
 *
 * Transitions of `numEnvs` copies come in turns, so that transition `number` is of copy
 * `number mod numEnvs`.
 */
export class Windows {
  readonly numSteps: number;
  #numEnvs = 0; // known from the first batch on
  #open: Float64Array = new Float64Array(0); // the oldest number of each copy that waits, or Infinity

  /** @param numSteps At least 1, which is where none ever waits. */
  constructor(numSteps: number) {
    this.numSteps = numSteps;
  }

  /** Copies that come in turns; 0 before any has come. */
  get numEnvs(): number {
    return this.#numEnvs;
  }

  /** @throws RangeError unless a batch has as many rows as the first one had. */
  checkBatch(where: string, rows: number): void {
    if (this.numSteps === 1 || this.#numEnvs === 0 || rows === this.#numEnvs) return;
    throw new RangeError(
      `${where}: transitions must have one row for each of the ${this.#numEnvs} copies of the first batch, got ${rows}.`,
    );
  }

  /** Takes down how many copies come in turns. */
  open(numEnvs: number): void {
    if (this.#numEnvs !== 0) return;
    this.#numEnvs = numEnvs;
    this.#open = new Float64Array(numEnvs).fill(Infinity);
  }

  /**
   * Takes in the next transition.
   *
   * @param ready Receives the numbers of those that need not wait any longer, the oldest first.
   * @returns how many these are: at most `numSteps`.
   */
  advance(number: number, ended: boolean, ready: Float64Array): number {
    if (this.numSteps === 1) {
      ready[0] = number;
      return 1;
    }
    const copy = number % this.#numEnvs;
    if (this.#open[copy] === Infinity) this.#open[copy] = number;
    const oldest = this.#open[copy];
    const waiting = (number - oldest) / this.#numEnvs + 1;
    const count = ended ? waiting : waiting === this.numSteps ? 1 : 0;
    for (let k = 0; k < count; k++) ready[k] = oldest + k * this.#numEnvs;
    this.#open[copy] = ended ? Infinity : oldest + count * this.#numEnvs;
    return count;
  }

  save(): SavedData {
    return { numEnvs: this.#numEnvs, open: this.#open.slice() };
  }

  /**
   * @param added Transitions so far.
   * @returns what takes over what `save` gave.
   * @throws Error if it does not fit; nothing changes.
   */
  restoring(where: string, saved: SavedData, numEnvs: number, added: number): () => void {
    const open = savedArray(where, saved, 'open', Float64Array, numEnvs);
    const wrong = open.find(
      (number) => number !== Infinity && !this.#mayWait(number, added, numEnvs),
    );
    if (wrong !== undefined) {
      throw new Error(
        `${where}: open must hold transitions among the last ${numEnvs * this.numSteps} of ${added}, got ${wrong}.`,
      );
    }
    return () => {
      this.#numEnvs = numEnvs;
      this.#open = open.slice();
    };
  }

  #mayWait(number: number, added: number, numEnvs: number): boolean {
    return Number.isInteger(number) && number < added && number >= added - numEnvs * this.numSteps;
  }
}
