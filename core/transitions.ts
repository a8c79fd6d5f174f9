import type { Dynamics } from './dynamics.ts';
import { flatSize, type Space } from './space.ts';

/**
 * A batch of transitions (s, a, r, s′), one per row.
 *
 * `n` is the number of rows, `size` the length of one observation, `actionSize` that of one action
 * (1 for `Discrete`); matrices are row-major.
 */
export interface Transitions {
  /** s — `[n × size]`, what the agent acted on. */
  readonly observations: Float32Array;
  /** a — `[n × actionSize]`: integers for `Discrete` actions, real numbers for `Box`. */
  readonly actions: ActionColumn;
  /** r — `[n]`. */
  readonly rewards: Float64Array;
  /** s′ — `[n × size]`, the true successor, also where the episode ended. */
  readonly nextObservations: Float32Array;
  /** `[n]` — 1 where s′ is terminal. The only flag that stops bootstrapping. */
  readonly terminated: Uint8Array;
  /** `[n]` — 1 where a time limit cut the episode; s′ still has a value. Never 1 with `terminated`. */
  readonly truncated: Uint8Array;
  /** 𝒜(s′) — `[n × numActions]`, 1 where the action is legal in s′; absent where all always are. */
  readonly nextActionMasks?: Uint8Array;
}

/** A column of actions: `Int32Array` `[n]` for `Discrete`, `Float32Array` `[n × size]` for `Box`. */
export type ActionColumn = Int32Array | Float32Array;

/** An array for `n` actions, zeros: `Int32Array` `[n]`, or `Float32Array` `[n × actionSize]`. */
export function createActions(actionSpace: Space, n: number): ActionColumn {
  const discrete = actionSpace.kind === 'discrete';
  return discrete ? new Int32Array(n) : new Float32Array(n * flatSize(actionSpace));
}

/** A batch of `n` empty transitions of a world. */
export function createTransitions(dynamics: Dynamics, n: number): Transitions {
  const { observationSpace, actionSpace, actionMask } = dynamics;
  const size = flatSize(observationSpace);
  const masked = actionMask !== undefined && actionSpace.kind === 'discrete';
  return {
    observations: new Float32Array(n * size),
    actions: createActions(actionSpace, n),
    rewards: new Float64Array(n),
    nextObservations: new Float32Array(n * size),
    terminated: new Uint8Array(n),
    truncated: new Uint8Array(n),
    ...(masked ? { nextActionMasks: new Uint8Array(n * actionSpace.n) } : {}),
  };
}
