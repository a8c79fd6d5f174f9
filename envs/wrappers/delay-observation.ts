import { checkInteger } from '../../core/check.ts';
import { pushFrame } from './frames.ts';
import { requireModest, requireObservationRows } from './requirements.ts';
import { memoryKindOf, zeroRow } from './stack-space.ts';
import { defineWrapper, type SameWrapper } from './wrapper.ts';

/** How late observations are. */
export interface DelayObservationOptions {
  /** Steps by which they are late, at least 0. Default 1. */
  readonly delay?: number;
}

/** The options of `delayObservation` where none are given. */
export const DELAY_OBSERVATION_DEFAULTS: Required<DelayObservationOptions> = { delay: 1 };

const NAME = 'delay-observation';

/**
 * Shows each observation so many steps late, and until then zeros, or what is nearest to zero within
 * the bounds.
 */
export const delayObservation: SameWrapper<DelayObservationOptions> = defineWrapper({
  name: NAME,
  description: 'Shows observations some steps late.',
  defaults: DELAY_OBSERVATION_DEFAULTS,
  rules(world, { delay }) {
    const size = requireObservationRows(NAME, world);
    checkInteger(`${NAME}: delay`, delay, 0);
    requireModest(NAME, world, (delay + 1) * size);
    const zeros = zeroRow(world.observationSpace);
    const row = new Float32Array(size);
    return {
      memorySize: (delay + 1) * size, // what is to be shown now, next, …
      memoryKind: memoryKindOf(world.observationSpace),
      begin(memory, inner) {
        for (let k = 0; k < delay; k++) memory.set(zeros, k * size);
        inner.observe(row);
        memory.set(row, delay * size);
      },
      step(memory, inner, action) {
        const reward = inner.step(action);
        inner.observe(row);
        pushFrame(memory, row);
        return reward;
      },
      observe(memory, _, observation) {
        for (let i = 0; i < size; i++) observation[i] = memory[i];
      },
    };
  },
});
