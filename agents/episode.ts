import {
  checkSavedHeader,
  type SavedData,
  savedArray,
  savedCount,
  savedHeader,
} from '../core/saved.ts';

const FIRST_CAPACITY = 64;

/**
 * The steps of an episode that is going on, in columns that grow, up to a limit, and are used again.
 */
export class Episode {
  /** S₀, S₁, …, `[capacity × observationSize]`. */
  observations: Float32Array;
  /** A₀, A₁, …, `[capacity]`. */
  actions: Int32Array;
  /** R₁, R₂, …, `[capacity]`. */
  rewards: Float64Array;
  /** b(A₀ | S₀), b(A₁ | S₁), …, `[capacity]`. */
  chances: Float64Array;

  /** Steps held. */
  length = 0;

  readonly #observationSize: number;
  readonly #maxSteps: number;

  /** @param maxSteps How many steps it can hold. */
  constructor(observationSize: number, maxSteps: number) {
    this.#observationSize = observationSize;
    this.#maxSteps = maxSteps;
    const capacity = Math.min(FIRST_CAPACITY, maxSteps);
    this.observations = new Float32Array(capacity * observationSize);
    this.actions = new Int32Array(capacity);
    this.rewards = new Float64Array(capacity);
    this.chances = new Float64Array(capacity);
  }

  /** Whether it can hold no further step. */
  get isFull(): boolean {
    return this.length >= this.#maxSteps;
  }

  /**
   * Adds a step.
   *
   * @param observations The batch in whose row `row` the observation is.
   * @param chance b(action | observation). Default 1.
   */
  add(
    observations: Float32Array,
    row: number,
    action: number,
    reward: number,
    chance: number = 1,
  ): void {
    if (this.length === this.actions.length) this.#grow(2 * this.length);
    const size = this.#observationSize;
    const t = this.length++;
    for (let j = 0; j < size; j++) this.observations[t * size + j] = observations[row * size + j];
    this.actions[t] = action;
    this.rewards[t] = reward;
    this.chances[t] = chance;
  }

  /** Forgets all steps. */
  clear(): void {
    this.length = 0;
  }

  snapshot(): SavedData {
    const { length } = this;
    return {
      ...savedHeader('episode', 1),
      length,
      observations: this.observations.slice(0, length * this.#observationSize),
      actions: this.actions.slice(0, length),
      rewards: this.rewards.slice(0, length),
      chances: this.chances.slice(0, length),
    };
  }

  restore(saved: SavedData): void {
    const where = 'Episode.restore';
    checkSavedHeader(where, saved, 'episode', 1);
    const length = savedCount(where, saved, 'length');
    if (length > this.#maxSteps) {
      throw new Error(`${where}: length must be at most ${this.#maxSteps}, got ${length}.`);
    }
    const size = length * this.#observationSize;
    const observations = savedArray(where, saved, 'observations', Float32Array, size);
    const actions = savedArray(where, saved, 'actions', Int32Array, length);
    const rewards = savedArray(where, saved, 'rewards', Float64Array, length);
    const chances = savedArray(where, saved, 'chances', Float64Array, length);
    if (length > this.actions.length) this.#grow(length);
    this.observations.set(observations);
    this.actions.set(actions);
    this.rewards.set(rewards);
    this.chances.set(chances);
    this.length = length;
  }

  #grow(capacity: number): void {
    const most = Math.min(capacity, this.#maxSteps);
    const longer = <T extends Float32Array | Float64Array | Int32Array>(
      column: T,
      size: number,
    ) => {
      const grown = new (column.constructor as new (length: number) => T)(most * size);
      grown.set(column);
      return grown;
    };
    this.observations = longer(this.observations, this.#observationSize);
    this.actions = longer(this.actions, 1);
    this.rewards = longer(this.rewards, 1);
    this.chances = longer(this.chances, 1);
  }
}
