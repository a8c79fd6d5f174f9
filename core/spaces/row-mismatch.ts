import { show } from '../check.ts';
import type { AnyBox, Space } from '../space.ts';
import {
  type Dict,
  type Graph,
  type OneOf,
  partNames,
  type Sequence,
  type Tuple,
} from './composite.ts';
import type { Text } from './multi.ts';
import { sizeOf, sizeOfShape } from './row-sizes.ts';

type Row = ArrayLike<number>;

/** Where in the element, and what must hold there. Made only where something is wrong. */
interface Problem {
  readonly path: string;
  readonly rule: string;
  readonly got: number;
}

/**
 * Why the numbers of a row from `offset` on are no element of the space, its integers counted from
 * 0, as `<where> must be …, got ….`; `null` if they are.
 *
 * Allocates nothing where they are. What stands behind the end of a text, list or part is not
 * looked at.
 *
 * @param where What the element is called, such as `action`; a part's name is added to it.
 */
export function rowMismatch(space: Space, row: Row, offset: number, where: string): string | null {
  const problem = look(space, row, offset);
  if (problem === null) return null;
  return `${where}${problem.path} must be ${problem.rule}, got ${show(problem.got)}.`;
}

function look(space: Space, row: Row, offset: number): Problem | null {
  switch (space.kind) {
    case 'discrete':
      return lookAtInteger(space.n - 1, row[offset]);
    case 'box':
      return lookAtBox(space, row, offset);
    case 'multi-discrete':
      return lookAtIntegers(space.sizes.length, space.sizes, row, offset);
    case 'multi-binary':
      return lookAtIntegers(sizeOfShape(space.shape), null, row, offset);
    case 'text':
      return lookAtText(space, row, offset);
    case 'dict':
      return lookAtDict(space, row, offset);
    case 'tuple':
      return lookAtTuple(space, row, offset);
    case 'sequence':
      return lookAtSequence(space, row, offset);
    case 'graph':
      return lookAtGraph(space, row, offset);
    case 'one-of':
      return lookAtOneOf(space, row, offset);
  }
}

function lookAtInteger(most: number, x: number, least = 0): Problem | null {
  if (Number.isInteger(x) && x >= least && x <= most) return null;
  return { path: '', rule: `an integer from ${least} to ${most}`, got: x };
}

/** `sizes` of `null`: zeros and ones. */
function lookAtIntegers(
  length: number,
  sizes: Int32Array | null,
  row: Row,
  offset: number,
): Problem | null {
  for (let i = 0; i < length; i++) {
    const problem = lookAtInteger(sizes === null ? 1 : sizes[i] - 1, row[offset + i]);
    if (problem !== null) return within(`[${i}]`, problem);
  }
  return null;
}

function lookAtBox({ low, high, dtype }: AnyBox, row: Row, offset: number): Problem | null {
  for (let i = 0; i < low.length; i++) {
    const x = row[offset + i];
    if (x >= low[i] && x <= high[i] && (dtype === 'float32' || Number.isInteger(x))) continue;
    const what = dtype === 'float32' ? 'a number' : 'an integer';
    return { path: `[${i}]`, rule: `${what} from ${low[i]} to ${high[i]}`, got: x };
  }
  return null;
}

function lookAtText({ minLength, maxLength, charset }: Text, row: Row, at: number): Problem | null {
  for (let i = 0; i < maxLength; i++) {
    if (i >= minLength && row[at + i] === 0) return null;
    const problem = lookAtInteger(charset.length, row[at + i], i < minLength ? 1 : 0);
    if (problem !== null) return within(`[${i}]`, problem);
  }
  return null;
}

function lookAtDict(space: Dict, row: Row, offset: number): Problem | null {
  const names = partNames(space);
  for (let i = 0; i < names.length; i++) {
    const part = space.spaces[names[i]];
    const problem = look(part, row, offset);
    if (problem !== null) return within(`.${names[i]}`, problem);
    offset += sizeOf(part);
  }
  return null;
}

function lookAtTuple({ spaces }: Tuple, row: Row, offset: number): Problem | null {
  for (let i = 0; i < spaces.length; i++) {
    const problem = look(spaces[i], row, offset);
    if (problem !== null) return within(`[${i}]`, problem);
    offset += sizeOf(spaces[i]);
  }
  return null;
}

function lookAtSequence({ space, maxLength }: Sequence, row: Row, offset: number): Problem | null {
  const problem = lookAtInteger(maxLength, row[offset]);
  if (problem !== null) return within('.length', problem);
  return lookAtItems(space, row[offset], row, offset + 1);
}

function lookAtGraph(space: Graph, row: Row, offset: number): Problem | null {
  const { nodeSpace, edgeSpace, maxNodes, maxEdges } = space;
  const [numNodes, numEdges] = [row[offset], row[offset + 1]];
  const badNodes = lookAtInteger(maxNodes, numNodes, 1);
  if (badNodes !== null) return within('.nodes.length', badNodes);
  const badEdges = lookAtInteger(maxEdges, numEdges);
  if (badEdges !== null) return within('.edges.length', badEdges);
  const node = lookAtItems(nodeSpace, numNodes, row, offset + 2);
  if (node !== null) return within('.nodes', node);
  offset += 2 + maxNodes * sizeOf(nodeSpace);
  if (edgeSpace !== null) {
    const edge = lookAtItems(edgeSpace, numEdges, row, offset);
    if (edge !== null) return within('.edges', edge);
    offset += maxEdges * sizeOf(edgeSpace);
  }
  for (let i = 0; i < 2 * numEdges; i++) {
    const link = lookAtInteger(numNodes - 1, row[offset + i]);
    if (link !== null) return within(`.edgeLinks[${i}]`, link);
  }
  return null;
}

function lookAtOneOf({ spaces }: OneOf, row: Row, offset: number): Problem | null {
  const index = lookAtInteger(spaces.length - 1, row[offset]);
  if (index !== null) return within('[0]', index);
  const part = look(spaces[row[offset]], row, offset + 1);
  return part === null ? null : within('[1]', part);
}

function lookAtItems(space: Space, count: number, row: Row, offset: number): Problem | null {
  const size = sizeOf(space);
  for (let i = 0; i < count; i++) {
    const problem = look(space, row, offset + i * size);
    if (problem !== null) return within(`[${i}]`, problem);
  }
  return null;
}

function within(path: string, problem: Problem): Problem {
  return { ...problem, path: `${path}${problem.path}` };
}
