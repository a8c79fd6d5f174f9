import type { Dynamics } from '../../../core/dynamics.ts';
import { type Box, box, type Discrete, discrete } from '../../../core/space.ts';

/** What a ticker is. */
export interface TickerOptions {
  /** The step that ends the episode. Default 6. */
  readonly end?: number;
  /** Default none. */
  readonly timeLimit?: number;
  /** Whether action 2 is illegal at odd times. Default false. */
  readonly masked?: boolean;
}

/**
 * A clock that shows the time t and the last action a, and pays 10 a + t: whoever sees a reward knows
 * what was done when. It insists on rows of its own kind and length.
 */
export function ticker(options: TickerOptions = {}): Dynamics<Box, Discrete, Uint8Array> {
  const { end = 6, timeLimit = Infinity, masked = false } = options;
  const own = (state: Uint8Array): Uint8Array => {
    if (state instanceof Uint8Array && state.length === 3) return state;
    throw new Error(`Ticker: got a row of ${state.length} in a ${state.constructor.name}.`);
  };
  return {
    name: 'Ticker',
    observationSpace: box([0, 0], [255, 2], ['time', 'action']),
    actionSpace: discrete(3),
    stateSize: 3,
    stateKind: 'uint8',
    timeLimit,
    reset(state) {
      own(state).fill(0);
    },
    step(state, action) {
      own(state)[0]++;
      state[1] = action;
      return 10 * action + state[0];
    },
    isTerminal: (state) => own(state)[0] >= end,
    observe(state, observation) {
      observation[0] = own(state)[0];
      observation[1] = state[1];
    },
    ...(masked && {
      actionMask(state: Uint8Array, mask: Uint8Array) {
        mask.fill(1);
        mask[2] = own(state)[0] % 2 === 0 ? 1 : 0;
      },
    }),
    scene: (state) => ({
      kind: 'grid',
      rows: 1,
      columns: 1,
      tiles: ['floor'],
      tokens: [],
      caption: `t = ${own(state)[0]}`,
    }),
    info: (state) => ({ time: own(state)[0] }),
  };
}
