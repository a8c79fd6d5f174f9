import { rowSize } from '../core/spaces/rows.ts';
import { createActions, type Transitions } from '../core/transitions.ts';
import { isMasked, type ReplayTask } from './replay-task.ts';

/** How long sequences are, and what comes with them. */
export interface SequenceShape {
  /** Steps to learn from. */
  readonly length: number;
  /** Steps before them, by which memory is warmed up. */
  readonly burnIn: number;
  /** Numbers that a recurrent network carries from step to step. */
  readonly stateSize: number;
}

/**
 * `n` sequences of T = `burnIn` + `length` steps of one episode each. Row t · n + i is step t of sequence
 * i, as recurrent networks take them.
 *
 * What is learned from begins at step `burnIn`, where `mask` is 1 until the episode ends. Before the
 * first step of an episode and behind its last s′ there are zeros (of masks, ones).
 */
export interface SequenceBatch extends Omit<Transitions, 'nextObservations'> {
  /** s of each step, and behind the last one its s′, `[(T + 1) × n × size]`: step t + 1 is s′ of step t. */
  readonly observations: Float32Array;
  /** 1 where an episode begins, `[(T + 1) × n]`: there a network forgets. */
  readonly starts: Uint8Array;
  /** 1 where there is a step to learn from, `[T × n]`. */
  readonly mask: Uint8Array;
  /** What the network carried when it came to the first step, `[n × stateSize]`; zeros at a beginning. */
  readonly states: Float32Array;
  /** What the loss of a sequence is to be multiplied by, `[n]`: 1 in buffers without priorities. */
  readonly weights: Float64Array;
  /** Where the first step to learn from stands in the buffer, `[n]`: for priorities. */
  readonly indices: Int32Array;
}

/** A batch of `n` sequences of zeros, for `sample` to fill again and again. */
export function createSequenceBatch(
  task: ReplayTask,
  { length, burnIn, stateSize }: SequenceShape,
  n: number,
): SequenceBatch {
  const { observationSpace, actionSpace } = task;
  const rows = (burnIn + length) * n;
  return {
    observations: new Float32Array((rows + n) * rowSize(observationSpace)),
    actions: createActions(actionSpace, rows),
    rewards: new Float64Array(rows),
    terminated: new Uint8Array(rows),
    truncated: new Uint8Array(rows),
    ...(isMasked(task) && actionSpace.kind === 'discrete'
      ? { nextActionMasks: new Uint8Array(rows * actionSpace.n) }
      : {}),
    starts: new Uint8Array(rows + n),
    mask: new Uint8Array(rows),
    states: new Float32Array(n * stateSize),
    weights: new Float64Array(n),
    indices: new Int32Array(n),
  };
}
