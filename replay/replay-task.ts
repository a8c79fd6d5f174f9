import type { Space } from '../core/space.ts';

/** What a buffer must know of the world whose transitions it holds. Its `Dynamics` say all of it. */
export interface ReplayTask {
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  /** Present where some actions are illegal in some states, as in `Dynamics`. */
  readonly actionMask?: unknown;
  /** Likewise, as copies of the world have them. */
  readonly actionMasks?: unknown;
  /** The same, for those who have no rules. Default whether there are masks. */
  readonly masked?: boolean;
  /** Copies of the world, whose transitions come in turns. Default 1. */
  readonly numEnvs?: number;
  /**
   * Whether s is number for number the s′ of the step before, where an episode goes on. Default true;
   * not so where observations are normalized by what was seen until then.
   */
  readonly repeats?: boolean;
}

/** Whether transitions of the world come with masks. */
export function isMasked({ actionSpace, actionMask, actionMasks, masked }: ReplayTask): boolean {
  return actionSpace.kind === 'discrete' && (masked ?? (actionMask ?? actionMasks) !== undefined);
}
