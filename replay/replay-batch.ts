import { allocateArray } from '../core/allocate.ts';
import { createColumns, type Transitions } from '../core/transitions.ts';
import { isMasked, type ReplayTask } from './replay-task.ts';

/** Transitions drawn from a buffer, `n` of them, one per row. Of n steps, r is their discounted sum. */
export interface ReplayBatch extends Transitions {
  /** What the value of s′ is to be multiplied by, `[n]`: γᵏ after k steps, also where s′ is terminal. */
  readonly discounts: Float64Array;
  /** What the loss of the row is to be multiplied by, `[n]`: 1 in buffers without priorities. */
  readonly weights: Float64Array;
  /** Where it stands in the buffer, `[n]`: for priorities. */
  readonly indices: Int32Array;
  /** 𝒜(s), `[n × numActions]`, 1 where the action is legal in s; where the buffer keeps it. */
  readonly actionMasks?: Uint8Array;
}

/** What `sample` fills: columns that are not there are left out. */
export type SampledColumns = Transitions & Partial<ReplayBatch>;

/** A batch of `n` rows of zeros, for `sample` to fill again and again. */
export function createReplayBatch(
  task: ReplayTask,
  n: number,
  { stateMasks = false }: { readonly stateMasks?: boolean } = {},
): ReplayBatch {
  const { observationSpace, actionSpace } = task;
  return {
    ...createColumns({ observationSpace, actionSpace, masked: isMasked(task) }, n, allocateArray),
    discounts: new Float64Array(n),
    weights: new Float64Array(n),
    indices: new Int32Array(n),
    ...(stateMasks && actionSpace.kind === 'discrete'
      ? { actionMasks: new Uint8Array(n * actionSpace.n) }
      : {}),
  };
}
