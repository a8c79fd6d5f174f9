import { type Allocate, type ArrayType, allocateArray } from './allocate.ts';
import { STATE_ARRAYS, type StateRow } from './dynamics.ts';
import { rowSize } from './spaces/rows.ts';
import { createColumns, type Transitions } from './transitions.ts';
import type { WorldShape } from './world-shape.ts';

/** All that a vector of `n` copies keeps of them in columns: everything but their generators. */
export interface VectorColumns {
  /** What each copy shows now, `[n × observationSize]`. */
  readonly observations: Float32Array;
  /** Legal actions of each copy now, `[n × numActions]`; absent where all always are. */
  readonly actionMasks?: Uint8Array;
  /** Steps that the episode of each copy has taken, `[n]`. */
  readonly elapsed: Int32Array;
  /** `[n × stateSize]`. */
  readonly states: StateRow;
  /** `[n × stateSize]`. */
  readonly finalStates: StateRow;
  readonly transitions: Transitions;
}

/**
 * Columns for `numEnvs` copies of a world, all zeros.
 *
 * @param allocate Where the arrays come from; it is asked for the same ones in the same order each
 *   time, whatever it gives. Default memory of their own.
 */
export function createVectorColumns(
  shape: WorldShape,
  numEnvs: number,
  allocate: Allocate = allocateArray,
): VectorColumns {
  const { observationSpace, actionSpace, masked, stateSize, stateKind } = shape;
  const numActions = masked && actionSpace.kind === 'discrete' ? actionSpace.n : 0;
  const transitions = createColumns(shape, numEnvs, allocate);
  const stateArray: ArrayType<StateRow> = STATE_ARRAYS[stateKind];
  const createStates = () => allocate(stateArray, numEnvs * stateSize);
  return {
    observations: allocate(Float32Array, numEnvs * rowSize(observationSpace)),
    ...(masked ? { actionMasks: allocate(Uint8Array, numEnvs * numActions) } : {}),
    elapsed: allocate(Int32Array, numEnvs),
    states: createStates(),
    finalStates: createStates(),
    transitions,
  };
}

/** Views of the rows from copy `first` on, of `count` copies out of `numEnvs`. */
export function sliceColumns(
  columns: VectorColumns,
  numEnvs: number,
  first: number,
  count: number,
): VectorColumns {
  const slice = <T>(column: T): T => {
    if (!ArrayBuffer.isView(column)) return sliceEach(column);
    const rows = column as unknown as Float32Array;
    const size = rows.length / numEnvs;
    return rows.subarray(first * size, (first + count) * size) as T;
  };
  const sliceEach = <T>(group: T): T =>
    Object.fromEntries(
      Object.entries(group as object).map(([k, column]) => [k, slice(column)]),
    ) as T;
  return sliceEach(columns);
}

/** Views of the rows of a matrix, made once so that the loop needs no offsets. */
export function rowsOf<T extends StateRow>(matrix: T | undefined, numRows: number): readonly T[] {
  if (matrix === undefined) return [];
  const size = matrix.length / numRows;
  const row = (_: unknown, i: number) => matrix.subarray(i * size, (i + 1) * size) as T;
  return Array.from({ length: numRows }, row);
}
