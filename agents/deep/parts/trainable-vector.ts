import type { Engine } from '../../../networks/engine.ts';
import { dense } from '../../../networks/layers/dense.ts';
import type { OptimizerSpecification } from '../../../networks/optimizers/specification.ts';
import { network } from '../../../networks/specification/network-specification.ts';
import { TrainableNetwork } from './trainable-network.ts';

const ONE = Float32Array.of(1);

/** What numbers are learned. */
export interface TrainableVectorOptions {
  /** Theirs, for errors and where they are saved. */
  readonly name: string;
  readonly size: number;
  /** What each of them is at first. */
  readonly initial: number;
  readonly engine: Engine;
  readonly optimizer: OptimizerSpecification;
}

/** Numbers that are learned by themselves: the weights of a network whose one input is 1. */
export class TrainableVector extends TrainableNetwork {
  constructor({ name, size, initial, engine, optimizer }: TrainableVectorOptions) {
    const initializer = { kind: 'constant', value: initial } as const;
    const heads = { [name]: [dense(size, { bias: false, initializer })] };
    super(engine, network({ input: [1], heads }), optimizer, {});
  }

  /** `[size]`; the engine's memory may move, so ask each time. */
  get values(): Float32Array {
    return this.network.parameters;
  }

  /**
   * One gradient step.
   *
   * @param where Whose loss it is, for errors.
   * @param gradients ∂loss/∂values, `[size]`.
   * @throws Error if the loss is not finite.
   */
  learn(where: string, loss: number, gradients: Float32Array): void {
    this.forward(ONE, 1);
    this.update(where, loss, gradients);
  }
}
