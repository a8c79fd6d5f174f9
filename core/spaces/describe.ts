import type { Space } from '../space.ts';
import { partNames } from './composite.ts';

/** The space in words, as error messages and tables show it: `Discrete(4)`, `Box(84×84, uint8)`. */
export function describeSpace(space: Space): string {
  switch (space.kind) {
    case 'discrete':
      return space.start === 0
        ? `Discrete(${space.n})`
        : `Discrete(${space.n}, start ${space.start})`;
    case 'box':
      return `Box(${space.shape.join('×')}${space.dtype === 'float32' ? '' : `, ${space.dtype}`})`;
    case 'multi-discrete':
      return `MultiDiscrete(${shorten(Array.from(space.sizes, String))})`;
    case 'multi-binary':
      return `MultiBinary(${space.shape.join('×')})`;
    case 'text':
      return `Text(${space.minLength} to ${space.maxLength})`;
    case 'dict': {
      const part = (name: string) => `${name}: ${describeSpace(space.spaces[name])}`;
      return `Dict(${partNames(space).map(part).join(', ')})`;
    }
    case 'tuple':
      return `Tuple(${space.spaces.map(describeSpace).join(', ')})`;
    case 'sequence':
      return `Sequence(${describeSpace(space.space)}${atMost(space.maxLength)})`;
    case 'graph': {
      const edges = space.edgeSpace === null ? 'none' : describeSpace(space.edgeSpace);
      const most = `${atMost(space.maxNodes, ' nodes')}${atMost(space.maxEdges, ' edges')}`;
      return `Graph(${describeSpace(space.nodeSpace)}, ${edges}${most})`;
    }
    case 'one-of':
      return `OneOf(${space.spaces.map(describeSpace).join(', ')})`;
  }
}

function shorten(items: readonly string[]): string {
  return items.length > 8 ? `${items.slice(0, 8).join(', ')}, …` : items.join(', ');
}

function atMost(most: number, what = ''): string {
  return most === Infinity ? '' : `, at most ${most}${what}`;
}
