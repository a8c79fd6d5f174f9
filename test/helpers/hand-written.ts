import type { Dynamics } from '../../core/dynamics.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import type { Env, ResetOptions, Start, Step } from '../../core/env.ts';
import type { EnvSpec } from '../../core/env-spec.ts';
import type { SavedData } from '../../core/saved.ts';
import type { Scene } from '../../core/scene.ts';
import type { ElementOf, Space } from '../../core/space.ts';

/** An env that shows nothing of the rules that it runs, as one that somebody wrote by hand. */
export class HandWritten<O extends Space = Space, A extends Space = Space> implements Env<O, A> {
  readonly observationSpace: O;
  readonly actionSpace: A;
  readonly spec: EnvSpec | null;
  readonly #env: DynamicsEnv<O, A>;

  constructor(dynamics: Dynamics<O, A>, seed: number = 0, spec: EnvSpec | null = null) {
    this.#env = new DynamicsEnv(dynamics, { seed });
    this.observationSpace = dynamics.observationSpace;
    this.actionSpace = dynamics.actionSpace;
    this.spec = spec;
  }

  reset(options?: ResetOptions): Start<O> {
    return { ...this.#env.reset(options), info: { began: true } };
  }

  step(action: ElementOf<A>): Step<O> {
    return this.#env.step(action);
  }

  actionMask(): Uint8Array | null {
    return this.#env.actionMask();
  }

  scene(): Scene {
    return this.#env.scene();
  }

  snapshot(): SavedData {
    return this.#env.snapshot();
  }

  restore(saved: SavedData): void {
    this.#env.restore(saved);
  }
}
