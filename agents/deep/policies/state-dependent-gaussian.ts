import { exp, log, PI, tanh } from '../../../core/math.ts';
import type { Rng } from '../../../core/rng.ts';
import type { Engine } from '../../../networks/engine.ts';
import { dense } from '../../../networks/layers/dense.ts';
import type { OptimizerSpecification } from '../../../networks/optimizers/specification.ts';
import type { SavedParts } from '../../saved-parts.ts';
import { StepCount } from '../../step-count.ts';
import { checkCopies } from '../../task.ts';
import { TrainableVector } from '../parts/trainable-vector.ts';
import { logSlope, squashGradient } from './squash.ts';
import type { Heads, SquashedPolicy } from './squashed-policy.ts';

const HALF_LOG_2_PI = 0.5 * log(2 * PI);
const LEAST_VARIANCE = 1e-6; // is added to every one
const MOST_MEAN = 2; // of |μ|: tanh 2 = 0.964

/** What a state-dependent policy is like. */
export interface StateDependentOptions {
  /** Rows of a batch. */
  readonly rows: number;
  /** Numbers of an action, A. */
  readonly size: number;
  /** Numbers of φ, F. */
  readonly features: number;
  /** Copies of the world, each with noise of its own. */
  readonly copies: number;
  /** log σ at the start. */
  readonly logDeviation: number;
  /** Steps of a copy with the same noise; `null` for as many as there are between two updates. */
  readonly sampleEvery: number | null;
  readonly engine: Engine;
  /** Of log σ. */
  readonly optimizer: OptimizerSpecification;
}

/**
 * A normal distribution whose noise is a function of the state, and the same function for a while: a row
 * of outputs has the means μ, then the features φ(s), what the last hidden layer gives.
 *
 *     u = μ + φ θ,  θ = σ ⊙ ε,  a = tanh u,   ε [F × A] standard normal, σ [F × A] learned
 *     log π(a) = Σ −½ (u − μ)²/v − ½ log v − ½ log 2π − log(1 − a² + 10⁻⁶),  v = φ² σ² + 10⁻⁶
 *
 * So a state gets the same action as long as ε stays, and what a robot does is smooth. All rows of an
 * update have one ε in common.
 *
 * Source: Raffin, Kober & Stulp (2021), "Smooth exploration for robotic reinforcement learning", as in
 * Stable-Baselines3 (`use_sde`), which cuts μ to [−2, 2] too. Differs from it in that ε stays where an
 * update changes σ, and that `sampleEvery` counts on over updates.
 */
export class StateDependentGaussian implements SquashedPolicy {
  readonly parts: SavedParts;
  readonly actions: Float32Array;
  readonly logProbabilities: Float32Array;
  /** log σ, `[F × A]`. */
  readonly deviations: TrainableVector;

  readonly #options: StateDependentOptions;
  readonly #copyNoise: Float32Array; // ε of each copy, [copies × F × A]
  readonly #age = new StepCount(); // steps that it has been acted with; at 0 it is drawn
  readonly #noise: Float32Array; // ε of an update
  readonly #sigmas: Float32Array; // σ, as of the last look
  readonly #distances: Float32Array; // u − μ of the last draw, [rows × A]
  readonly #variances: Float32Array; // v of the last draw
  readonly #gradients: Float32Array; // ∂/∂ log σ, summed since the last update
  readonly #result = new Float64Array(2); // of one number of an action: u − μ, v

