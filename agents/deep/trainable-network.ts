import { checkSavedHeader, type SavedData, savedHeader, savedObject } from '../../core/saved.ts';
import type { CreateOptions, Engine } from '../../networks/engine.ts';
import type { ForwardOptions, Network } from '../../networks/network.ts';
import type { Optimizer } from '../../networks/optimizers/optimizer.ts';
import type { OptimizerSpecification } from '../../networks/optimizers/specification.ts';
import { restoreNetwork, saveNetwork } from '../../networks/saved/saved-network.ts';
import { restoreOptimizer, saveOptimizer } from '../../networks/saved/saved-optimizer.ts';
import type { NetworkSpecification } from '../../networks/specification/network-specification.ts';
import type { SavedPart } from '../saved-parts.ts';
import { refuseUnlessFinite } from './finite.ts';

/** A network that learns: with its optimizer, saved and restored as one. */
export class TrainableNetwork implements SavedPart {
  readonly network: Network;
  readonly optimizer: Optimizer;

  /** @throws RangeError if a layer does not fit the one before, or an option is unknown. */
  constructor(
    engine: Engine,
    specification: NetworkSpecification,
    optimizer: OptimizerSpecification,
    options: CreateOptions,
  ) {
    this.network = engine.create(specification, options);
    this.optimizer = engine.optimize(this.network, optimizer);
  }

  /** Gradient steps taken. */
  get updates(): number {
    return this.optimizer.updates;
  }

  /** The outputs for some inputs, `[rows × outputSize]`, until the next call. */
  forward(inputs: Float32Array, rows: number, options?: ForwardOptions): Float32Array {
    return this.network.forward(inputs, rows, options);
  }

  /**
   * One gradient step.
   *
   * @param where Whose loss it is, for errors.
   * @param outputGradients ∂loss/∂outputs, `[rows × outputSize]`, of the last `forward`.
   * @throws Error if the loss is not finite, naming the tensor that is not; nothing has changed then.
   */
  update(where: string, loss: number, outputGradients: Float32Array): void {
    if (!Number.isFinite(loss)) refuseUnlessFinite(where, this, loss);
    this.network.backward(outputGradients);
    this.optimizer.step();
  }

  snapshot(): SavedData {
    return {
      ...savedHeader('trainable-network', 1),
      network: saveNetwork(this.network),
      optimizer: saveOptimizer(this.optimizer),
    };
  }

  restore(saved: SavedData): void {
    const where = 'TrainableNetwork.restore';
    checkSavedHeader(where, saved, 'trainable-network', 1);
    const network = savedObject(where, saved, 'network');
    const optimizer = savedObject(where, saved, 'optimizer');
    const before = saveNetwork(this.network);
    restoreNetwork(this.network, network);
    try {
      restoreOptimizer(this.optimizer, optimizer);
    } catch (error) {
      restoreNetwork(this.network, before);
      throw error;
    }
  }
}
