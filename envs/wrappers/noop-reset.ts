import { checkInteger } from '../../core/check.ts';
import { legalityOf } from './legality.ts';
import { requireDiscreteActions } from './requirements.ts';
import { defineWrapper, type SameWrapper } from './wrapper.ts';

/** How an episode begins. */
export interface NoopResetOptions {
  /** The greatest number of steps, at least 1. Default 30. */
  readonly most?: number;
  /** The action that does nothing, counted from 0. Default 0. */
  readonly action?: number;
}

/** The options of `noopReset` where none are given. */
export const NOOP_RESET_DEFAULTS: Required<NoopResetOptions> = { most: 30, action: 0 };

const NAME = 'noop-reset';

/**
 * Begins each episode with 1 to `most` steps that do nothing, so that a world that always starts the
 * same does not. They do not count for the time limit of rules; where one ends the episode, another
 * one begins.
 *
 * Source: Mnih et al. (2015), "Human-level control through deep reinforcement learning", methods.
 */
export const noopReset: SameWrapper<NoopResetOptions> = defineWrapper({
  name: NAME,
  description: 'Begins each episode with some steps that do nothing.',
  defaults: NOOP_RESET_DEFAULTS,
  rules(world, { most, action }) {
    const { n } = requireDiscreteActions(NAME, world);
    checkInteger(`${NAME}: most`, most, 1);
    checkInteger(`${NAME}: action`, action, 0, n - 1);
    const isLegal = legalityOf(world);
    return {
      begin(_, inner, rng) {
        const steps = 1 + rng.below(most);
        for (let k = 0; k < steps && isLegal(inner, action); k++) {
          inner.step(action);
          if (inner.hasEnded()) inner.reset();
        }
      },
    };
  },
});
