import type { Transitions } from '../../../core/transitions.ts';

/** Transitions of a world with discrete observations, gathered to be learned from as one batch. */
export class Batch {
  readonly #states: number[] = [];
  readonly #actions: number[] = [];
  readonly #rewards: number[] = [];
  readonly #nextStates: number[] = [];
  readonly #terminated: number[] = [];

  /** Adds all rows, none of which may be truncated. */
  add({ observations, actions, rewards, nextObservations, terminated }: Transitions): void {
    this.#states.push(...observations);
    this.#actions.push(...actions);
    this.#rewards.push(...rewards);
    this.#nextStates.push(...nextObservations);
    this.#terminated.push(...terminated);
  }

  /** All that has been added, a row each, in new arrays. */
  transitions(): Transitions {
    return {
      observations: Float32Array.from(this.#states),
      actions: Int32Array.from(this.#actions),
      rewards: Float64Array.from(this.#rewards),
      nextObservations: Float32Array.from(this.#nextStates),
      terminated: Uint8Array.from(this.#terminated),
      truncated: new Uint8Array(this.#states.length),
    };
  }

  /** How often the state is left that is left most often. */
  mostVisits(): number {
    const counts = new Map<number, number>();
    for (const state of this.#states) counts.set(state, (counts.get(state) ?? 0) + 1);
    return Math.max(...counts.values());
  }
}
