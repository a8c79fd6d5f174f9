import type { Dynamics } from '../../core/dynamics.ts';
import { type Box, box, type Discrete, discrete } from '../../core/space.ts';
import { type Dict, dict, type Tuple, tuple } from '../../core/spaces/composite.ts';
import {
  type MultiBinary,
  type MultiDiscrete,
  multiBinary,
  multiDiscrete,
} from '../../core/spaces/multi.ts';

type Observation = Dict<{ gears: MultiDiscrete; lamps: MultiBinary; speed: Box }>;
type Action = Tuple<
  readonly [Discrete, MultiDiscrete, Dict<{ force: Box; lamps: MultiBinary }>, Box<'uint8'>]
>;

/**
 * A machine with levers of every kind that fits a row, for tests of spaces within spaces: gears are
 * shifted, lamps switched, and a mass is pushed with noise. It ends when the mass is too fast.
 */
export function compound(): Dynamics<Observation, Action, Float64Array> {
  return {
    name: 'Compound',
    observationSpace: dict({
      gears: multiDiscrete([4, 6], { start: [1, -2] }),
      lamps: multiBinary(3),
      speed: box(-Infinity, Infinity, { shape: [1] }),
    }),
    actionSpace: tuple([
      discrete(3, { start: -1 }),
      multiDiscrete([2, 3], { start: [5, 7] }),
      dict({ force: box([-1], [1]), lamps: multiBinary(3) }),
      box(0, 255, { shape: [2], dtype: 'uint8' }),
    ]),
    stateSize: 6, // gears, lamps, speed
    timeLimit: 40,
    reset(state, rng) {
      state.fill(0);
      state[0] = rng.below(4);
      state[1] = rng.below(6);
    },
    step(state, [shift, [slow, fast], { force, lamps }, [left, right]], rng) {
      state[0] = (state[0] + shift + slow) % 4;
      state[1] = (state[1] + fast) % 6;
      for (let i = 0; i < 3; i++) state[2 + i] = lamps[i];
      const push = force[0] * (1 + state[0]) + (left - right) / 255;
      state[5] += push + 0.1 * rng.normal();
      return push - state[1];
    },
    isTerminal: (state) => Math.abs(state[5]) > 6,
    observe(state, observation) {
      for (let i = 0; i < 6; i++) observation[i] = state[i];
    },
    scene: (state) => ({
      kind: 'shapes',
      view: { left: -5, bottom: -1, width: 10, height: 2 },
      shapes: [{ kind: 'circle', x: state[5], y: 0, radius: 0.2, color: 'agent' }],
    }),
  };
}
