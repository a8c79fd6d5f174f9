import type { Dynamics } from '../core/dynamics.ts';
import { cartPole } from '../envs/control/cart-pole.ts';

/** How much a step of the laborious world computes. */
export interface LaboriousOptions {
  /** Multiplications of a step; a thousand take about 1 µs. */
  readonly work: number;
}

/** Cart-pole with a step as long as that of a large simulation: what spreading is for. */
export function laboriousWorld({ work }: LaboriousOptions): Dynamics {
  const world = cartPole() as unknown as Dynamics;
  return {
    ...world,
    step(state, action, rng) {
      let number = 1;
      for (let i = 0; i < work; i++) number = Math.imul(number, 0x5bd1e995) ^ i;
      return world.step(state, action, rng) + (number === 0.5 ? 1 : 0); // the loop must not go
    },
  };
}
