import type { AnyBox, Discrete, Space } from '../core/space.ts';
import { partNames } from '../core/spaces/composite.ts';
import { describeSpace } from '../core/spaces/describe.ts';
import type { MultiDiscrete } from '../core/spaces/multi.ts';

/** More rows than this are cut. */
const MOST_ROWS = 24;

/**
 * The elements of a space as rows of a table: element, least, most, unit, meaning.
 *
 * Elements without names that have the same bounds are one row; of very many the first are shown.
 */
export function spaceRows(space: Space, path: string = ''): string[][] {
  switch (space.kind) {
    case 'discrete':
      return discreteRows(space, path);
    case 'box':
      return boxRows(space, path);
    case 'multi-discrete':
      return multiDiscreteRows(space, path);
    case 'multi-binary':
      return cut(
        labeled(space.labels, path, () => ['0', '1', '']) ?? [[`${path}[…]`, '0', '1', '', '']],
      );
    case 'text': {
      const letters = `letters of ${JSON.stringify(space.charset)}`;
      return [[path || 'text', `${space.minLength}`, `${space.maxLength}`, 'letters', letters]];
    }
    case 'dict':
      return partNames(space).flatMap((name) => spaceRows(space.spaces[name], `${path}.${name}`));
    case 'tuple':
    case 'one-of':
      return space.spaces.flatMap((part, i) => spaceRows(part, `${path}[${i}]`));
    case 'sequence':
      return spaceRows(space.space, `${path}[…]`);
    case 'graph':
      return [[path || 'graph', '', '', '', describeSpace(space)]];
  }
}

function discreteRows({ n, start, labels }: Discrete, path: string): string[][] {
  if (labels.length === 0) return [[path || 'number', `${start}`, `${start + n - 1}`, '', '']];
  return cut(
    labels.map((label, i) => [`${path}${path ? ' = ' : ''}${start + i}`, '', '', '', label]),
  );
}

function boxRows({ low, high, labels, units = [] }: AnyBox, path: string): string[][] {
  const bounds = (i: number) => [showBound(low[i]), showBound(high[i]), units[i] ?? ''];
  const named = labeled(labels, path, bounds);
  if (named !== null) return cut(named);
  if (low.every((x) => x === low[0]) && high.every((x) => x === high[0])) {
    return [[`${path}[0 … ${low.length - 1}]`, ...bounds(0), '']];
  }
  return cut(Array.from(low, (_, i) => [`${path}[${i}]`, ...bounds(i), '']));
}

function multiDiscreteRows({ sizes, start, labels }: MultiDiscrete, path: string): string[][] {
  const bounds = (i: number) => [`${start[i]}`, `${start[i] + sizes[i] - 1}`, ''];
  return cut(
    labeled(labels, path, bounds) ??
      Array.from(sizes, (_, i) => [`${path}[${i}]`, ...bounds(i), '']),
  );
}

function labeled(
  labels: readonly string[],
  path: string,
  bounds: (i: number) => string[],
): string[][] | null {
  if (labels.length === 0) return null;
  return labels.map((label, i) => [`${path}[${i}]`, ...bounds(i), label]);
}

/** A bound as people write it: float32 without the digits that it does not have. */
function showBound(bound: number): string {
  if (bound === Infinity) return '∞';
  if (bound === -Infinity) return '−∞';
  return String(Number(bound.toPrecision(6))).replace('-', '−');
}

function cut(rows: string[][]): string[][] {
  if (rows.length <= MOST_ROWS) return rows;
  return [...rows.slice(0, MOST_ROWS), [`… ${rows.length - MOST_ROWS} more`, '', '', '', '']];
}