  constructor(options: StateDependentOptions) {
    const { rows, size, features, copies, engine, optimizer } = options;
    this.#options = options;
    this.deviations = new TrainableVector({
      name: 'logDeviations',
      size: features * size,
      initial: options.logDeviation,
      engine,
      optimizer,
    });
    this.actions = new Float32Array(rows * size);
    this.logProbabilities = new Float32Array(rows);
    this.#distances = new Float32Array(rows * size);
    this.#variances = new Float32Array(rows * size);
    this.#copyNoise = new Float32Array(copies * features * size);
    this.#noise = new Float32Array(features * size);
    this.#sigmas = new Float32Array(features * size);
    this.#gradients = new Float32Array(features * size);
    this.parts = { deviations: this.deviations, noise: this.#copyNoise, noiseAge: this.#age };
  }

  /**
   * Draws the actions of a step of the world.
   *
   * @throws RangeError unless there is a row for each copy of the world.
   */
  explore(outputs: Float32Array, rows: number, rng: Rng, actions: Float32Array): void {
    const { size, features, copies, sampleEvery } = this.#options;
    checkCopies('StateDependentGaussian.explore', rows, copies);
    if (sampleEvery !== null && this.#age.value >= sampleEvery) this.#age.value = 0;
    if (this.#age.value === 0) fillNormal(this.#copyNoise, rng);
    this.#age.value++;
    this.#look();
    const result = this.#result;
    for (let row = 0; row < rows; row++) {
      const first = row * (size + features);
      for (let i = 0; i < size; i++) {
        this.#disturb(outputs, first, i, this.#copyNoise, row * features * size);
        actions[row * size + i] = tanh(cut(outputs[first + i]) + result[0]);
      }
    }
  }

  choose(outputs: Float32Array, rows: number, actions: Float32Array): void {
    const { size, features } = this.#options;
    for (let row = 0; row < rows; row++) {
      const first = row * (size + features);
      for (let i = 0; i < size; i++) actions[row * size + i] = tanh(cut(outputs[first + i]));
    }
  }

  renew(rng: Rng): void {
    fillNormal(this.#noise, rng);
  }

  /** @param outputs `[rows × (A + F)]`. */
  draw(outputs: Float32Array, rows: number): void {
    const { size, features } = this.#options;
    this.#look();
    const result = this.#result;
    for (let row = 0; row < rows; row++) {
      const first = row * (size + features);
      let logProbability = 0;
      for (let i = 0; i < size; i++) {
        this.#disturb(outputs, first, i, this.#noise, 0);
        const [distance, variance] = [result[0], result[1]];
        const action = tanh(cut(outputs[first + i]) + distance);
        this.#distances[row * size + i] = distance;
        this.#variances[row * size + i] = variance;
        this.actions[row * size + i] = action;
        logProbability -= (0.5 * distance * distance) / variance + 0.5 * log(variance);
        logProbability -= HALF_LOG_2_PI + logSlope(action);
      }
      this.logProbabilities[row] = logProbability;
    }
  }

  writeGradient(
    outputs: Float32Array,
    rows: number,
    temperature: number,
    actionGradients: Float32Array,
    scale: number,
    gradients: Float32Array,
  ): void {
    const { size, features } = this.#options;
    for (let row = 0; row < rows; row++) {
      const first = row * (size + features);
      gradients.fill(0, first + size, first + size + features);
      for (let i = 0; i < size; i++) {
        const action = this.actions[row * size + i];
        const slope = 1 - action * action; // ∂a/∂u
        const byU = temperature * squashGradient(action) - actionGradients[row * size + i] * slope;
        const mean = outputs[first + i];
        gradients[first + i] = mean === cut(mean) ? scale * byU : 0;

        // Through u − μ and v to φ and log σ.
        const distance = this.#distances[row * size + i];
        const variance = this.#variances[row * size + i];
        const byDistance = scale * (byU - (temperature * distance) / variance);
        const byVariance =
          (-0.5 * scale * temperature * (1 - (distance * distance) / variance)) / variance;
        this.#addGradients(outputs, first, i, byDistance, byVariance, gradients);
      }
    }
  }

  update(): void {
    this.deviations.learn('StateDependentGaussian', 0, this.#gradients);
    this.#gradients.fill(0);
    if (this.#options.sampleEvery === null) this.#age.value = 0;
  }

  /** Takes σ from what is learned; the engine's memory may have moved. */
  #look(): void {
    const { values } = this.deviations;
    for (let k = 0; k < this.#sigmas.length; k++) this.#sigmas[k] = exp(values[k]);
  }

  /** Writes u − μ and v of number `i` of an action into the result. */
  #disturb(
    outputs: Float32Array,
    first: number,
    i: number,
    noise: Float32Array,
    noiseFirst: number,
  ): void {
    const { size, features } = this.#options;
    let distance = 0;
    let variance = LEAST_VARIANCE;
    for (let f = 0; f < features; f++) {
      const k = f * size + i;
      const deviation = outputs[first + size + f] * this.#sigmas[k]; // φ σ
      distance += deviation * noise[noiseFirst + k];
      variance += deviation * deviation;
    }
    this.#result[0] = distance;
    this.#result[1] = variance;
  }

  /** Adds to the gradients of φ, `[…, A + F]`, and to those of log σ. */
  #addGradients(
    outputs: Float32Array,
    first: number,
    i: number,
    byDistance: number,
    byVariance: number,
    gradients: Float32Array,
  ): void {
    const { size, features } = this.#options;
    for (let f = 0; f < features; f++) {
      const k = f * size + i;
      const feature = outputs[first + size + f];
      const sigma = this.#sigmas[k];
      // u − μ = Σ φ σ ε, v = Σ (φ σ)².
      const byDeviation = byDistance * this.#noise[k] + 2 * byVariance * feature * sigma;
      gradients[first + size + f] += byDeviation * sigma;
      this.#gradients[k] += byDeviation * feature * sigma;
    }
  }
}

/** What the actor's network ends in: means, then what its body gives. */
export function stateDependentHeads(size: number): Heads {
  return { policy: [dense(size, { initializer: 'fan-in-uniform' })], features: [] };
}

function fillNormal(noise: Float32Array, rng: Rng): void {
  for (let k = 0; k < noise.length; k++) noise[k] = rng.normal();
}

function cut(mean: number): number {
  return Math.max(-MOST_MEAN, Math.min(MOST_MEAN, mean));
}
