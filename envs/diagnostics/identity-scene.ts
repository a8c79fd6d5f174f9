import type { GridScene } from '../../core/scene.ts';
import type { Space } from '../../core/space.ts';
import { readRow, rowSize } from '../../core/spaces/rows.ts';

/** Columns that are drawn at most. */
const MOST_COLUMNS = 24;

/** How far a number may be off and still look right. */
const NEAR = 0.05;

/**
 * The numbers of a row in a line of cells: what is shown now, and below it what was shown and done
 * before, where a hole marks each number that was wrong.
 *
 * @param state `[element, last element, last action, whether there was one]`.
 */
export function identityScene(space: Space, state: Float64Array): GridScene {
  const size = rowSize(space);
  const columns = Math.min(size, MOST_COLUMNS);
  const numbers = (part: number) =>
    Array.from(state.subarray(part * size, part * size + columns), label);
  const hasActed = state[3 * size] === 1;
  const isRight = (i: number) => Math.abs(state[2 * size + i] - state[size + i]) < NEAR;
  const places = Array.from({ length: columns }, (_, i) => i);
  const done = places.map((i) => (isRight(i) ? ('floor' as const) : ('hole' as const)));
  const element = (part: number) => describe(readRow(space, state, part * size));
  return {
    kind: 'grid',
    rows: hasActed ? 3 : 1,
    columns,
    tiles: [
      ...places.map(() => 'goal' as const),
      ...(hasActed ? [...places.map(() => 'start' as const), ...done] : []),
    ],
    tokens: [],
    labels: [...numbers(0), ...(hasActed ? [...numbers(1), ...numbers(2)] : [])],
    caption: hasActed
      ? `did ${element(2)} for ${element(1)}, now do ${element(0)}`
      : `do ${element(0)}`,
  };
}

function label(x: number): string {
  return Number.isInteger(x) ? String(x) : x.toFixed(2);
}

/** An element in at most 40 letters, such as `{"gear":1,"push":[0.25,-0.5]}`. */
function describe(element: unknown): string {
  const text = JSON.stringify(element, (_, value: unknown) => {
    if (typeof value === 'number') return Math.round(value * 100) / 100;
    return ArrayBuffer.isView(value) ? Array.from(value as Float32Array) : value;
  });
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
