import { checkBetween, checkInteger, resolveOptions } from '../../core/check.ts';
import { Pcg64 } from '../../core/pcg64.ts';
import { parseGridMap } from './grid-map.ts';

/** What a random map is like. */
export interface RandomLakeMapOptions {
  /** Rows, and columns; 2 … 100. Default 8. */
  readonly size?: number;
  /** Chance of ice rather than a hole, for each cell; in [0, 1]. Default 0.8. */
  readonly frozenProbability?: number;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
}

/** The options that `randomFrozenLakeMap()` stands for. */
export const RANDOM_LAKE_MAP_DEFAULTS: Required<RandomLakeMapOptions> = {
  size: 8,
  frozenProbability: 0.8,
  seed: 0,
};

/** Cells that are drawn at most before we give up; of 8×8 cells with the defaults it takes 75 on average. */
const MOST_CELLS = 5_000_000;

/**
 * A square map for the frozen lake, on which the goal can be reached.
 *
 * The start is at the top left, the goal at the bottom right, every other cell is ice or a hole. Maps
 * on which the goal cannot be reached are thrown away. The same seed gives the same map as Gymnasium
 * 1.4's `generate_random_map(size, p, seed)`.
 *
 * @returns rows of the letters S F H G.
 * @throws RangeError if an option is unknown or out of range, or there is so little ice that no map is found.
 */
export function randomFrozenLakeMap(options: RandomLakeMapOptions = {}): string[] {
  const where = 'randomFrozenLakeMap';
  const resolved = resolveOptions(where, RANDOM_LAKE_MAP_DEFAULTS, options);
  const { size, frozenProbability, seed } = resolved;
  checkInteger(`${where}: size`, size, 2, 100);
  checkBetween(`${where}: frozenProbability`, frozenProbability, 0, 1);
  checkInteger(`${where}: seed`, seed, 0);
  const rng = new Pcg64(seed);
  // NumPy divides by the sum of both chances, which may be off 1 by a bit.
  const frozen = frozenProbability / (frozenProbability + (1 - frozenProbability));
  const ice = new Uint8Array(size * size);
  for (let drawn = 0; drawn < MOST_CELLS; drawn += ice.length) {
    for (let cell = 0; cell < ice.length; cell++) ice[cell] = rng.uniform() < frozen ? 1 : 0;
    ice[0] = ice[ice.length - 1] = 1; // start and goal
    if (reachable(ice, size, [0])[ice.length - 1] === 1) return drawMap(ice, size);
  }
  throw new RangeError(
    `${where}: frozenProbability must be so high that a way to the goal is found within ${MOST_CELLS} cells, got ${frozenProbability} for size ${size}.`,
  );
}

/**
 * Whether a goal can be reached from every start of a map, over cells that are no holes.
 *
 * @param rows Letters S F H G.
 */
export function goalIsReachable(rows: readonly string[]): boolean {
  const { letters, columns } = parseGridMap('goalIsReachable', rows, 'SFHG');
  const open = Uint8Array.from(letters, (letter) => (letter === 'H' ? 0 : 1));
  const cells = Array.from(letters, (_, cell) => cell);
  const reached = reachable(
    open,
    columns,
    cells.filter((cell) => letters[cell] === 'G'),
  );
  return cells.every((cell) => letters[cell] !== 'S' || reached[cell] === 1);
}

/** Sets 1 for each cell to which open cells lead from one of `sources`, side by side. */
function reachable(open: Uint8Array, columns: number, sources: number[]): Uint8Array {
  const reached = new Uint8Array(open.length);
  const waiting = sources;
  for (let cell = waiting.pop(); cell !== undefined; cell = waiting.pop()) {
    if (open[cell] !== 1 || reached[cell] === 1) continue;
    reached[cell] = 1;
    const column = cell % columns;
    if (column > 0) waiting.push(cell - 1);
    if (column < columns - 1) waiting.push(cell + 1);
    if (cell >= columns) waiting.push(cell - columns);
    if (cell + columns < open.length) waiting.push(cell + columns);
  }
  return reached;
}

function drawMap(ice: Uint8Array, size: number): string[] {
  const letters: string[] = Array.from(ice, (frozen) => (frozen === 1 ? 'F' : 'H'));
  letters[0] = 'S';
  letters[letters.length - 1] = 'G';
  return Array.from({ length: size }, (_, row) =>
    letters.slice(row * size, (row + 1) * size).join(''),
  );
}
