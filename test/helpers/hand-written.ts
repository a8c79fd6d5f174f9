import type { DynamicsEnv } from '../../core/dynamics-env.ts';
import type { Env } from '../../core/env.ts';
import type { Space } from '../../core/space.ts';

/**
 * An env that wrappers know nothing of but that it is an `Env`, around one that runs rules.
 *
 * @param limit Steps after which it truncates by itself. Default none.
 */
export function handWritten<O extends Space, A extends Space>(
  env: DynamicsEnv<O, A>,
  limit: number = Infinity,
): Env<O, A> {
  let elapsed = 0;
  return {
    observationSpace: env.observationSpace,
    actionSpace: env.actionSpace,
    spec: null,
    reset(options) {
      elapsed = 0;
      return env.reset(options);
    },
    step(action) {
      elapsed++;
      const step = env.step(action);
      return { ...step, truncated: !step.terminated && elapsed >= limit };
    },
    actionMask: () => env.actionMask(),
    scene: () => env.scene(),
    snapshot: () => ({ inner: env.snapshot(), elapsed }),
    restore(saved) {
      env.restore(saved.inner as never);
      elapsed = saved.elapsed as number;
    },
  };
}
