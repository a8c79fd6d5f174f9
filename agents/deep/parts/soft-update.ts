import type { Network } from '../../../networks/network.ts';

/**
 * θ⁻ ← τ θ + (1 − τ) θ⁻, also of the running statistics.
 *
 * @param target Has the same layers as `network`.
 * @param stepSize τ, in (0, 1]; 1 copies.
 */
export function softUpdate(network: Network, target: Network, stepSize: number): void {
  target.approach(network, stepSize);
}
