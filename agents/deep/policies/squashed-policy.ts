import type { Rng } from '../../../core/rng.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import type { SavedParts } from '../../saved-parts.ts';

/**
 * A family of distributions over actions in [−1, 1] whose draws a gradient can go through.
 *
 *     policy.renew(rng)
 *     policy.draw(outputs, rows, rng)          a and log π(a | s) of a batch
 *     policy.writeGradient(outputs, …)         of the last draw
 *     policy.update()                          after that of the actor's network
 */
export interface SquashedPolicy {
  /** What the family learns and remembers besides the actor's network, to be saved. */
  readonly parts: SavedParts;
  /** a, `[rows × size]`, of the last draw. */
  readonly actions: Float32Array;
  /** log π(a | s), `[rows]`, of the last draw. */
  readonly logProbabilities: Float32Array;

  /** Draws the actions of a step of the world, one row for each copy of it. */
  explore(outputs: Float32Array, rows: number, rng: Rng, actions: Float32Array): void;

  /** Writes the action in the middle of each row's distribution. */
  choose(outputs: Float32Array, rows: number, actions: Float32Array): void;

  /** Begins an update: noise that its draws have in common is drawn anew. */
  renew(rng: Rng): void;

  /** Draws an action for each row of a batch. */
  draw(outputs: Float32Array, rows: number, rng: Rng): void;

  /**
   * Writes the gradient of Σ over rows of temperature · log π(a | s) − Q(s, a), with a of the last
   * draw, and adds it to what the family learns besides.
   *
   * @param actionGradients ∂Q/∂a, `[rows × size]`.
   * @param scale By which it is multiplied.
   * @param gradients As `outputs`.
   */
  writeGradient(
    outputs: Float32Array,
    rows: number,
    temperature: number,
    actionGradients: Float32Array,
    scale: number,
    gradients: Float32Array,
  ): void;

  /** Takes a gradient step with what it learns besides. */
  update(): void;
}

/** Heads of a network, by name. */
export type Heads = Readonly<Record<string, readonly Layer[]>>;
