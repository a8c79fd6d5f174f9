import type { GridScene } from '../../core/scene.ts';
import { type Range, rangeOf } from '../color/scale.ts';
import { decisionState } from '../scene/grid-layout.ts';
import { type ActionValueTable, actionValuesOf, bestValue } from './action-values.ts';

/** What the agent thinks of one cell. */
export interface CellValues {
  /** Row-major index of the cell. */
  readonly index: number;
  readonly state: number;
  /** Q(s, ·). */
  readonly actionValues: readonly number[];
  /** V(s) = maxₐ Q(s, a). */
  readonly value: number;
}

/** The values of every cell in which an agent decides something. */
export function gridValues(scene: GridScene, table: ActionValueTable): CellValues[] {
  const cells: CellValues[] = [];
  for (let index = 0; index < scene.tiles.length; index++) {
    const state = decisionState(scene, index);
    const actionValues = state < 0 ? null : actionValuesOf(table, state);
    if (actionValues === null) continue;
    cells.push({ index, state, actionValues, value: bestValue(actionValues) });
  }
  return cells;
}

/** The span of V over the cells, or of Q where every action's value is shown. */
export function valueRange(cells: readonly CellValues[], everyAction: boolean): Range | null {
  const shown = cells.flatMap((cell) => (everyAction ? cell.actionValues : [cell.value]));
  return rangeOf(shown);
}
