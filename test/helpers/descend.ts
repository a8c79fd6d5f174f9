import type { Network } from '../../networks/network.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';

/** The same network in float64, with the parameters of now. */
export function float64Twin(network: Network): Network<Float64Array> {
  const engine = new ReferenceEngine((length) => new Float64Array(length));
  const twin = engine.create(network.specification);
  twin.parameters.set(network.parameters);
  return twin;
}

/** θ ← θ − α ∇ loss, the gradient by central differences. */
export function descend(
  { parameters }: Network<Float64Array>,
  rate: number,
  loss: () => number,
): void {
  const step = 1e-5;
  const gradients = parameters.map((value, i) => {
    parameters[i] = value + step;
    const above = loss();
    parameters[i] = value - step;
    const below = loss();
    parameters[i] = value;
    return (above - below) / (2 * step);
  });
  gradients.forEach((gradient, i) => {
    parameters[i] -= rate * gradient;
  });
}

/** The largest distance of two numbers at the same place. */
export function distance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a, (x, i) => Math.abs(x - b[i])).reduce((most, d) => Math.max(most, d), 0);
}
