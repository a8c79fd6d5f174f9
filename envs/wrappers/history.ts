import { checkInteger } from '../../core/check.ts';
import { type Box, box } from '../../core/space.ts';
import { repeat } from '../../core/spaces/batch.ts';
import { pushFrame } from './frames.ts';
import { requireBoxObservations, requireModest, requireRealActions } from './requirements.ts';
import { defineWrapper, type ObservationWrapper } from './wrapper.ts';

/** How much is shown. */
export interface HistoryOptions {
  /** Observations, and actions that were taken, shown together, at least 1. Default 2. */
  readonly horizon?: number;
}

/** The options of `history` where none are given. */
export const HISTORY_DEFAULTS: Required<HistoryOptions> = { horizon: 2 };

const NAME = 'history';

/**
 * Shows the last observations and then the last actions, the oldest first, as one vector; zeros where
 * there were none yet.
 *
 * Source: RL Baselines3 Zoo's HistoryWrapper.
 */
export const history: ObservationWrapper<HistoryOptions, Box> = defineWrapper({
  name: NAME,
  description: 'Shows the last observations and actions as one vector.',
  defaults: HISTORY_DEFAULTS,
  rules(world, { horizon }) {
    const observations = requireBoxObservations(NAME, world);
    const actions = requireRealActions(NAME, world);
    checkInteger(`${NAME}: horizon`, horizon, 1);
    const row = new Float32Array(observations.low.length);
    const taken = new Float32Array(actions.low.length);
    requireModest(NAME, world, horizon * (row.length + taken.length));
    const numObserved = horizon * row.length;
    const size = numObserved + horizon * taken.length;
    // Zeros stand for what was before the first, and actions may lie outside their bounds.
    const lows = repeat(observations.low, horizon).map((bound) => Math.min(bound, 0));
    const highs = repeat(observations.high, horizon).map((bound) => Math.max(bound, 0));
    const free = new Array<number>(size - numObserved).fill(Infinity);
    return {
      observationSpace: box([...lows, ...free.map((x) => -x)], [...highs, ...free]),
      memorySize: size,
      begin(memory, inner) {
        memory.fill(0);
        inner.observe(row);
        pushFrame(memory.subarray(0, numObserved), row);
      },
      step(memory, inner, action) {
        taken.set(action as Float32Array);
        const reward = inner.step(action);
        inner.observe(row);
        pushFrame(memory.subarray(0, numObserved), row);
        pushFrame(memory.subarray(numObserved), taken);
        return reward;
      },
      observe(memory, _, observation) {
        for (let i = 0; i < size; i++) observation[i] = memory[i];
      },
    };
  },
});
