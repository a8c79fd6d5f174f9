import type { Rng } from '../../core/rng.ts';
import { type Box, box } from '../../core/space.ts';
import type { Transitions } from '../../core/transitions.ts';
import { ReplayBuffer } from '../../replay/replay-buffer.ts';
import { rowsOf } from './float64-twin.ts';

/** A world of two numbers seen and two done, whose middle and reach differ. */
export const REAL_TASK: { readonly observationSpace: Box; readonly actionSpace: Box } = {
  observationSpace: box([-9, -9], [9, 9]),
  actionSpace: box([-2, 0], [2, 1]),
};

/** Four transitions: the last but one ends its episode, the last is cut off. */
export const REAL_EXPERIENCE: Transitions = {
  observations: Float32Array.of(1, 0.5, -0.5, 2, 0.25, -1, 1.5, 1),
  actions: Float32Array.of(1, 0.25, -1.5, 0.75, 0, 0.5, 1.75, 0.9),
  rewards: Float64Array.of(1, -0.5, 2, 0.25),
  nextObservations: Float32Array.of(-0.5, 2, 0.25, -1, 1.5, 1, -1, -1.5),
  terminated: Uint8Array.of(0, 0, 1, 0),
  truncated: Uint8Array.of(0, 0, 0, 1),
};

/** Transitions as learners take them. */
export interface RealBatch {
  readonly states: number[][];
  /** In [−1, 1]. */
  readonly actions: number[][];
  readonly rewards: number[];
  readonly nextStates: number[][];
  /** 0 where s′ is terminal, else 1. */
  readonly goesOn: number[];
}

/** What an agent draws of `REAL_EXPERIENCE` with the same generator, from a memory of 10. */
export function drawBatch(rng: Rng, rows: number): RealBatch {
  const replay = new ReplayBuffer(REAL_TASK, 10);
  replay.add(REAL_EXPERIENCE);
  const batch = replay.createBatch(rows);
  replay.sample(batch, rng);
  return {
    states: rowsOf(batch.observations, 2),
    actions: rowsOf(batch.actions, 2).map(([a, b]) => [a / 2, 2 * b - 1]),
    rewards: [...batch.rewards],
    nextStates: rowsOf(batch.nextObservations, 2),
    goesOn: [...batch.terminated].map((ended) => 1 - ended),
  };
}

/** Each row of one beside that of the other: (s, a). */
export function join(
  rows: readonly (readonly number[])[],
  more: readonly (readonly number[])[],
): number[][] {
  return rows.map((row, i) => [...row, ...more[i]]);
}

/** Fills parameters with normal draws, σ = ½. */
export function shake(parameters: Float32Array, rng: Rng): void {
  for (let i = 0; i < parameters.length; i++) parameters[i] = 0.5 * rng.normal();
}
