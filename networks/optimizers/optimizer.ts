import type { OptimizerSpecification } from './specification.ts';

/** Moves the parameters of one network along its gradients. */
export interface Optimizer<N extends Float32Array | Float64Array = Float32Array> {
  readonly specification: OptimizerSpecification;

  /** Steps taken so far. */
  readonly updates: number;

  /**
   * ‖g‖ of all gradients together in the last step, before they were clipped, where a clip by their norm
   * made it known; else `null`.
   */
  readonly gradientNorm: number | null;

  /**
   * What it remembers from step to step, `[slots × parameterCount]`: momentum, squared gradients.
   * To be asked for again as a network's arrays are.
   */
  readonly state: N;

  /** θ ← θ + Δθ from the network's gradients, which are zero afterwards. */
  step(): void;

  /**
   * Goes on from an earlier `state` and number of `updates`.
   *
   * @throws RangeError if the length differs, or `updates` is no integer of at least 0.
   */
  restore(state: Float32Array | Float64Array, updates: number): void;

  /**
   * Gives its memory back, before or after its network does. Using it afterwards is an error, and so is
   * using it without its network.
   */
  dispose(): void;
}
