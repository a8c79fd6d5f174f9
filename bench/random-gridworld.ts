import type { TabularModel } from '../core/tabular-model.ts';

const NUM_ACTIONS = 4;
const SLIP = 0.2; // half of it to either side

/** A number in [0, 1) that looks random; bench/peers/planning.py has the same. */
function noise(i: number): number {
  let x = Math.imul(i + 1, 0x9e3779b1);
  x = Math.imul(x ^ (x >>> 15), 0x85ebca6b);
  return ((x ^ (x >>> 13)) >>> 0) / 2 ** 32;
}

/**
 * A square of cells: a fifth of them are walls, one in a thousand is a goal, and a step costs up to 1.
 *
 * @param side Cells along a side.
 */
export function randomGridworld(side: number): TabularModel {
  const numStates = side * side;
  const numRows = numStates * NUM_ACTIONS;
  const nextState = new Int32Array(3 * numRows);
  const probability = new Float64Array(3 * numRows);
  const reward = new Float64Array(3 * numRows);
  const terminated = new Uint8Array(3 * numRows);
  const moves = [-side, 1, side, -1]; // up, right, down, left
  const isWall = (cell: number) => noise(cell) < 0.2;
  const isGoal = (cell: number) => noise(cell + numStates) < 0.001;
  const land = (cell: number, move: number) => {
    const column = cell % side;
    const next = cell + moves[move];
    if ((move === 1 && column === side - 1) || (move === 3 && column === 0)) return cell;
    return next < 0 || next >= numStates || isWall(next) ? cell : next;
  };
  let i = 0;
  for (let cell = 0; cell < numStates; cell++) {
    const cost = noise(cell + 2 * numStates);
    for (let action = 0; action < NUM_ACTIONS; action++) {
      for (let turn = -1; turn <= 1; turn++) {
        nextState[i] = land(cell, (action + turn + 4) % 4);
        probability[i] = turn === 0 ? 1 - SLIP : SLIP / 2;
        reward[i] = -cost;
        terminated[i] = isGoal(nextState[i]) ? 1 : 0;
        i++;
      }
    }
  }
  return {
    numStates,
    numActions: NUM_ACTIONS,
    rowStart: Int32Array.from({ length: numRows + 1 }, (_, row) => 3 * row),
    ...{ nextState, probability, reward, terminated },
    startDistribution: new Float64Array(numStates).fill(1 / numStates),
  };
}
