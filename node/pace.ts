/** Repeats work that is not to take more than a share of the time. */
export class Pace {
  readonly #every: number;
  readonly #share: number;
  readonly #clock: () => number;
  #due: number; // ms

  /**
   * @param every Milliseconds from one beginning to the next, at least.
   * @param share Of the time, in (0, 1]: what takes long is done less often.
   * @param clock Now, in ms. Default `performance.now`.
   */
  constructor(every: number, share: number, clock: () => number = () => performance.now()) {
    this.#every = every;
    this.#share = share;
    this.#clock = clock;
    this.#due = clock() + every;
  }

  /** Does the work, if it is due. */
  run(work: () => void): void {
    const began = this.#clock();
    if (began < this.#due) return;
    work();
    const took = this.#clock() - began;
    this.#due = began + Math.max(this.#every, took / this.#share);
  }
}
