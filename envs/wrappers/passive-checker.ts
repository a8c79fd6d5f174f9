import { show } from '../../core/check.ts';
import { checkAction } from '../../core/check-action.ts';
import type { ResetOptions, Start, Step } from '../../core/env.ts';
import { checkSavedHeader, type SavedData, savedHeader, savedObject } from '../../core/saved.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { mismatch } from '../../core/spaces/contains.ts';
import { EnvAround } from './env-around.ts';
import { nameOf } from './wrap-env.ts';
import { defineEnvWrapper, type EnvWrapper } from './wrapper.ts';

/**
 * Checks all that goes in and comes out: actions and observations are in their spaces, rewards are
 * finite, the flags are booleans and never both true, observations are fresh, legal masks have 0 and 1.
 *
 * For hand-written envs while they are being written. Unlike Gymnasium's it checks every call, not
 * the first ones alone.
 */
export const passiveChecker: EnvWrapper<object> = defineEnvWrapper({
  name: 'passive-checker',
  description: 'Checks all that goes into an env and comes out of it.',
  defaults: {},
  env: (inner, _, spec) => new PassiveChecker(inner, spec),
});

class PassiveChecker extends EnvAround {
  #last: unknown = null;

  override reset(options?: ResetOptions): Start<Space> {
    const start = this.env.reset(options);
    this.#checkShown('reset', start);
    return start;
  }

  override step(action: ElementOf<Space>): Step<Space> {
    const name = nameOf(this.env);
    checkAction({ name, actionSpace: this.actionSpace }, action, this.actionMask());
    const step = this.env.step(action);
    this.#checkShown('step', step);
    const { reward, terminated, truncated } = step;
    if (!Number.isFinite(reward)) {
      throw new Error(`${name}.step: reward must be a finite number, got ${show(reward)}.`);
    }
    for (const [flag, value] of Object.entries({ terminated, truncated })) {
      if (typeof value === 'boolean') continue;
      throw new Error(`${name}.step: ${flag} must be true or false, got ${show(value)}.`);
    }
    if (terminated && truncated) {
      throw new Error(
        `${name}.step: terminated and truncated must not both be true. A terminal state is no cut.`,
      );
    }
    return step;
  }

  override actionMask(): Uint8Array | null {
    const mask = this.env.actionMask();
    if (mask === null) return null;
    const { actionSpace } = this;
    const numActions = actionSpace.kind === 'discrete' ? actionSpace.n : 0;
    if (mask.length !== numActions || mask.some((legal) => legal > 1)) {
      throw new Error(
        `${nameOf(this.env)}.actionMask: it must be ${numActions} zeros and ones, got ${show(mask)}.`,
      );
    }
    return mask;
  }

  snapshot(): SavedData {
    return { ...savedHeader('passive-checker', 1), inner: this.env.snapshot() };
  }

  restore(saved: SavedData): void {
    checkSavedHeader('passive-checker.restore', saved, 'passive-checker', 1);
    this.env.restore(savedObject('passive-checker.restore', saved, 'inner'));
  }

  #checkShown(verb: 'reset' | 'step', shown: Start<Space>): void {
    const where = `${nameOf(this.env)}.${verb}`;
    if (typeof shown !== 'object' || shown === null) {
      throw new Error(`${where}: it must give an object, got ${show(shown)}.`);
    }
    const { observation, info } = shown;
    const problem = mismatch(this.observationSpace, observation, 'observation');
    if (problem !== null) throw new Error(`${where}: ${problem}`);
    if (typeof observation === 'object' && observation === this.#last) {
      throw new Error(`${where}: observation must be a fresh copy, got the last one again.`);
    }
    if (typeof info !== 'object' || info === null) {
      throw new Error(`${where}: info must be an object, got ${show(info)}.`);
    }
    this.#last = observation;
  }
}
