import type { CreateOptions, Engine } from '../engine.ts';
import type { Network } from '../network.ts';
import type { Optimizer } from '../optimizers/optimizer.ts';
import type { OptimizerSpecification } from '../optimizers/specification.ts';
import type { NetworkSpecification } from '../specification/network-specification.ts';
import type { Backend } from './backend.ts';
import { TfjsNetwork } from './network.ts';
import { TfjsOptimizer } from './optimizer.ts';

/** TensorFlow.js as an engine that answers at once: on `tfjs-node-gpu`, `tfjs-node` and `cpu`. */
export class TfjsEngine implements Engine<Float32Array> {
  /** The backend's name, `tfjs-` before it where it has none: `tfjs-node`, `tfjs-cpu`. */
  readonly name: string;
  readonly backend: Backend;

  /** @throws RangeError if the backend answers later: it takes a `Learner`. */
  constructor(backend: Backend) {
    if (!backend.isSynchronous) {
      throw new RangeError(
        `TfjsEngine: ${backend.name} does not answer at once. Make a TfjsLearner on it.`,
      );
    }
    this.name = backend.name.startsWith('tfjs-') ? backend.name : `tfjs-${backend.name}`;
    this.backend = backend;
  }

  create(specification: NetworkSpecification, options?: CreateOptions): Network<Float32Array> {
    return new TfjsNetwork(specification, this.backend, options);
  }

  optimize(
    network: Network<Float32Array>,
    specification: OptimizerSpecification,
  ): Optimizer<Float32Array> {
    return new TfjsOptimizer(network, this.backend, specification);
  }
}
