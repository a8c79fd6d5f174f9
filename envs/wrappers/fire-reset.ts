import { checkInteger, show } from '../../core/check.ts';
import { legalityOf } from './legality.ts';
import { requireDiscreteActions } from './requirements.ts';
import { defineWrapper, type SameWrapper } from './wrapper.ts';

/** How an episode begins. */
export interface FireResetOptions {
  /** The actions that are taken first, counted from 0. Default `[1, 2]`, as in Atari games. */
  readonly actions?: readonly number[];
}

/** The options of `fireReset` where none are given. */
export const FIRE_RESET_DEFAULTS: Required<FireResetOptions> = { actions: [1, 2] };

const NAME = 'fire-reset';

/**
 * Begins each episode with certain actions, for games that stand still until somebody fires. Where
 * one of them ends the episode, another one begins; one that is illegal is left out.
 *
 * Source: Stable-Baselines3's FireResetEnv.
 */
export const fireReset: SameWrapper<FireResetOptions> = defineWrapper({
  name: NAME,
  description: 'Begins each episode with certain actions.',
  defaults: FIRE_RESET_DEFAULTS,
  rules(world, { actions }) {
    const { n } = requireDiscreteActions(NAME, world);
    if (!Array.isArray(actions)) {
      throw new RangeError(`${NAME}: actions must be a list of actions, got ${show(actions)}.`);
    }
    actions.forEach((action, i) => {
      checkInteger(`${NAME}: actions[${i}]`, action, 0, n - 1);
    });
    const isLegal = legalityOf(world);
    return {
      begin(_, inner) {
        for (const action of actions) {
          if (!isLegal(inner, action)) continue;
          inner.step(action);
          if (inner.hasEnded()) inner.reset();
        }
      },
    };
  },
});
