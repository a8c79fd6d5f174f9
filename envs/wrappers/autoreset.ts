import { show } from '../../core/check.ts';
import type { ResetOptions, Start, Step } from '../../core/env.ts';
import { checkSavedHeader, type SavedData, savedHeader, savedObject } from '../../core/saved.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { EnvAround } from './env-around.ts';
import { defineEnvWrapper, type EnvWrapper } from './wrapper.ts';

/**
 * Begins the next episode with the step after the end of one: that step ignores its action, and gives
 * the first observation and reward 0.
 */
export const autoreset: EnvWrapper<object> = defineEnvWrapper({
  name: 'autoreset',
  description: 'Begins the next episode with the step after the end of one.',
  defaults: {},
  env: (inner, _, spec) => new Autoreset(inner, spec),
});

class Autoreset extends EnvAround {
  /** Whether the next step begins an episode. */
  #due = false;

  override reset(options?: ResetOptions): Start<Space> {
    const start = this.env.reset(options);
    this.#due = false;
    return start;
  }

  override step(action: ElementOf<Space>): Step<Space> {
    if (this.#due) return { ...this.reset(), reward: 0, terminated: false, truncated: false };
    const step = this.env.step(action);
    this.#due = step.terminated || step.truncated;
    return step;
  }

  snapshot(): SavedData {
    return { ...savedHeader('autoreset', 1), inner: this.env.snapshot(), due: this.#due };
  }

  restore(saved: SavedData): void {
    checkSavedHeader('autoreset.restore', saved, 'autoreset', 1);
    const { due } = saved;
    if (typeof due !== 'boolean') {
      throw new Error(`autoreset.restore: due must be true or false, got ${show(due)}.`);
    }
    this.env.restore(savedObject('autoreset.restore', saved, 'inner'));
    this.#due = due;
  }
}
