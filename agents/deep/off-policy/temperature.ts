import { exp, log } from '../../../core/math.ts';
import type { Engine } from '../../../networks/engine.ts';
import { dense } from '../../../networks/layers/dense.ts';
import type { OptimizerSpecification } from '../../../networks/optimizers/specification.ts';
import { network } from '../../../networks/specification/network-specification.ts';
import type { SavedParts } from '../../saved-parts.ts';
import { TrainableNetwork } from '../parts/trainable-network.ts';

const ONE = Float32Array.of(1);

/**
 * α, the weight of the entropy: fixed, or learned so that the entropy becomes what is sought.
 *
 *     J = −log α · mean (log π(a | s) + H̄)
 *
 * Source: Haarnoja et al. (2018), "Soft actor-critic algorithms and applications", equation 18, with
 * log α in place of α as in its program.
 */
export class Temperature {
  /** What is to be saved. */
  readonly parts: SavedParts;
  readonly #learned: TrainableNetwork | null; // log α, as the weight of a network whose input is 1
  readonly #fixed: number;
  readonly #targetEntropy: number;
  readonly #gradient = new Float32Array(1);

  /** @param initial α, above 0. */
  constructor(
    initial: number,
    learned: { engine: Engine; optimizer: OptimizerSpecification; targetEntropy: number } | null,
  ) {
    this.#fixed = initial;
    this.#targetEntropy = learned?.targetEntropy ?? 0;
    this.#learned = null;
    if (learned !== null) {
      const initializer = { kind: 'constant', value: log(initial) } as const;
      const head = [dense(1, { bias: false, initializer })];
      const specification = network({ input: [1], heads: { logTemperature: head } });
      this.#learned = new TrainableNetwork(learned.engine, specification, learned.optimizer, {});
    }
    this.parts = this.#learned === null ? {} : { temperature: this.#learned };
  }

  /** α. */
  get value(): number {
    return this.#learned === null ? this.#fixed : exp(this.#learned.network.parameters[0]);
  }

  /** One gradient step, where α is learned. @param logProbabilities Of drawn actions. */
  update(where: string, logProbabilities: Float32Array): void {
    if (this.#learned === null) return;
    let sum = 0;
    for (let i = 0; i < logProbabilities.length; i++) sum += logProbabilities[i];
    const mean = sum / logProbabilities.length;
    const [logTemperature] = this.#learned.forward(ONE, 1);
    this.#gradient[0] = -(mean + this.#targetEntropy);
    this.#learned.update(where, logTemperature * this.#gradient[0], this.#gradient);
  }
}
