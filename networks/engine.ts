import type { Network } from './network.ts';
import type { Optimizer } from './optimizers/optimizer.ts';
import type { OptimizerSpecification } from './optimizers/specification.ts';
import type { NetworkSpecification } from './specification/network-specification.ts';

/** What makes networks work: arithmetic of some kind. */
export interface Engine<N extends Float32Array | Float64Array = Float32Array> {
  /** `simd`, `simd-fast`, `reference`, `tfjs-cpu`, … */
  readonly name: string;

  /**
   * Makes a network and draws its first parameters.
   *
   * @throws RangeError if a layer does not fit the one before, or an option is unknown.
   */
  create(specification: NetworkSpecification, options?: CreateOptions): Network<N>;

  /**
   * Makes an optimizer of a network of this engine.
   *
   * @throws RangeError if the network is another engine's, or an option is unknown.
   */
  optimize(network: Network<N>, specification: OptimizerSpecification): Optimizer<N>;
}

/** How to make a network. */
export interface CreateOptions {
  /** For the first parameters, dropout and noise: an integer of at least 0. Default 0. */
  readonly seed?: number;
  /** Whether `backward` goes on to the inputs. Default false. */
  readonly inputGradients?: boolean;
}
