import { ArenaNetwork } from '../arena/arena-network.ts';
import { ArenaOptimizer } from '../arena/arena-optimizer.ts';
import { FirstFitHeap, type HeapMemory } from '../arena/heap.ts';
import type { CreateOptions, Engine } from '../engine.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Numbers } from '../layers/run.ts';
import type { Network } from '../network.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { OptimizerSpecification } from '../optimizers/specification.ts';
import type { NetworkSpecification } from '../specification/network-specification.ts';
import { referenceKernels } from './kernels.ts';

/**
 * The engine in plain TypeScript: each kernel is its definition. For gradient checks in float64, and
 * wherever there is no WebAssembly.
 */
export class ReferenceEngine<N extends Numbers> implements Engine<N> {
  readonly name = 'reference';
  readonly heap: FirstFitHeap<N>;
  readonly #kernels: Kernels;

  /** @param zeros Makes an array of zeros: `(length) => new Float64Array(length)`. */
  constructor(zeros: (length: number) => N) {
    this.heap = new FirstFitHeap(new GrowingArray(zeros), 0);
    this.#kernels = referenceKernels(this.heap);
  }

  create(specification: NetworkSpecification, options?: CreateOptions): Network<N> {
    return new ArenaNetwork(specification, this.heap, this.#kernels, options);
  }

  optimize(network: Network<N>, specification: OptimizerSpecification): Optimizer<N> {
    return new ArenaOptimizer(network, this.heap, specification);
  }
}

class GrowingArray<N extends Numbers> implements HeapMemory<N> {
  readonly #zeros: (length: number) => N;
  #numbers: N;

  constructor(zeros: (length: number) => N) {
    this.#zeros = zeros;
    this.#numbers = zeros(1024);
  }

  get numbers(): N {
    return this.#numbers;
  }

  grow(length: number): void {
    if (length <= this.#numbers.length) return;
    const larger = this.#zeros(Math.max(length, 2 * this.#numbers.length));
    larger.set(this.#numbers);
    this.#numbers = larger;
  }
}
