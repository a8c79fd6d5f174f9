import type { Dynamics } from '../../core/dynamics.ts';
import type { Box, Discrete } from '../../core/space.ts';
import { box, discrete } from '../../core/space.ts';

/**
 * A corridor of 5 cells that is left at the right end: action 0 goes left, 1 right, and at the left
 * wall only right is legal. Reward 1 at the end, else 0; truncated after 20 steps.
 */
export function corridor(): Dynamics<Discrete, Discrete, Int32Array> {
  return {
    name: 'Corridor',
    observationSpace: discrete(5),
    actionSpace: discrete(2, ['left', 'right']),
    stateSize: 1,
    stateKind: 'int32',
    timeLimit: 20,
    reset(state, rng) {
      state[0] = rng.below(3);
    },
    step(state, action) {
      state[0] += action === 1 ? 1 : -1;
      return state[0] === 4 ? 1 : 0;
    },
    isTerminal: (state) => state[0] === 4,
    observe(state, observation) {
      observation[0] = state[0];
    },
    actionMask(state, mask) {
      mask[0] = state[0] === 0 ? 0 : 1;
      mask[1] = 1;
    },
    scene: (state) => ({
      kind: 'grid',
      rows: 1,
      columns: 5,
      tiles: ['floor', 'floor', 'floor', 'floor', 'goal'],
      tokens: [{ kind: 'agent', row: 0, column: state[0] }],
    }),
  };
}

/** The corridor, every episode of which begins in `cell`. */
export function corridorFrom(cell: number): Dynamics<Discrete, Discrete, Int32Array> {
  return {
    ...corridor(),
    reset(state) {
      state[0] = cell;
    },
  };
}

/** A point on a line that is pushed by a real number in ±1, with noise; never terminal, 30 steps. */
export function pushedPoint(): Dynamics<Box, Box, Float64Array> {
  return {
    name: 'PushedPoint',
    observationSpace: box([-Infinity, -Infinity], [Infinity, Infinity], ['position', 'speed']),
    actionSpace: box([-1], [1], ['push']),
    stateSize: 2,
    timeLimit: 30,
    reset(state, rng) {
      state[0] = rng.normal();
      state[1] = 0;
    },
    step(state, [push], rng) {
      state[1] += Math.min(Math.max(push, -1), 1) + 0.1 * rng.normal();
      state[0] += state[1];
      return -Math.abs(state[0]);
    },
    isTerminal: () => false,
    observe(state, observation) {
      observation[0] = state[0];
      observation[1] = state[1];
    },
    scene: (state) => ({
      kind: 'shapes',
      view: { left: -5, bottom: -1, width: 10, height: 2 },
      shapes: [{ kind: 'circle', x: state[0], y: 0, radius: 0.2, color: 'agent' }],
    }),
  };
}
