import { show } from '../check.ts';
import type { Space } from '../space.ts';
import { type Dict, type Graph, type OneOf, partNames } from './composite.ts';
import {
  bitsMismatch,
  boxMismatch,
  integerMismatch,
  integersMismatch,
  isList,
  lengthMismatch,
  must,
} from './contains-numbers.ts';
import type { Text } from './multi.ts';

export { isList } from './contains-numbers.ts';

/** Whether `element` belongs to the space: its kind of value, of its length, within its bounds. */
export function contains(space: Space, element: unknown): boolean {
  return mismatch(space, element, '') === null;
}

/**
 * Why `element` does not belong to the space, as `<where> must be …, got ….`; `null` if it does.
 *
 * Arrays may be plain or typed, whichever the space's own elements are. Numbers of a float32 box are
 * rounded before they are compared, since its bounds are.
 *
 * @param where What the element is called, such as `action`; a part's name is added to it.
 */
export function mismatch(space: Space, element: unknown, where: string): string | null {
  switch (space.kind) {
    case 'discrete':
      return integerMismatch(space.start, space.start + space.n - 1, element, where);
    case 'box':
      return boxMismatch(space, element, where);
    case 'multi-discrete':
      return integersMismatch(space, element, where);
    case 'multi-binary':
      return bitsMismatch(space, element, where);
    case 'text':
      return textMismatch(space, element, where);
    case 'tuple':
      return listMismatch(element, where, space.spaces.length, 'parts', (x, i, at) =>
        mismatch(space.spaces[i], x, at),
      );
    case 'dict':
      return dictMismatch(space, element, where);
    case 'sequence':
      return sequenceMismatch(element, where, space.maxLength, (x, at) =>
        mismatch(space.space, x, at),
      );
    case 'graph':
      return graphMismatch(space, element, where);
    case 'one-of':
      return oneOfMismatch(space, element, where);
  }
}

function listMismatch(
  element: unknown,
  where: string,
  length: number,
  items: string,
  itemMismatch: (item: unknown, i: number, where: string) => string | null,
): string | null {
  const problem = lengthMismatch(element, where, length, items);
  if (problem !== null) return problem;
  const list = Array.from(element as ArrayLike<unknown>);
  return first(list, (item, i) => itemMismatch(item, i, `${where}[${i}]`));
}

function textMismatch(space: Text, element: unknown, where: string): string | null {
  const { minLength, maxLength, charset } = space;
  if (typeof element !== 'string' || element.length < minLength || element.length > maxLength) {
    return must(where, `be a string of ${minLength} to ${maxLength} letters`, element);
  }
  for (const letter of element.split('')) {
    if (!charset.includes(letter)) {
      return `${where} must have only letters of ${show(charset)}, got ${show(letter)} in ${show(element)}.`;
    }
  }
  return null;
}

function dictMismatch(space: Dict, element: unknown, where: string): string | null {
  const names = partNames(space);
  if (typeof element !== 'object' || element === null || isList(element)) {
    return must(where, `be an object with ${names.join(', ')}`, element);
  }
  const other = Object.keys(element).find((name) => !Object.hasOwn(space.spaces, name));
  if (other !== undefined) {
    return `${where} must have only ${names.join(', ')}, got also ${show(other)}.`;
  }
  return first(names, (name) => {
    const part = Object.hasOwn(element, name) ? element[name as keyof typeof element] : undefined;
    return mismatch(space.spaces[name], part, `${where}.${name}`);
  });
}

function oneOfMismatch({ spaces }: OneOf, element: unknown, where: string): string | null {
  if (!isList(element) || element.length !== 2) {
    return must(where, 'be a pair of a part’s index and an element of it', element);
  }
  const [index, part] = Array.from(element);
  return (
    integerMismatch(0, spaces.length - 1, index, `${where}[0]`) ??
    mismatch(spaces[index as number], part, `${where}[1]`)
  );
}

function sequenceMismatch(
  element: unknown,
  where: string,
  maxLength: number,
  itemMismatch: (item: unknown, where: string) => string | null,
): string | null {
  if (!isList(element) || element.length > maxLength) {
    const most = maxLength === Infinity ? '' : ` of at most ${maxLength} items`;
    return must(where, `be a list${most}`, isList(element) ? element.length : element);
  }
  return first(Array.from(element), (item, i) => itemMismatch(item, `${where}[${i}]`));
}

function graphMismatch(space: Graph, element: unknown, where: string): string | null {
  const { nodeSpace, edgeSpace, maxNodes, maxEdges } = space;
  if (typeof element !== 'object' || element === null) {
    return must(where, 'be an object with nodes, edges and edgeLinks', element);
  }
  const { nodes, edges, edgeLinks } = element as Readonly<Record<string, unknown>>;
  const inNodes = sequenceMismatch(nodes, `${where}.nodes`, maxNodes, (node, at) =>
    mismatch(nodeSpace, node, at),
  );
  if (inNodes !== null) return inNodes;
  const numNodes = (nodes as ArrayLike<unknown>).length;
  if (numNodes === 0) return `${where}.nodes must have at least one node, got none.`;
  const links = isList(edgeLinks) ? edgeLinks : null;
  if (links === null || links.length % 2 !== 0 || links.length > 2 * maxEdges) {
    const most = maxEdges === Infinity ? '' : `, at most ${maxEdges} of them`;
    const got = links === null ? edgeLinks : links.length;
    return must(`${where}.edgeLinks`, `be a list of pairs of nodes${most}`, got);
  }
  const inLinks = first(Array.from(links), (node, i) =>
    integerMismatch(0, numNodes - 1, node, `${where}.edgeLinks[${i}]`),
  );
  if (inLinks !== null) return inLinks;
  const numEdges = edgeSpace === null ? 0 : links.length / 2;
  return listMismatch(edges, `${where}.edges`, numEdges, 'edges', (edge, _, at) =>
    mismatch(edgeSpace as Space, edge, at),
  );
}

function first<T>(items: readonly T[], look: (item: T, i: number) => string | null): string | null {
  for (let i = 0; i < items.length; i++) {
    const found = look(items[i], i);
    if (found !== null) return found;
  }
  return null;
}
