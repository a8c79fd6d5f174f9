/** Q(s, a) of every state, row-major `[numStates × numActions]`. */
export interface ActionValueTable {
  readonly numStates: number;
  readonly numActions: number;
  readonly values: ArrayLike<number>;
}

/** Q(s, ·), `[numActions]`; `null` for a state that the table does not have. */
export function actionValuesOf(table: ActionValueTable, state: number): number[] | null {
  const { numActions, numStates, values } = table;
  if (!Number.isInteger(state) || state < 0 || state >= numStates) return null;
  return Array.from({ length: numActions }, (_, action) => values[state * numActions + action]);
}

/** V(s) = maxₐ Q(s, a) over the legal actions; NaN when none is. */
export function bestValue(values: ArrayLike<number>, mask?: ArrayLike<number> | null): number {
  let best = Number.NaN;
  for (let action = 0; action < values.length; action++) {
    if (mask && mask[action] === 0) continue;
    if (!(values[action] <= best)) best = values[action];
  }
  return best;
}

/** Every action that ties for the highest value, ascending. */
export function greedyActions(
  values: ArrayLike<number>,
  mask?: ArrayLike<number> | null,
): number[] {
  const best = bestValue(values, mask);
  const actions: number[] = [];
  for (let action = 0; action < values.length; action++) {
    if (mask && mask[action] === 0) continue;
    if (values[action] === best) actions.push(action);
  }
  return actions;
}
