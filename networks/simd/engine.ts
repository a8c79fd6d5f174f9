import { checkOneOf, resolveOptions } from '../../core/check.ts';
import { ArenaNetwork } from '../arena/arena-network.ts';
import { ArenaOptimizer } from '../arena/arena-optimizer.ts';
import { FirstFitHeap } from '../arena/heap.ts';
import type { CreateOptions, Engine } from '../engine.ts';
import type { Kernels } from '../kernels/kernels.ts';
import type { Network } from '../network.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { OptimizerSpecification } from '../optimizers/specification.ts';
import type { NetworkSpecification } from '../specification/network-specification.ts';
import { instantiate, type SimdBuild } from './instantiate.ts';
import { KernelMemory } from './kernel-memory.ts';
import { checkSupport } from './support.ts';

/** How to make the engine. */
export interface SimdOptions {
  /**
   * `portable`: plain SIMD, the same bits on every processor. `fast`: products and sums are fused
   * where the processor can (relaxed SIMD), so bits depend on it. Default `portable`.
   */
  readonly build?: SimdBuild;
}

/**
 * The embedded engine: float32, one core, four numbers at a time.
 *
 * All networks of one engine share one memory.
 *
 * @throws RangeError if an option is unknown.
 * @throws Error if WebAssembly's SIMD, or its relaxed SIMD, is missing here.
 */
export function simdEngine(options: SimdOptions = {}): SimdEngine {
  const { build } = resolveOptions('simdEngine', { build: 'portable' }, options);
  checkOneOf('simdEngine: build', build, ['portable', 'fast']);
  return new SimdEngine(build as SimdBuild);
}

/** Networks on WebAssembly kernels. */
export class SimdEngine implements Engine {
  readonly name: string;
  readonly heap: FirstFitHeap<Float32Array>;
  readonly kernels: Kernels;

  /** @throws Error if WebAssembly's SIMD, or its relaxed SIMD, is missing here. */
  constructor(build: SimdBuild) {
    const webAssembly = checkSupport(build);
    this.name = build === 'fast' ? 'simd-fast' : 'simd';
    const memory = new KernelMemory(webAssembly);
    const { kernels, heapBegin } = instantiate(webAssembly, build, memory.memory);
    this.heap = new FirstFitHeap(memory, heapBegin);
    this.kernels = kernels;
  }

  create(specification: NetworkSpecification, options?: CreateOptions): Network {
    return new ArenaNetwork(specification, this.heap, this.kernels, options);
  }

  optimize(network: Network, specification: OptimizerSpecification): Optimizer {
    return new ArenaOptimizer(network, this.heap, specification);
  }
}
