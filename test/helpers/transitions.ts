import type { Transitions } from '../../core/transitions.ts';

/** One transition of a world with discrete observations, as a batch of one. */
export function transition(row: {
  state?: number;
  action: number;
  reward: number;
  nextState?: number;
  terminated?: boolean;
  truncated?: boolean;
  nextMask?: readonly number[];
}): Transitions {
  return {
    observations: Float32Array.of(row.state ?? 0),
    actions: Int32Array.of(row.action),
    rewards: Float64Array.of(row.reward),
    nextObservations: Float32Array.of(row.nextState ?? 0),
    terminated: Uint8Array.of(row.terminated ? 1 : 0),
    truncated: Uint8Array.of(row.truncated ? 1 : 0),
    ...(row.nextMask ? { nextActionMasks: Uint8Array.from(row.nextMask) } : {}),
  };
}
