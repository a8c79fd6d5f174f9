import { Alea } from '../../core/alea.ts';
import type { ForwardOptions } from '../../networks/network.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import {
  type NetworkOptions,
  network,
} from '../../networks/specification/network-specification.ts';

/** How to check. */
export interface GradientCheckOptions {
  readonly rows?: number;
  readonly seed?: number;
  readonly forward?: Omit<ForwardOptions<Float64Array>, 'state'>;
  /** Inputs are normal draws times this. Default 1. */
  readonly inputScale?: number;
  /** Step of the central difference. Default 1e-5. */
  readonly step?: number;
}

/**
 * The largest relative error of analytic gradients, of parameters and inputs, in float64.
 *
 * The loss is Σ cᵢ yᵢ with random c, so ∂loss/∂y = c; the truth is (loss(θ + h) − loss(θ − h)) / 2h.
 * Errors are relative to the larger of the two and at least to a thousandth of the largest gradient.
 * Recurrent layers begin with a random state. Networks that draw noise are given the same draws each
 * time by being made anew from the seed.
 */
export function gradientError(
  options: NetworkOptions,
  { rows = 3, seed = 1, forward = {}, inputScale = 1, step = 1e-5 }: GradientCheckOptions = {},
): number {
  const specification = network(options);
  const rng = new Alea(seed, 'gradient-check');
  const make = () =>
    new ReferenceEngine((length) => new Float64Array(length)).create(specification, {
      seed,
      inputGradients: true,
    });
  const analytic = make();
  const parameters = analytic.parameters.map((p) => p + 0.1 * rng.normal()); // biases not at 0
  const inputs = Float64Array.from(
    { length: rows * analytic.inputSize },
    () => inputScale * rng.normal(),
  );
  const weights = Float64Array.from({ length: rows * analytic.outputSize }, () => rng.normal());
  const state = Float64Array.from(
    { length: (rows / (forward.steps ?? 1)) * analytic.plan.stateSize },
    () => rng.normal(),
  );
  const loss = (): number => {
    const fresh = make();
    fresh.parameters.set(parameters);
    const outputs = fresh.forward(inputs, rows, { ...forward, state: state.slice() });
    return outputs.reduce((sum, y, i) => sum + weights[i] * y, 0);
  };
  analytic.parameters.set(parameters);
  analytic.forward(inputs, rows, { ...forward, state: state.slice() });
  analytic.backward(weights.slice());
  return Math.max(
    worstError(analytic.gradients, parameters, loss, step),
    worstError(analytic.inputGradients, inputs, loss, step),
  );
}

function worstError(
  gradients: Float64Array,
  values: Float64Array,
  loss: () => number,
  step: number,
): number {
  const differences = values.map((value, i) => {
    values[i] = value + step;
    const above = loss();
    values[i] = value - step;
    const below = loss();
    values[i] = value;
    return (above - below) / (2 * step);
  });
  const largest = differences.reduce((most, d) => Math.max(most, Math.abs(d)), 0);
  const errors = [...differences].map((truth, i) => {
    const size = Math.max(Math.abs(truth), Math.abs(gradients[i]), largest / 1000);
    return size === 0 ? 0 : Math.abs(truth - gradients[i]) / size;
  });
  return Math.max(0, ...errors);
}
