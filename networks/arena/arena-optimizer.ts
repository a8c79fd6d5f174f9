import { checkInteger, checkLength } from '../../core/check.ts';
import { scheduleValue } from '../../core/schedule.ts';
import type { Numbers } from '../layers/run.ts';
import type { Network } from '../network.ts';
import { clipScale } from '../optimizers/clip.ts';
import type { OptimizerDefinition, StepRegions } from '../optimizers/definition.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import {
  type OptimizerSpecification,
  optimizerDefinition,
  resolveOptimizer,
} from '../optimizers/specification.ts';
import { ArenaNetwork } from './arena-network.ts';
import type { Heap } from './heap.ts';

/** An optimizer beside its network, in the same heap. */
export class ArenaOptimizer<N extends Numbers> implements Optimizer<N> {
  readonly specification: OptimizerSpecification;
  readonly #network: ArenaNetwork<N>;
  readonly #heap: Heap<N>;
  readonly #definition: OptimizerDefinition;
  readonly #at: { -readonly [K in keyof StepRegions]: StepRegions[K] };
  readonly #stateSize: number;
  readonly #block: number;
  #gradientNorm: number | null = null;
  #isDisposed = false;

  /**
   * @throws RangeError if the network is not in this heap, or an option is unknown or out of range.
   */
  constructor(network: Network<N>, heap: Heap<N>, specification: OptimizerSpecification) {
    if (!(network instanceof ArenaNetwork) || network.heap !== heap) {
      throw new RangeError('optimize: the network must be one of this engine.');
    }
    if (network.isDisposed) throw new Error('optimize: the network has been disposed of.');
    this.specification = resolveOptimizer(specification);
    this.#definition = optimizerDefinition(specification);
    this.#network = network;
    this.#heap = heap;
    const n = network.plan.parameterCount;
    const slots = this.#definition.slots(this.specification);
    this.#stateSize = slots.length * n;
    this.#block = heap.allocate(this.#stateSize + 1); // the last is for a norm
    this.#at = { parameters: 0, gradients: 0, state: this.#block, n, updates: 0 };
    slots.forEach(({ initial }, i) => {
      this.state.fill(initial, i * n, (i + 1) * n);
    });
  }

  get updates(): number {
    this.#checkAlive('updates');
    return this.#at.updates;
  }

  get gradientNorm(): number | null {
    this.#checkAlive('gradientNorm');
    return this.#gradientNorm;
  }

  get state(): N {
    this.#checkAlive('state');
    return this.#heap.numbers.subarray(this.#block, this.#block + this.#stateSize) as N;
  }

  step(): void {
    this.#checkAlive('step');
    const { specification } = this;
    const { parameters, gradients, kernels } = this.#network.layout;
    const { l1, l2, learningRate } = specification;
    const at = this.#at;
    at.parameters = parameters.offset;
    at.gradients = gradients.offset;
    this.#clip();
    if (l1 > 0 || l2 > 0) kernels.addPenalties(at.parameters, at.gradients, at.n, l1, l2);
    const rate = scheduleValue(learningRate, at.updates);
    at.updates++;
    this.#definition.step(specification, kernels, at, rate);
  }

  restore(state: Numbers, updates: number): void {
    this.#checkAlive('restore');
    checkLength('Optimizer.restore: state', state, this.#stateSize);
    checkInteger('Optimizer.restore: updates', updates, 0);
    this.state.set(state);
    this.#at.updates = updates;
  }

  dispose(): void {
    if (this.#isDisposed) throw disposed('dispose');
    this.#isDisposed = true;
    this.#heap.free(this.#block);
  }

  #clip(): void {
    const { clip } = this.specification;
    if (clip === null) return;
    const { gradients, n } = this.#at;
    if ('value' in clip) {
      this.#network.layout.kernels.clipValues(gradients, clip.value, n);
    } else if ('globalNorm' in clip) {
      this.#gradientNorm = Math.sqrt(this.#clipNorm(gradients, n, clip.globalNorm));
    } else {
      const tensors = this.#network.plan.parameters;
      let squares = 0;
      for (let i = 0; i < tensors.length; i++) {
        squares += this.#clipNorm(gradients + tensors[i].offset, tensors[i].size, clip.norm);
      }
      this.#gradientNorm = Math.sqrt(squares);
    }
  }

  /** @returns the square of the norm before. */
  #clipNorm(gradients: number, n: number, limit: number): number {
    const { kernels } = this.#network.layout;
    const place = this.#block + this.#stateSize;
    kernels.squaredNorm(gradients, place, n);
    const squares = this.#heap.numbers[place];
    const scale = clipScale(limit, Math.sqrt(squares));
    if (scale !== 1) kernels.scaleBy(gradients, scale, n);
    return squares;
  }

  #checkAlive(method: string): void {
    if (this.#isDisposed) throw disposed(method);
    if (this.#network.isDisposed) {
      throw new Error(`Optimizer.${method}: its network has been disposed of.`);
    }
  }
}

function disposed(method: string): Error {
  return new Error(`Optimizer.${method}: the optimizer has been disposed of.`);
}
