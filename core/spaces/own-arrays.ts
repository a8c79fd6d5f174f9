import type { ElementOf, Space } from '../space.ts';
import { type Dict, type Graph, type GraphElement, partNames } from './composite.ts';
import { createBoxArray } from './read-row.ts';

/**
 * The same element in the arrays that the space's own elements are: a fresh copy.
 *
 * @param element Must be in the space, its arrays plain or typed; `contains` checks it.
 */
export function withOwnArrays<S extends Space>(space: S, element: unknown): ElementOf<S> {
  return copy(space, element) as ElementOf<S>;
}

// biome-ignore lint/suspicious/noExplicitAny: the kind says what the element is
function copy(space: Space, element: any): unknown {
  switch (space.kind) {
    case 'discrete':
    case 'text':
      return element;
    case 'box': {
      const array = createBoxArray(space);
      array.set(element);
      return array;
    }
    case 'multi-discrete':
      return Int32Array.from(element);
    case 'multi-binary':
      return Uint8Array.from(element);
    case 'dict':
      return copyDict(space, element);
    case 'tuple':
      return space.spaces.map((part, i) => copy(part, element[i]));
    case 'sequence':
      return copyItems(space.space, element);
    case 'graph':
      return copyGraph(space, element);
    case 'one-of':
      return [element[0], copy(space.spaces[element[0]], element[1])];
  }
}

function copyDict(space: Dict, element: Readonly<Record<string, unknown>>): object {
  const parts = partNames(space).map((name) => [name, copy(space.spaces[name], element[name])]);
  return Object.fromEntries(parts);
}

function copyGraph({ nodeSpace, edgeSpace }: Graph, graph: GraphElement): object {
  return {
    nodes: copyItems(nodeSpace, graph.nodes),
    edges: edgeSpace === null ? [] : copyItems(edgeSpace, graph.edges),
    edgeLinks: Int32Array.from(graph.edgeLinks),
  };
}

function copyItems(space: Space, items: ArrayLike<unknown>): unknown[] {
  return Array.from(items, (item) => copy(space, item));
}
