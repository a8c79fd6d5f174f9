import { isIntegral, rowSize } from '../../core/spaces/rows.ts';
import type { ActionColumn } from '../../core/transitions.ts';
import type { Allocator } from '../memory.ts';
import { isMasked, type ReplayTask } from '../replay-task.ts';
import type { Rollout } from '../returns/rollout.ts';

/** What is kept of steps that a policy took: one row for each copy and step, or for each of a batch. */
export interface StepColumns {
  /** sₜ, `[rows × size]`. */
  readonly observations: Float32Array;
  /** aₜ, `[rows × actionSize]`. */
  readonly actions: ActionColumn;
  /** 𝒜(sₜ), `[rows × numActions]`; absent where all actions always are legal. */
  readonly actionMasks?: Uint8Array;
  /** 1 where sₜ begins an episode. */
  readonly starts: Uint8Array;
  /** log π(aₜ|sₜ) of the policy that acted. */
  readonly logProbabilities: Float32Array;
  /** What describes that policy, `[rows × policySize]`. */
  readonly policies: Float32Array;
  /** V(sₜ) as it was then. */
  readonly values: Float32Array;
  /** Aₜ, once it has been estimated. */
  readonly advantages: Float32Array;
  /** Aₜ + V(sₜ): what V(sₜ) is to become. */
  readonly returns: Float32Array;
}

/** The columns of a whole rollout, `[numSteps × numEnvs]`: they may be read and changed. */
export interface RolloutColumns extends StepColumns, Rollout {
  readonly rewards: Float64Array;
  readonly nextValues: Float32Array;
  readonly values: Float32Array;
}

/** Numbers in one row of each column. */
export interface StepSizes {
  readonly observation: number;
  readonly action: number;
  readonly mask: number;
  readonly policy: number;
}

/** The sizes of rows for a world. */
export function stepSizes(task: ReplayTask, policySize: number): StepSizes {
  const { observationSpace, actionSpace } = task;
  return {
    observation: rowSize(observationSpace),
    action: rowSize(actionSpace),
    mask: isMasked(task) && actionSpace.kind === 'discrete' ? actionSpace.n : 0,
    policy: policySize,
  };
}

/** Columns of `rows` rows, zeros. */
export function createSteps(
  task: ReplayTask,
  rows: number,
  sizes: StepSizes,
  allocator: Allocator,
): StepColumns {
  const floats = (name: string, size = 1) => allocator.array(name, Float32Array, rows * size);
  const actions = rows * sizes.action;
  return {
    observations: floats('observations', sizes.observation),
    actions: isIntegral(task.actionSpace)
      ? allocator.array('actions', Int32Array, actions)
      : allocator.array('actions', Float32Array, actions),
    ...(sizes.mask > 0
      ? { actionMasks: allocator.array('masks', Uint8Array, rows * sizes.mask) }
      : {}),
    starts: allocator.array('starts', Uint8Array, rows),
    logProbabilities: floats('logProbabilities'),
    policies: floats('policies', sizes.policy),
    values: floats('values'),
    advantages: floats('advantages'),
    returns: floats('returns'),
  };
}

/** Columns of a rollout of `rows` rows, zeros. */
export function createRollout(
  task: ReplayTask,
  [rows, numEnvs]: readonly [number, number],
  sizes: StepSizes,
  allocator: Allocator,
): RolloutColumns {
  return {
    ...createSteps(task, rows, sizes, allocator),
    numEnvs,
    rewards: allocator.array('rewards', Float64Array, rows),
    terminated: allocator.array('ends', Uint8Array, rows),
    truncated: allocator.array('ends', Uint8Array, rows),
    nextValues: allocator.array('values', Float32Array, rows),
  };
}

/**
 * Fills a batch with the rows that stand at `first` and behind it in `order`.
 *
 * @param sizes Of the rows of both.
 */
export function gatherSteps(
  columns: StepColumns,
  order: Int32Array,
  first: number,
  batch: StepColumns,
  sizes: StepSizes,
): void {
  for (let i = 0; i < batch.values.length; i++) {
    const row = order[first + i];
    batch.starts[i] = columns.starts[row];
    batch.logProbabilities[i] = columns.logProbabilities[row];
    batch.values[i] = columns.values[row];
    batch.advantages[i] = columns.advantages[row];
    batch.returns[i] = columns.returns[row];
    copyRow(columns.observations, row, batch.observations, i, sizes.observation);
    copyRow(columns.actions, row, batch.actions, i, sizes.action);
    copyRow(columns.policies, row, batch.policies, i, sizes.policy);
    if (columns.actionMasks && batch.actionMasks) {
      copyRow(columns.actionMasks, row, batch.actionMasks, i, sizes.mask);
    }
  }
}

function copyRow<T extends { [index: number]: number }>(
  from: T,
  i: number,
  to: T,
  j: number,
  size: number,
): void {
  for (let k = 0; k < size; k++) to[j * size + k] = from[i * size + k];
}
