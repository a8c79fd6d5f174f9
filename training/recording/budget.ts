/** Memory that reading may still take; what does not fit into it is refused before it is read. */
export class Budget {
  readonly #limit: string;
  #left: number;

  /**
   * @param limit Name of the limit, as a user may raise it.
   * @param bytes How much there is.
   */
  constructor(limit: string, bytes: number) {
    this.#limit = limit;
    this.#left = bytes;
  }

  /** @throws RangeError if fewer bytes are left than `what` needs. */
  spend(what: string, bytes: number): void {
    if (bytes > this.#left) {
      throw new RangeError(
        `${what}: memory must be at most the ${this.#left} bytes that ${this.#limit} leaves, got ${bytes}. Raise ${this.#limit} if you trust the file.`,
      );
    }
    this.#left -= bytes;
  }
}
