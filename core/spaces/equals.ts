import type { Space } from '../space.ts';
import { type Graph, partNames, partsOf } from './composite.ts';

/**
 * Whether two spaces have the same elements in the same arrays, and write them into rows alike.
 *
 * Labels do not count: they are words for people. The order of a text's alphabet does, since its
 * letters are numbered by it; the order in which a dict was given does not.
 */
export function spaceEquals(a: Space, b: Space): boolean {
  return a.kind === b.kind && sameOwn(a, b) && sameParts(a, b);
}

/** Compares all but the parts of two spaces of one kind. */
function sameOwn(a: Space, b: Space): boolean {
  switch (a.kind) {
    case 'discrete': {
      const other = b as typeof a;
      return a.n === other.n && a.start === other.start;
    }
    case 'box': {
      const other = b as typeof a;
      const alike = a.dtype === other.dtype && same(a.shape, other.shape);
      return alike && same(a.low, other.low) && same(a.high, other.high);
    }
    case 'multi-discrete': {
      const other = b as typeof a;
      const alike = same(a.shape, other.shape);
      return alike && same(a.sizes, other.sizes) && same(a.start, other.start);
    }
    case 'multi-binary':
      return same(a.shape, (b as typeof a).shape);
    case 'text': {
      const other = b as typeof a;
      const alike = a.minLength === other.minLength && a.maxLength === other.maxLength;
      return alike && a.charset === other.charset;
    }
    case 'dict':
      return same(partNames(a), partNames(b as typeof a));
    case 'sequence':
      return a.maxLength === (b as typeof a).maxLength;
    case 'graph':
      return sameGraph(a, b as Graph);
    default:
      return true;
  }
}

function sameGraph(a: Graph, b: Graph): boolean {
  return a.maxNodes === b.maxNodes && a.maxEdges === b.maxEdges;
}

function sameParts(a: Space, b: Space): boolean {
  const [parts, others] = [partsOf(a), partsOf(b)];
  return parts.length === others.length && parts.every((part, i) => spaceEquals(part, others[i]));
}

function same<T>(a: ArrayLike<T>, b: ArrayLike<T>): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
