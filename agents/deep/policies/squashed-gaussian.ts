import { exp, log, PI, tanh } from '../../../core/math.ts';
import type { Rng } from '../../../core/rng.ts';
import { dense } from '../../../networks/layers/dense.ts';
import type { SavedParts } from '../../saved-parts.ts';
import { logSlope, squashGradient } from './squash.ts';
import type { Heads, SquashedPolicy } from './squashed-policy.ts';

const HALF_LOG_2_PI = 0.5 * log(2 * PI);
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
export class SquashedGaussian implements SquashedPolicy {
  readonly size: number;
  readonly parts: SavedParts = {};
  readonly actions: Float32Array;
  readonly logProbabilities: Float32Array;
  readonly #noise: Float32Array; // ε

  /**
   * @param rows Of a batch.
   * @param size Numbers of an action.
   */
  constructor(rows: number, size: number) {
    this.size = size;
    this.actions = new Float32Array(rows * size);
    this.logProbabilities = new Float32Array(rows);
    this.#noise = new Float32Array(rows * size);
  }

  explore(outputs: Float32Array, _rows: number, rng: Rng, actions: Float32Array): void {
    const { size } = this;
    for (let i = 0; i < actions.length; i++) {
      const first = 2 * size * Math.floor(i / size) + (i % size);
      actions[i] = tanh(outputs[first] + exp(cut(outputs[first + size])) * rng.normal());
    }
  }

  choose(outputs: Float32Array, _rows: number, actions: Float32Array): void {
    const { size } = this;
    for (let i = 0; i < actions.length; i++) {
      actions[i] = tanh(outputs[2 * size * Math.floor(i / size) + (i % size)]);
    }
  }

  /** Does nothing: every draw has noise of its own. */
  renew(): void {}

  /** @param outputs `[rows × 2 size]`. */
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
        logProbability -= logSlope(action);
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
    const { size, actions } = this;
    for (let row = 0; row < rows; row++) {
      for (let i = 0; i < size; i++) {
        const action = actions[row * size + i];
        const slope = 1 - action * action; // ∂a/∂u
        const byLog = squashGradient(action); // ∂ log π/∂u, but for what σ adds
        const byMean = temperature * byLog - actionGradients[row * size + i] * slope;
        const raw = outputs[(2 * row + 1) * size + i];
        const deviation = exp(cut(raw));
        const byLogDeviation = byMean * deviation * this.#noise[row * size + i] - temperature;
        gradients[2 * row * size + i] = scale * byMean;
        gradients[(2 * row + 1) * size + i] = raw === cut(raw) ? scale * byLogDeviation : 0;
      }
    }
  }

  /** Does nothing: all that it learns is in the actor's network. */
  update(): void {}
}

/** What the actor's network ends in: means, then log σ. */
export function squashedGaussianHeads(size: number): Heads {
  return { policy: [dense(2 * size, { initializer: 'fan-in-uniform' })] };
}

function cut(logDeviation: number): number {
  return Math.max(LEAST, Math.min(MOST, logDeviation));
}
