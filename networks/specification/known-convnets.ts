import type { Layer } from '../layers/registry.ts';
import { convnet } from './convnet.ts';

/**
 * The body of the network that learned Atari games from the screen, for images of 84 × 84 × 4.
 *
 * Source: Mnih et al. (2015), "Human-level control through deep reinforcement learning", methods.
 */
export function natureConvnet(): readonly Layer[] {
  return convnet({
    convolutions: [
      { filters: 32, kernel: 8, stride: 4 },
      { filters: 64, kernel: 4, stride: 2 },
      { filters: 64, kernel: 3 },
    ],
    hidden: [512],
  });
}

/**
 * The body of the network that MinAtar's authors use, for images of 10 × 10.
 *
 * Source: Young & Tian (2019), "MinAtar: an Atari-inspired testbed for thorough and reproducible
 * reinforcement learning experiments".
 */
export function minatarConvnet(): readonly Layer[] {
  return convnet({ convolutions: [{ filters: 16, kernel: 3 }], hidden: [128] });
}
