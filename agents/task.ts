import { checkInteger } from '../core/check.ts';
import type { Discrete, Space } from '../core/space.ts';
import { describeSpace } from '../core/spaces/describe.ts';
import type { TabularModel } from '../core/tabular-model.ts';

/** What an agent is told of the world it is made for. */
export interface Task {
  readonly observationSpace: Space;
  readonly actionSpace: Space;
  /** Copies of the world that act and learn at once. Default 1. */
  readonly numEnvs?: number;
  /** The world's explicit model, for those who plan; absent where there is none. */
  readonly model?: (() => TabularModel) | undefined;
  /**
   * Whether s is number for number the s′ of the step before, where an episode goes on. Default true; not
   * so where observations are normalized.
   */
  readonly repeats?: boolean;
  /** Whether some actions are illegal in some states. Default whether there are masks. */
  readonly masked?: boolean;
  /** The world's own, where its rules are given as the task. */
  readonly actionMask?: unknown;
  /** Those of its copies, where they are given as the task. */
  readonly actionMasks?: unknown;
}

/** @throws RangeError unless the space is `Discrete`; says what the agent would need. */
export function requireDiscrete(where: string, what: string, space: Space): Discrete {
  if (space.kind === 'discrete') return space;
  throw new RangeError(
    `${where}: ${what} must be Discrete, got ${describeSpace(space)}.${
      what === 'observations' ? ' Wrap the world in discretizeObservation.' : ''
    }`,
  );
}

/**
 * Copies of the world that act and learn at once.
 *
 * @throws RangeError if that is no integer of at least 1.
 */
export function numCopies(where: string, { numEnvs = 1 }: Task): number {
  checkInteger(`${where}: numEnvs`, numEnvs, 1);
  return numEnvs;
}

/** @throws RangeError unless a batch has a row for each copy: of those that follow each by itself. */
export function checkCopies(where: string, rows: number, copies: number): void {
  if (rows === copies) return;
  throw new RangeError(
    `${where}: the batch must have one row for each copy of the world, ${copies}, got ${rows}. Make the agent for numEnvs: ${rows}.`,
  );
}

/** @throws RangeError if an agent is shown masks that it has no room for. */
export function checkMasks(
  where: string,
  actionMasks: Uint8Array | undefined,
  hasRoom: boolean,
): void {
  if (actionMasks === undefined || hasRoom) return;
  throw new RangeError(
    `${where}: actionMasks must be absent, for the agent was made for a world without masks. Make it with masked: true.`,
  );
}

/** @throws RangeError unless every number in `values` is finite: names the step that gave another. */
export function checkReward(where: string, reward: number, step: number): void {
  if (Number.isFinite(reward)) return;
  throw new RangeError(
    `${where}: the reward of step ${step} must be a finite number, got ${reward}.`,
  );
}
