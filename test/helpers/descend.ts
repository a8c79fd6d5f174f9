import type { Network } from '../../networks/network.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { slopesOf } from './float64-twin.ts';

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
  const before = parameters.slice();
  const slopes = slopesOf(before, (moved) => {
    parameters.set(moved);
    return loss();
  });
  parameters.set(before.map((value, i) => value - rate * slopes[i]));
}
