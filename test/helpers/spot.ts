import type { Dynamics } from '../../core/dynamics.ts';
import { box, discrete } from '../../core/space.ts';
import { dict } from '../../core/spaces/composite.ts';

const SIDE = 6;

/**
 * A world that is seen as an image with a bright spot, and a number: point at the column of the spot where
 * the number is 1, and where it is −1 at its mirror image. Neither of them alone says enough.
 *
 * Actions are columns, 0 to 5, each step's reward being 1 for the right one and else 0; or `real`, in
 * [−1, 1] from the first column to the last, the reward being minus the squared error. Episodes have 50
 * steps, and what is shown next does not depend on the action.
 */
export function spot(kind: 'discrete' | 'real'): Dynamics {
  const draw: Dynamics['reset'] = (state, rng) => {
    state[0] = Math.floor(rng.uniform() * SIDE);
    state[1] = Math.floor(rng.uniform() * SIDE);
    state[2] = rng.uniform() < 0.5 ? -1 : 1;
  };
  const observe: Dynamics['observe'] = (state, observation) => {
    observation.fill(0);
    observation[state[0] * SIDE + state[1]] = 255;
    observation[SIDE * SIDE] = state[2];
  };
  const step: Dynamics['step'] = (state, action, rng) => {
    const column = state[2] === 1 ? state[1] : SIDE - 1 - state[1];
    draw(state, rng);
    if (kind === 'discrete') return action === column ? 1 : 0;
    const error = (action as unknown as ArrayLike<number>)[0] - ((2 * column) / (SIDE - 1) - 1);
    return -error * error;
  };
  return {
    name: 'Spot',
    observationSpace: dict({
      image: box(0, 255, { shape: [SIDE, SIDE], dtype: 'uint8' }),
      number: box([-1], [1]),
    }),
    actionSpace: kind === 'real' ? box([-1], [1]) : discrete(SIDE),
    stateSize: 3,
    timeLimit: 50,
    reset: draw,
    observe,
    step,
    isTerminal: () => false,
  } as unknown as Dynamics;
}
