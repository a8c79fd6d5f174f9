import type { Numbers } from '../layers/run.ts';
import type { Network } from '../network.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { OptimizerSpecification } from '../optimizers/specification.ts';
import { ArenaNetwork } from './arena-network.ts';
import type { Heap } from './heap.ts';

/** An optimizer beside its network, in the same heap. */
export class ArenaOptimizer<N extends Numbers> implements Optimizer<N> {
  readonly specification: OptimizerSpecification;
  readonly #network: ArenaNetwork<N>;
  #updates = 0;

  /** @throws RangeError if the network is not in this heap. */
  constructor(network: Network<N>, heap: Heap<N>, specification: OptimizerSpecification) {
    if (!(network instanceof ArenaNetwork) || network.heap !== heap) {
      throw new RangeError('optimize: the network must be one of this engine.');
    }
    this.#network = network;
    this.specification = specification;
  }

  get updates(): number {
    return this.#updates;
  }

  get state(): N {
    return this.#network.parameters.subarray(0, 0) as N;
  }

  step(): void {
    const { layout, plan } = this.#network;
    const { kernels, parameters, gradients } = layout;
    const { learningRate } = this.specification;
    kernels.addScaled(-learningRate, gradients.offset, parameters.offset, plan.parameterCount);
    this.#network.zeroGradients();
    this.#updates++;
  }

  restore(_state: N, updates: number): void {
    this.#updates = updates;
  }

  dispose(): void {}
}
