import type { AnyBox, Space } from '../../core/space.ts';
import { describeSpace } from '../../core/spaces/describe.ts';
import { spaceFromJson, spaceToJson } from '../../core/spaces/json.ts';
import { fitsRow } from '../../core/spaces/rows.ts';
import { difference } from './compare.ts';
import type { Report } from './report.ts';

/** Where a space is used. */
type Use = 'observation' | 'action';

/**
 * Checks the spaces alone.
 *
 * @returns whether they can be worked with.
 */
export function checkSpaces(
  spaces: { readonly observationSpace: Space; readonly actionSpace: Space },
  report: Report,
): boolean {
  checkSpace(spaces.observationSpace, 'observationSpace', 'observation', report);
  checkSpace(spaces.actionSpace, 'actionSpace', 'action', report);
  return report.count('space-valid') === 0;
}

function checkSpace(space: Space, where: string, use: Use, report: Report): void {
  report.attempt('space-valid', where, () => {
    const rebuilt = spaceFromJson(spaceToJson(space));
    const found = difference(space, rebuilt, where);
    if (found !== null) report.add('space-valid', where, `As built from its own JSON, ${found}.`);
  });
  if (report.count('space-valid') > 0) return;
  if (!fitsRow(space)) {
    report.add('space-row', where, `${describeSpace(space)} has elements of any length.`);
  }
  adviseOn(space, where, use, report);
}

function adviseOn(space: Space, where: string, use: Use, report: Report): void {
  for (const [name, part] of partsOf(space)) adviseOn(part, `${where}${name}`, use, report);
  if ('labels' in space) checkNames(space.labels, where, report);
  if (space.kind !== 'box') return;
  checkBounds(space, where, report);
  if (use === 'action') checkNormalized(space, where, report);
  else checkImage(space, where, report);
}

/** The spaces inside a space, with what leads to each. */
export function partsOf(space: Space): [string, Space][] {
  switch (space.kind) {
    case 'dict':
      return Object.entries(space.spaces).map(([name, part]) => [`.${name}`, part]);
    case 'tuple':
    case 'one-of':
      return space.spaces.map((part, i) => [`[${i}]`, part]);
    case 'sequence':
      return [['[]', space.space]];
    case 'graph': {
      const nodes: [string, Space] = ['.nodes[]', space.nodeSpace];
      return space.edgeSpace === null ? [nodes] : [nodes, ['.edges[]', space.edgeSpace]];
    }
    default:
      return [];
  }
}

function checkNames(labels: readonly string[], where: string, report: Report): void {
  labels.forEach((label, i) => {
    if (label.trim() === '') report.add('space-labels', where, `labels[${i}] is empty.`);
    const first = labels.indexOf(label);
    if (first === i) return;
    report.add('space-labels', where, `labels[${first}] and labels[${i}] are both "${label}".`);
  });
}

function checkBounds({ low, high }: AnyBox, where: string, report: Report): void {
  const constant = indices(low.length, (i) => low[i] === high[i]);
  if (constant.length > 0) {
    const [i] = constant;
    const message = `low and high are both ${low[i]} at ${showIndices(constant)}.`;
    report.add('space-constant', where, message);
  }
  const infinite = indices(low.length, (i) => low[i] === -Infinity || high[i] === Infinity);
  if (infinite.length > 0) {
    report.add('space-infinite', where, `There is no bound at ${showIndices(infinite)}.`);
  }
}

function checkNormalized({ low, high }: AnyBox, where: string, report: Report): void {
  const other = indices(
    low.length,
    (i) => Number.isFinite(low[i]) && Number.isFinite(high[i]) && (low[i] !== -1 || high[i] !== 1),
  );
  if (other.length === 0) return;
  const [i] = other;
  const message = `Actions are not in −1 … 1 at ${showIndices(other)}: they are in ${low[i]} … ${high[i]}.`;
  report.add('action-normalized', where, message);
}

/** Arrays of two or three extents with the bounds of pixels, or their type, are meant as images. */
function checkImage({ low, high, shape, dtype }: AnyBox, where: string, report: Report): void {
  if (shape.length !== 2 && shape.length !== 3) return;
  const pixels = low.every((x) => x === 0) && high.every((x) => x === 255);
  if (pixels && dtype !== 'uint8') {
    report.add('image-space', where, `An image in 0 … 255 has the dtype ${dtype}.`);
  }
  if (!pixels && dtype === 'uint8') {
    const message = `An image of dtype uint8 is in ${Math.min(...low)} … ${Math.max(...high)}.`;
    report.add('image-space', where, message);
  }
  if ((pixels || dtype === 'uint8') && shape.length === 3 && shape[0] <= 4 && shape[2] > 4) {
    const message = `The channels of an image come first in the shape [${shape.join(', ')}].`;
    report.add('image-space', where, message);
  }
}

function indices(length: number, isOne: (i: number) => boolean): number[] {
  return Array.from({ length }, (_, i) => i).filter(isOne);
}

/** Indices as a message lists them: `[0], [3] and 12 more`. */
export function showIndices(list: readonly number[]): string {
  const shown = list.slice(0, 5).map((i) => `[${i}]`);
  const more = list.length - shown.length;
  return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
