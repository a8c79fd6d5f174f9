import { discrete, type Space } from '../space.ts';
import { dict, type Graph, graph, oneOf, sequence, tuple } from './composite.ts';
import { multiDiscrete } from './multi.ts';

/** The same space with its integers counted from 0: the one that rules see. */
export function countedFromZero(space: Space): Space {
  switch (space.kind) {
    case 'discrete':
      return space.start === 0 ? space : discrete(space.n, space.labels);
    case 'multi-discrete':
      return multiDiscrete(space.sizes, { shape: space.shape, labels: space.labels });
    case 'dict': {
      const parts = Object.entries(space.spaces);
      return dict(Object.fromEntries(parts.map(([name, part]) => [name, countedFromZero(part)])));
    }
    case 'tuple':
      return tuple(space.spaces.map(countedFromZero));
    case 'one-of':
      return oneOf(space.spaces.map(countedFromZero));
    case 'sequence':
      return sequence(countedFromZero(space.space), { maxLength: space.maxLength });
    case 'graph':
      return countedGraph(space);
    default:
      return space;
  }
}

function countedGraph({ nodeSpace, edgeSpace, maxNodes, maxEdges }: Graph): Graph {
  const edges = edgeSpace === null ? null : countedFromZero(edgeSpace);
  return graph(countedFromZero(nodeSpace), edges, { maxNodes, maxEdges });
}
