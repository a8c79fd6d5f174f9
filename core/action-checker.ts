import { checkLength, show } from './check.ts';
import { checkActionRow, isClipped } from './check-action.ts';
import type { Dynamics } from './dynamics.ts';
import type { Space } from './space.ts';
import { partNames } from './spaces/composite.ts';
import { isIntegral, rowSize } from './spaces/rows.ts';
import type { ActionColumn } from './transitions.ts';

/**
 * Checks a column of actions, `[n × actionSize]`, against the masks, `[n × numActions]`, that are
 * absent where all actions are legal.
 */
export type ActionChecker = (actions: ActionColumn, masks: Uint8Array | undefined) => void;

/**
 * Makes a check of columns of actions for loops: where all are legal it allocates nothing, but for
 * spaces with texts, sequences, graphs or `OneOf`.
 *
 * @param where Who checks, for the message about the length.
 * @returns a function that throws a RangeError unless the column is such as `createActions` makes,
 *   with one action for each of `numEnvs` copies, and all are in the action space and legal.
 */
export function actionChecker(
  where: string,
  world: Pick<Dynamics, 'name' | 'actionSpace'>,
  numEnvs: number,
): ActionChecker {
  const length = numEnvs * rowSize(world.actionSpace);
  const areLegal = legality(world.actionSpace);
  const Column = isIntegral(world.actionSpace) ? Int32Array : Float32Array;
  return (actions, masks) => {
    if (actions?.constructor !== Column) refuseColumn(where, actions, Column.name);
    if (actions.length !== length) checkLength(`${where}: actions`, actions, length);
    if (!areLegal(actions, masks)) findIllegal(world, actions, numEnvs, masks);
  };
}

function refuseColumn(where: string, actions: ActionColumn, expected: string): never {
  const got = ArrayBuffer.isView(actions) ? actions.constructor.name : show(actions);
  throw new RangeError(
    `${where}: actions must be ${expected === 'Int32Array' ? 'an' : 'a'} ${expected}, as createActions() makes it, got ${got}.`,
  );
}

/** Looks at each row by itself, and throws at the first that is not legal. */
function findIllegal(
  world: Pick<Dynamics, 'name' | 'actionSpace'>,
  actions: ActionColumn,
  numEnvs: number,
  masks: Uint8Array | undefined,
): void {
  const numActions = (masks?.length ?? 0) / numEnvs;
  for (let copy = 0; copy < numEnvs; copy++) {
    const mask = masks?.subarray(copy * numActions, (copy + 1) * numActions) ?? null;
    checkActionRow(world, actions, copy, mask);
  }
}

/** Whether a whole column is certainly legal; false where each row must be looked at. */
function legality(space: Space): (actions: ActionColumn, masks: Uint8Array | undefined) => boolean {
  if (space.kind === 'discrete') return (actions, masks) => areInRange(actions, space.n, masks);
  if (isClipped(space)) return areFinite;
  const ranges = rangesOf(space);
  return ranges === null ? () => false : (actions) => areWithin(actions, ranges);
}

function areInRange(actions: ActionColumn, n: number, masks: Uint8Array | undefined): boolean {
  for (let i = 0; i < actions.length; i++) {
    const action = actions[i];
    if (!(action >= 0 && action < n)) return false;
    if (masks !== undefined && masks[i * n + action] !== 1) return false;
  }
  return true;
}

function areFinite(actions: ActionColumn): boolean {
  for (let i = 0; i < actions.length; i++) if (!(Math.abs(actions[i]) < Infinity)) return false;
  return true;
}

/** What each number of a row can be, `[rowSize]` each. */
interface Ranges {
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** 1 where it must be an integer. */
  readonly whole: Uint8Array;
}

function areWithin(actions: ActionColumn, { least, most, whole }: Ranges): boolean {
  const size = least.length;
  for (let i = 0, k = 0; i < actions.length; i++) {
    const x = actions[i];
    if (!(x >= least[k] && x <= most[k])) return false;
    if (whole[k] === 1 && Math.floor(x) !== x) return false;
    k = k + 1 === size ? 0 : k + 1;
  }
  return true;
}

/** `null` where what a number can be depends on others. */
function rangesOf(space: Space): Ranges | null {
  switch (space.kind) {
    case 'discrete':
      return wholeRanges(1, () => space.n - 1);
    case 'multi-discrete':
      return wholeRanges(space.sizes.length, (i) => space.sizes[i] - 1);
    case 'multi-binary':
      return wholeRanges(rowSize(space), () => 1);
    case 'box': {
      const whole = new Uint8Array(space.low.length).fill(space.dtype === 'float32' ? 0 : 1);
      return { least: Float64Array.from(space.low), most: Float64Array.from(space.high), whole };
    }
    case 'dict':
      return joinRanges(partNames(space).map((name) => rangesOf(space.spaces[name])));
    case 'tuple':
      return joinRanges(space.spaces.map(rangesOf));
    default:
      return null;
  }
}

function wholeRanges(size: number, most: (i: number) => number): Ranges {
  const least = new Float64Array(size);
  return {
    least,
    most: least.map((_, i) => most(i)),
    whole: new Uint8Array(size).fill(1),
  };
}

function joinRanges(parts: readonly (Ranges | null)[]): Ranges | null {
  const known = parts.filter((part) => part !== null);
  if (known.length < parts.length) return null;
  return {
    least: Float64Array.from(known.flatMap(({ least }) => [...least])),
    most: Float64Array.from(known.flatMap(({ most }) => [...most])),
    whole: Uint8Array.from(known.flatMap(({ whole }) => [...whole])),
  };
}
