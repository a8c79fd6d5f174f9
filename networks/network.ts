import type { Rng } from '../core/rng.ts';
import type { LayerPlan, NetworkPlan } from './plan.ts';
import type { NetworkSpecification } from './specification/network-specification.ts';

/**
 * A differentiable function of a batch of rows.
 *
 * All weights sit in one flat array, so copying, averaging, saving and sending a network are each
 * one call on `parameters`. Arrays belong to the network: what `forward` returns is overwritten by
 * its next call, and after the making, growing or disposing of any network of the same engine
 * `parameters`, `gradients` and `statistics` must be asked for again. An array from before may then be
 * of length 0: memory has moved. What is to last longer is copied with `slice`.
 *
 *     const outputs = network.forward(inputs, 32);
 *     loss(outputs, targets, outputGradients);
 *     network.backward(outputGradients);
 *     optimizer.step();
 */
export interface Network<N extends Float32Array | Float64Array = Float32Array> {
  readonly specification: NetworkSpecification;
  readonly plan: NetworkPlan;
  readonly inputSize: number;

  /** Of all heads together; `plan.heads` says where each one's numbers are in a row. */
  readonly outputSize: number;

  /** Every trainable number, in the order of `plan.parameters`. Write to it freely. */
  readonly parameters: N;

  /** ∂loss/∂parameters, in the same order; summed over `backward` calls until zeroed. */
  readonly gradients: N;

  /** What training changes without a gradient: running means and variances. */
  readonly statistics: N;

  /** What dropout and noise are drawn with; its state is part of a saved network. */
  readonly rng: Rng;

  /**
   * Computes the outputs, `[rows × outputSize]`, for `rows` inputs, `[rows × inputSize]`.
   *
   * @throws RangeError if `inputs` does not hold `rows` rows. Error after `dispose`.
   */
  forward(inputs: N, rows: number, options?: ForwardOptions<N>): N;

  /**
   * What each layer gave in the last `forward`, one before those inside it; absent where an
   * engine does not keep it. The arrays are the network's own, until its next call.
   *
   * @throws Error if there was no `forward` before, or after `dispose`.
   */
  layerOutputs?(): readonly LayerOutput<N>[];

  /**
   * Adds to `gradients`, given ∂loss/∂outputs of the last `forward`, `[rows × outputSize]`.
   *
   * With several steps it goes back through all of that call, and no further.
   *
   * @param options Default: gradients of everything.
   * @throws Error if there was no `forward` before, or after `dispose`.
   */
  backward(outputGradients: N, options?: BackwardOptions): void;

  /**
   * ∂loss/∂inputs of the last `backward`, `[rows × inputSize]`; for saliency.
   *
   * @throws Error unless the network was made with `inputGradients`.
   */
  readonly inputGradients: N;

  /** Sets all gradients to 0. */
  zeroGradients(): void;

  /**
   * θ ← θ + stepSize · (θ′ − θ), with another network's parameters θ′; running statistics likewise. So a
   * target network follows the one that learns.
   *
   * @param network Has as many of both.
   * @param stepSize In [0, 1]; 1 copies.
   * @throws RangeError if the network has another number of them. Error after `dispose`.
   */
  approach(network: Network<N>, stepSize: number): void;

  /**
   * Gives its memory back; nothing else does while its engine is there, for an array of a network that
   * is itself forgotten may still be in use. Using it afterwards is an error, but for what it is:
   * `specification`, `plan` and sizes.
   */
  dispose(): void;
}

/** What a layer gave. */
export interface LayerOutput<N extends Float32Array | Float64Array = Float32Array> {
  /** The layer: its `name`, and the shape of a row's `output`. */
  readonly plan: LayerPlan;
  /** `[rows × size of output]`. */
  readonly values: N;
}

/** How to go forward. */
export interface ForwardOptions<N extends Float32Array | Float64Array = Float32Array> {
  /** Steps of each sequence: row t · batch + i is step t of sequence i. Default 1. */
  readonly steps?: number;
  /**
   * What recurrent layers carry over, `[batch × plan.stateSize]`: read before the first step, then
   * overwritten with what the last one leaves. Default zeros, and what is left is forgotten.
   */
  readonly state?: N;
  /** 1 where a new episode begins, `[rows]`: there the state is zeros. Default nowhere. */
  readonly starts?: Uint8Array;
  /** Dropout, noise, and batch statistics of this very batch. Default false. */
  readonly training?: boolean;
}

/** How to go backward. */
export interface BackwardOptions {
  /**
   * Whether only `inputGradients` are wanted, such as ∂Q/∂a of a critic that is not to learn from it: it
   * takes a third less time, and rows whose gradient is 0 take none in dense layers. What stands in
   * `gradients` is then of no use: zero it. Default false.
   */
  readonly inputsOnly?: boolean;
}
