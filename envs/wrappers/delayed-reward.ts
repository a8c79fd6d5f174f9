import { checkInteger } from '../../core/check.ts';
import { defineWrapper, type SameWrapper } from './wrapper.ts';

/** How rarely rewards are paid. */
export interface DelayedRewardOptions {
  /** Steps from one payment to the next, at least 1. Default 10. */
  readonly delay?: number;
}

/** The options of `delayedReward` where none are given. */
export const DELAYED_REWARD_DEFAULTS: Required<DelayedRewardOptions> = { delay: 10 };

/**
 * Pays the sum of rewards every so many steps, and at the end of the episode; 0 in between.
 *
 * A time limit around this wrapper is not seen by it: put it inside, or the last rewards are lost.
 *
 * Source: RL Baselines3 Zoo's DelayedRewardWrapper.
 */
export const delayedReward: SameWrapper<DelayedRewardOptions> = defineWrapper({
  name: 'delayed-reward',
  description: 'Pays the sum of rewards every so many steps.',
  defaults: DELAYED_REWARD_DEFAULTS,
  rules({ timeLimit }, { delay }) {
    checkInteger('delayed-reward: delay', delay, 1);
    return {
      memorySize: 2, // what is owed; steps taken
      begin(memory) {
        memory.fill(0);
      },
      step(memory, inner, action) {
        memory[0] += inner.step(action);
        memory[1]++;
        if (memory[1] % delay !== 0 && !inner.hasEnded() && memory[1] < timeLimit) return 0;
        const owed = memory[0];
        memory[0] = 0;
        return owed;
      },
    };
  },
});
