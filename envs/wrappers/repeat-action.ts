import { checkInteger } from '../../core/check.ts';
import { repetition } from './repeat-steps.ts';
import { defineWrapper, type SameWrapper } from './wrapper.ts';

/** How often an action is taken. */
export interface RepeatActionOptions {
  /** Inner steps that each step takes, at least 1. Default 4. */
  readonly repeats?: number;
}

/** The options of `repeatAction` where none are given. */
export const REPEAT_ACTION_DEFAULTS: Required<RepeatActionOptions> = { repeats: 4 };

/**
 * Takes each action several times, sums the rewards, and shows only the last observation.
 *
 * It stops early where the episode ends, and where the action becomes illegal. The world's time limit
 * still counts the inner steps, and those that a mask has prevented.
 */
export const repeatAction: SameWrapper<RepeatActionOptions> = defineWrapper({
  name: 'repeat-action',
  description: 'Takes each action several times.',
  defaults: REPEAT_ACTION_DEFAULTS,
  rules(world, { repeats }) {
    checkInteger('repeat-action: repeats', repeats, 1);
    const { timeLimit, counts, step } = repetition(world, repeats);
    if (!counts) return { timeLimit, step: (_, inner, action) => step(inner, action, 0) };
    return {
      timeLimit,
      memorySize: 1, // steps taken
      begin(memory) {
        memory[0] = 0;
      },
      step: (memory, inner, action) => step(inner, action, ++memory[0]),
    };
  },
});
