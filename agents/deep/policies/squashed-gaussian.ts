import { exp, log, PI, tanh } from '../../../core/math.ts';
import type { Rng } from '../../../core/rng.ts';

const HALF_LOG_2_PI = 0.5 * log(2 * PI);
const TINY = 1e-6; // keeps log(1 − a²) finite
const [LEAST, MOST] = [-20, 2]; // of log σ

/**
 * A normal distribution that tanh brings to [−1, 1]: a row of outputs has the means μ, then log σ.
 *
 *     u = μ + σ ε,  a = tanh u,  ε standard normal
 *     log π(a) = Σ −½ ε² − log σ − ½ log 2π − log(1 − a² + 10⁻⁶)
 *
 * Draws are kept, so that a gradient can go through them to μ and σ (the reparameterization trick).
 *
 * Source: Haarnoja et al. (2018), "Soft actor-critic: off-policy maximum entropy deep reinforcement
 * learning with a stochastic actor", appendix C. log σ is cut to [−20, 2], as in its first program.
 */
export class SquashedGaussian {
  readonly size: number;
  /** a, `[rows × size]`, of the last draw. */
  readonly actions: Float32Array;
  /** log π(a | s), `[rows]`, of the last draw. */
  readonly logProbabilities: Float32Array;
  readonly #noise: Float32Array; // ε

  constructor(rows: number, size: number) {
    this.size = size;
    this.actions = new Float32Array(rows * size);
    this.logProbabilities = new Float32Array(rows);
    this.#noise = new Float32Array(rows * size);
  }

  /** Draws an action for each row of outputs, `[rows × 2 size]`. */
  draw(outputs: Float32Array, rows: number, rng: Rng): void {
    const { size, actions } = this;
    for (let row = 0; row < rows; row++) {
      let logProbability = 0;
      for (let i = 0; i < size; i++) {
        const mean = outputs[2 * row * size + i];
        const logDeviation = cut(outputs[(2 * row + 1) * size + i]);
        const noise = rng.normal();
        const action = tanh(mean + exp(logDeviation) * noise);
        this.#noise[row * size + i] = noise;
        actions[row * size + i] = action;
        logProbability -= 0.5 * noise * noise + logDeviation + HALF_LOG_2_PI;
        logProbability -= log(1 - action * action + TINY);
      }
      this.logProbabilities[row] = logProbability;
    }
  }

  /**
   * The gradient of Σ over rows of temperature · log π(a | s) − Q(s, a), with a of the last draw.
   *
   * @param actionGradients ∂Q/∂a, `[rows × size]`.
   * @param scale By which it is multiplied.
   * @param gradients Written, as `outputs`.
   */
  writeGradient(
    outputs: Float32Array,
    rows: number,
    temperature: number,
    actionGradients: Float32Array,
    scale: number,
    gradients: Float32Array,
  ): void {
    const { size, actions } = this;
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < size; i++) {
        const action = actions[row * size + i];
        const slope = 1 - action * action; // ∂a/∂u
        const byLog = (2 * action * slope) / (slope + TINY); // ∂ log π/∂u, but for what σ adds
        const byMean = temperature * byLog - actionGradients[row * size + i] * slope;
        const raw = outputs[(2 * row + 1) * size + i];
        const deviation = exp(cut(raw));
        const byLogDeviation = byMean * deviation * this.#noise[row * size + i] - temperature;
        gradients[2 * row * size + i] = scale * byMean;
        gradients[(2 * row + 1) * size + i] = raw === cut(raw) ? scale * byLogDeviation : 0;
      }
    }
  }
}

/** tanh μ of each row, the middle of the distribution. */
export function writeSquashedMeans(
  outputs: Float32Array,
  size: number,
  actions: Float32Array,
): void {
  for (let i = 0; i < actions.length; i++) {
    const row = Math.floor(i / size);
    actions[i] = tanh(outputs[2 * row * size + (i % size)]);
  }
}

function cut(logDeviation: number): number {
  return Math.max(LEAST, Math.min(MOST, logDeviation));
}
