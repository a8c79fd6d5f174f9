import type { ResetOptions, Start, Step } from '../../core/env.ts';
import { checkSavedHeader, type SavedData, savedHeader, savedObject } from '../../core/saved.ts';
import type { Scene } from '../../core/scene.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { EnvAround } from './env-around.ts';
import { type Phase, readPhase, requireRunning } from './phase.ts';
import { nameOf } from './wrap-env.ts';
import { defineEnvWrapper, type EnvWrapper } from './wrapper.ts';

/**
 * Refuses steps before the first `reset` and after the end of an episode, and scenes before the first
 * `reset`: for hand-written envs that do not. An env that runs rules always does.
 */
export const orderEnforcing: EnvWrapper<object> = defineEnvWrapper({
  name: 'order-enforcing',
  description: 'Refuses steps before the first reset and after the end of an episode.',
  defaults: {},
  env: (inner, _, spec) => new OrderEnforcing(inner, spec),
});

class OrderEnforcing extends EnvAround {
  #phase: Phase = 'new';

  override reset(options?: ResetOptions): Start<Space> {
    const start = this.env.reset(options);
    this.#phase = 'running';
    return start;
  }

  override step(action: ElementOf<Space>): Step<Space> {
    requireRunning(nameOf(this.env), this.#phase);
    const step = this.env.step(action);
    if (step.terminated) this.#phase = 'terminated';
    else if (step.truncated) this.#phase = 'truncated';
    return step;
  }

  override scene(): Scene {
    if (this.#phase !== 'new') return this.env.scene();
    throw new Error(`${nameOf(this.env)}: there is nothing to see yet. Call reset() first.`);
  }

  snapshot(): SavedData {
    return { ...savedHeader('order-enforcing', 1), inner: this.env.snapshot(), phase: this.#phase };
  }

  restore(saved: SavedData): void {
    const where = 'order-enforcing.restore';
    checkSavedHeader(where, saved, 'order-enforcing', 1);
    const phase = readPhase(where, saved);
    this.env.restore(savedObject(where, saved, 'inner'));
    this.#phase = phase;
  }
}
