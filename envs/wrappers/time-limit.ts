import { checkInteger } from '../../core/check.ts';
import { defineWrapper, type SameWrapper } from './wrapper.ts';

/** How long an episode may be. */
export interface TimeLimitOptions {
  /** Steps after which the episode is truncated, at least 1. Default 1000. */
  readonly steps?: number;
}

/** The options of `timeLimit` where none are given. */
export const TIME_LIMIT_DEFAULTS: Required<TimeLimitOptions> = { steps: 1000 };

/**
 * Truncates episodes after so many steps, in place of the world's own limit; a hand-written env that
 * truncates earlier still does.
 */
export const timeLimit: SameWrapper<TimeLimitOptions> = defineWrapper({
  name: 'time-limit',
  description: 'Truncates episodes after so many steps.',
  defaults: TIME_LIMIT_DEFAULTS,
  rules(_, { steps }) {
    checkInteger('time-limit: steps', steps, 1);
    return { timeLimit: steps, keepsModel: true };
  },
});
