import type { Network } from '../../networks/network.ts';

/**
 * θ⁻ ← τ θ + (1 − τ) θ⁻, also of the running statistics.
 *
 * @param target Has the same layers as `network`.
 * @param stepSize τ, in (0, 1]; 1 copies.
 */
export function softUpdate(network: Network, target: Network, stepSize: number): void {
  mix(network.parameters, target.parameters, stepSize);
  mix(network.statistics, target.statistics, stepSize);
}

function mix(from: Float32Array, to: Float32Array, stepSize: number): void {
  if (stepSize === 1) {
    to.set(from);
    return;
  }
  for (let i = 0; i < to.length; i++) to[i] += stepSize * (from[i] - to[i]);
}
