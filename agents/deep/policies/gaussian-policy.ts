import { exp, log, PI } from '../../../core/math.ts';
import type { Box, Space } from '../../../core/space.ts';
import { describeSpace } from '../../../core/spaces/describe.ts';
import type { Engine } from '../../../networks/engine.ts';
import { dense } from '../../../networks/layers/dense.ts';
import type { OptimizerSpecification } from '../../../networks/optimizers/specification.ts';
import { TrainableVector } from '../parts/trainable-vector.ts';
import type { PolicyForm } from './policy-form.ts';

const HALF_LOG_2_PI = 0.5 * log(2 * PI);

/** What a Gaussian policy is like. */
export interface GaussianPolicyOptions {
  readonly engine: Engine;
  readonly optimizer: OptimizerSpecification;
  /** Of the orthogonal start of the head: small, so that the first means are near 0. */
  readonly gain: number;
  /** log σ at the start. */
  readonly logDeviation: number;
}

/**
 * A normal distribution for each number of an action: outputs are the means μ; the deviations σ are
 * learned, and the same in all states.
 *
 *     log π(a) = −Σ ½ ((a − μ) / σ)² + log σ + ½ log 2π
 *     ∂/∂μ = (a − μ) / σ²,  ∂/∂ log σ = ((a − μ) / σ)² − 1
 *     H = Σ log σ + ½ + ½ log 2π
 *     KL(μ₀, σ₀ ‖ μ, σ) = Σ log σ − log σ₀ + (σ₀² + (μ₀ − μ)²) / 2σ² − ½
 *     ∂ KL / ∂μ = (μ − μ₀) / σ²,  ∂ KL / ∂ log σ = 1 − (σ₀² + (μ₀ − μ)²) / σ²
 *
 * Actions are drawn without bounds; what lies outside of the world's is cut off at the world.
 *
 * Source: Schulman et al. (2017), "Proximal policy optimization algorithms", section 6.1. Where an
 * optimizer clips gradients by their norm, those of log σ are clipped by themselves.
 */
export function gaussianPolicy(size: number, options: GaussianPolicyOptions): PolicyForm {
  const { engine, optimizer, logDeviation: initial, gain } = options;
  const deviations = new TrainableVector({
    name: 'logDeviations',
    size,
    initial,
    engine,
    optimizer,
  });
  const byDeviation = new Float32Array(size); // ∂/∂ log σ, summed since the last update
  let logs = deviations.values;

  /** The engine's memory may have moved. */
  function refresh(): void {
    logs = deviations.values;
  }

  return {
    head: [dense(size, { initializer: { kind: 'orthogonal', gain } })],
    size,
    actionSize: size,
    policySize: 2 * size, // μ, then log σ
    parts: { deviations },

    draw(outputs, first, rng, actions, row) {
      refresh();
      for (let i = 0; i < size; i++) {
        actions[row * size + i] = outputs[first + i] + exp(logs[i]) * rng.normal();
      }
    },

    choose(outputs, first, actions, row) {
      for (let i = 0; i < size; i++) actions[row * size + i] = outputs[first + i];
    },

    evaluate(outputs, first, actions, row, result) {
      refresh();
      let logProbability = 0;
      let entropy = 0;
      for (let i = 0; i < size; i++) {
        const distance = (actions[row * size + i] - outputs[first + i]) / exp(logs[i]);
        logProbability -= 0.5 * distance * distance + logs[i] + HALF_LOG_2_PI;
        entropy += logs[i] + 0.5 + HALF_LOG_2_PI;
      }
      result[0] = logProbability;
      result[1] = entropy;
    },

    writeGradient(outputs, first, actions, row, byLog, byEntropy, gradients) {
      refresh();
      for (let i = 0; i < size; i++) {
        const deviation = exp(logs[i]);
        const distance = (actions[row * size + i] - outputs[first + i]) / deviation;
        gradients[first + i] = (byLog * distance) / deviation;
        byDeviation[i] += byLog * (distance * distance - 1) + byEntropy;
      }
    },

    describe(outputs, first, policies, row) {
      refresh();
      for (let i = 0; i < size; i++) {
        policies[2 * row * size + i] = outputs[first + i];
        policies[(2 * row + 1) * size + i] = logs[i];
      }
    },

    divergence(outputs, first, policies, row, result) {
      refresh();
      result[0] = 0;
      for (let i = 0; i < size; i++) {
        const change = logs[i] - policies[(2 * row + 1) * size + i];
        const moved = (outputs[first + i] - policies[2 * row * size + i]) / exp(logs[i]);
        result[0] += change + 0.5 * (exp(-2 * change) + moved * moved - 1);
      }
    },

    addDivergenceGradient(outputs, first, policies, row, byDivergence, gradients) {
      refresh();
      for (let i = 0; i < size; i++) {
        const change = logs[i] - policies[(2 * row + 1) * size + i];
        const deviation = exp(logs[i]);
        const moved = (outputs[first + i] - policies[2 * row * size + i]) / deviation;
        gradients[first + i] += (byDivergence * moved) / deviation;
        byDeviation[i] += byDivergence * (1 - exp(-2 * change) - moved * moved);
      }
    },

    update() {
      deviations.learn('GaussianPolicy', 0, byDeviation);
      byDeviation.fill(0);
    },
  };
}

/**
 * @param others What actions may be besides, for errors.
 * @throws RangeError unless the space is a `Box` of real numbers; says what it is.
 */
export function requireRealBox(where: string, space: Space, others = ''): Box {
  if (space.kind === 'box' && space.dtype === 'float32') return space as Box;
  throw new RangeError(
    `${where}: actions must be ${others}a Box of float32, got ${describeSpace(space)}.`,
  );
}
