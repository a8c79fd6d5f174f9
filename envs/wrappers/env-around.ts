import type { Env, ResetOptions, Start, Step } from '../../core/env.ts';
import type { EnvSpec } from '../../core/env-spec.ts';
import type { SavedData } from '../../core/saved.ts';
import type { Scene } from '../../core/scene.ts';
import type { ElementOf, Space } from '../../core/space.ts';

/** An env that passes every call on to another one: what wrappers of running envs change parts of. */
export abstract class EnvAround implements Env {
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  readonly spec: EnvSpec | null;
  /** The env inside. */
  readonly env: Env;

  constructor(env: Env, spec: EnvSpec | null) {
    this.env = env;
    this.spec = spec;
    this.observationSpace = env.observationSpace;
    this.actionSpace = env.actionSpace;
  }

  reset(options?: ResetOptions): Start<Space> {
    return this.env.reset(options);
  }

  step(action: ElementOf<Space>): Step<Space> {
    return this.env.step(action);
  }

  actionMask(): Uint8Array | null {
    return this.env.actionMask();
  }

  scene(): Scene {
    return this.env.scene();
  }

  abstract snapshot(): SavedData;

  abstract restore(saved: SavedData): void;
}
