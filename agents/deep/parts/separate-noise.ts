import { Alea } from '../../../core/alea.ts';
import type { Network } from '../../../networks/network.ts';

/**
 * Gives a target network noise of its own. With that of the network that it follows, which has the same
 * seed, both could draw the same weights, and their errors would hang together.
 *
 * Source: Fortunato et al. (2018), "Noisy networks for exploration", section 3.1: the noise of the target
 * network is drawn by itself.
 *
 * @param seed Of both.
 */
export function separateNoise(target: Network, seed: number): void {
  target.rng.restore(new Alea(seed, 'network/target-noise').snapshot());
}
