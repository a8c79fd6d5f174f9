import { checkInteger, checkLength } from '../../core/check.ts';
import type { Network } from '../network.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import {
  type OptimizerSpecification,
  optimizerDefinition,
  resolveOptimizer,
} from '../optimizers/specification.ts';
import type { Backend } from './backend.ts';
import { TfjsNetwork } from './network.ts';
import { stepTensors } from './step-tensors.ts';

/** The optimizer of a `TfjsNetwork`. */
export class TfjsOptimizer implements Optimizer<Float32Array> {
  readonly specification: OptimizerSpecification;
  readonly gradientNorm = null; // norms stay on the device
  readonly #network: TfjsNetwork;
  readonly #state: Float32Array;
  #updates = 0;
  #isDisposed = false;

  /** @throws RangeError if the network is on another backend, or an option is unknown. */
  constructor(
    network: Network<Float32Array>,
    backend: Backend,
    specification: OptimizerSpecification,
  ) {
    if (!(network instanceof TfjsNetwork) || network.backend !== backend) {
      throw new RangeError('optimize: the network must be one of this engine.');
    }
    this.specification = resolveOptimizer(specification);
    this.#network = network;
    this.#state = firstState(this.specification, network.parameters.length);
  }

  get updates(): number {
    return this.#updates;
  }

  get state(): Float32Array {
    this.#checkAlive('state');
    return this.#state;
  }

  step(): void {
    this.#checkAlive('step');
    const { plan, parameters, gradients, backend } = this.#network;
    const { tf } = backend;
    const n = parameters.length;
    const updates = this.#updates++;
    const after = backend.tidy(() => {
      const slots = Array.from({ length: this.#state.length / n }, (_, i) =>
        this.#state.slice(i * n, (i + 1) * n),
      );
      const before = [parameters.slice(), gradients.slice(), ...slots];
      const tensors = before.map((numbers) => tf.tensor1d(numbers));
      return stepTensors(tf, plan, this.specification, tensors, updates);
    });
    parameters.set(backend.take(after[0]));
    gradients.set(backend.take(after[1]));
    after.slice(2).forEach((tensor, i) => {
      this.#state.set(backend.take(tensor), i * n);
    });
  }

  restore(state: Float32Array, updates: number): void {
    this.#checkAlive('restore');
    checkLength('Optimizer.restore: state', state, this.#state.length);
    checkInteger('Optimizer.restore: updates', updates, 0);
    this.#state.set(state);
    this.#updates = updates;
  }

  dispose(): void {
    this.#checkAlive('dispose');
    this.#isDisposed = true;
  }

  #checkAlive(method: string): void {
    if (this.#isDisposed) {
      throw new Error(`Optimizer.${method}: the optimizer has been disposed of.`);
    }
  }
}

/** What an optimizer remembers before its first update, `[slots × parameterCount]`. */
export function firstState(specification: OptimizerSpecification, n: number): Float32Array {
  const slots = optimizerDefinition(specification).slots(specification);
  const state = new Float32Array(slots.length * n);
  slots.forEach(({ initial }, i) => {
    state.fill(initial, i * n, (i + 1) * n);
  });
  return state;
}
