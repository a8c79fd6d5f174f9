import { checkInteger } from '../../core/check.ts';
import { repetition } from './repeat-steps.ts';
import { requireArrayObservations, requireObservationRows } from './requirements.ts';
import { memoryKindOf } from './stack-space.ts';
import { defineWrapper, type SameWrapper } from './wrapper.ts';

/** How many observations are skipped. */
export interface MaxAndSkipObservationOptions {
  /** Inner steps that each step takes, at least 2. Default 4. */
  readonly skip?: number;
}

/** The options of `maxAndSkipObservation` where none are given. */
export const MAX_AND_SKIP_OBSERVATION_DEFAULTS: Required<MaxAndSkipObservationOptions> = {
  skip: 4,
};

const NAME = 'max-and-skip-observation';

/**
 * Takes each action several times, sums the rewards, and shows the greater of each element of the
 * last two observations, against sprites that flicker.
 *
 * It stops early where the episode ends, and where the action becomes illegal; then the last two
 * observations of this step count, or the only one. The world's time limit still counts the inner
 * steps, and those that a mask has prevented.
 *
 * Source: Mnih et al. (2015), "Human-level control through deep reinforcement learning", methods.
 * Differs from Gymnasium where a step is cut short: there observations of earlier steps come in.
 */
export const maxAndSkipObservation: SameWrapper<MaxAndSkipObservationOptions> = defineWrapper({
  name: NAME,
  description:
    'Takes each action several times and shows the maximum of the last two observations.',
  defaults: MAX_AND_SKIP_OBSERVATION_DEFAULTS,
  rules(world, { skip }) {
    const space = requireArrayObservations(NAME, world);
    const size = requireObservationRows(NAME, world);
    checkInteger(`${NAME}: skip`, skip, 2);
    const { timeLimit, counts, step } = repetition(world, skip);
    const last = new Float32Array(size);
    const lastButOne = new Float32Array(size);
    return {
      timeLimit,
      memorySize: size + (counts ? 1 : 0), // the maximum; steps taken
      memoryKind: counts ? 'float64' : memoryKindOf(space),
      begin(memory, inner) {
        inner.observe(last);
        memory.set(last);
        if (counts) memory[size] = 0;
      },
      step(memory, inner, action) {
        if (counts) memory[size]++;
        let seen = 0;
        const reward = step(inner, action, memory[size] ?? 0, () => {
          lastButOne.set(last);
          inner.observe(last);
          if (seen === 0) lastButOne.set(last);
          seen++;
        });
        for (let i = 0; i < size; i++) memory[i] = Math.max(last[i], lastButOne[i]);
        return reward;
      },
      observe(memory, _, observation) {
        for (let i = 0; i < size; i++) observation[i] = memory[i];
      },
    };
  },
});
