import type { Box } from '../../../core/space.ts';

/**
 * Between the actions of a world and those in [−1, 1], in which networks act.
 *
 * @throws RangeError if a bound is infinite.
 */
export class ActionScale {
  readonly size: number;
  readonly #middle: Float64Array;
  readonly #reach: Float64Array;

  constructor(where: string, { low, high }: Box) {
    this.size = low.length;
    low.forEach((bound, i) => {
      if (Number.isFinite(bound) && Number.isFinite(high[i])) return;
      throw new RangeError(
        `${where}: actions must have finite bounds, got ${bound} to ${high[i]} of element ${i}. Give the world's action space the bounds that its actions are cut to.`,
      );
    });
    this.#middle = Float64Array.from(low, (bound, i) => (bound + high[i]) / 2);
    this.#reach = Float64Array.from(low, (bound, i) => (high[i] - bound) / 2);
  }

  /** Actions in [−1, 1] become those of the world, in place: `[rows × size]`. */
  toWorld(actions: Float32Array): void {
    for (let i = 0; i < actions.length; i++) {
      const j = i % this.size;
      actions[i] = this.#middle[j] + this.#reach[j] * actions[i];
    }
  }

  /** Actions of the world become those in [−1, 1], in place. */
  toUnit(actions: Float32Array): void {
    for (let i = 0; i < actions.length; i++) {
      const j = i % this.size;
      actions[i] = this.#reach[j] === 0 ? 0 : (actions[i] - this.#middle[j]) / this.#reach[j];
    }
  }
}
