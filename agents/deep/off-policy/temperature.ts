import { checkPositive, show } from '../../../core/check.ts';
import { exp, log } from '../../../core/math.ts';
import type { Engine } from '../../../networks/engine.ts';
import type { OptimizerSpecification } from '../../../networks/optimizers/specification.ts';
import type { SavedParts } from '../../saved-parts.ts';
import { TrainableVector } from '../parts/trainable-vector.ts';

/** What an agent is told of its α. */
export interface TemperatureOptions {
  /** Above 0, or `auto` to learn it. */
  readonly temperature: number | 'auto';
  /** Where a learned one begins, above 0. */
  readonly initialTemperature: number;
  readonly optimizer: OptimizerSpecification;
}

/** @throws RangeError if α is out of range. */
export function checkTemperature(
  where: string,
  { temperature, initialTemperature }: Omit<TemperatureOptions, 'optimizer'>,
): void {
  checkPositive(`${where}: initialTemperature`, initialTemperature);
  if (temperature === 'auto') return;
  if (typeof temperature === 'number' && temperature > 0 && temperature < Infinity) return;
  throw new RangeError(
    `${where}: temperature must be a finite number above 0, or "auto" to learn it, got ${show(temperature)}.`,
  );
}

/** α as the options have it. */
export function createTemperature(options: TemperatureOptions, engine: Engine): Temperature {
  const { temperature, initialTemperature, optimizer } = options;
  if (temperature !== 'auto') return new Temperature(temperature, null);
  return new Temperature(initialTemperature, { engine, optimizer });
}

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
  readonly #learned: TrainableVector | null; // log α
  readonly #fixed: number;
  readonly #gradient = new Float32Array(1);

  /** @param initial α, above 0. */
  constructor(
    initial: number,
    learned: { engine: Engine; optimizer: OptimizerSpecification } | null,
  ) {
    this.#fixed = initial;
    this.#learned =
      learned &&
      new TrainableVector({ name: 'logTemperature', size: 1, initial: log(initial), ...learned });
    this.parts = this.#learned === null ? {} : { temperature: this.#learned };
  }

  /** α. */
  get value(): number {
    return this.#learned === null ? this.#fixed : exp(this.#learned.values[0]);
  }

  /**
   * One gradient step, where α is learned.
   *
   * @param where Whose step it is, for errors.
   * @param logProbabilities Of drawn actions.
   * @param targetEntropy H̄, what is sought, in nats.
   */
  update(where: string, logProbabilities: Float32Array, targetEntropy: number): void {
    if (this.#learned === null) return;
    let sum = 0;
    for (let i = 0; i < logProbabilities.length; i++) sum += logProbabilities[i];
    const mean = sum / logProbabilities.length;
    const [logTemperature] = this.#learned.values;
    this.#gradient[0] = -(mean + targetEntropy);
    this.#learned.learn(
      `${where}, temperature`,
      logTemperature * this.#gradient[0],
      this.#gradient,
    );
  }
}
