import { log } from '../math.ts';
import type { Rng } from '../rng.ts';
import type { AnyBox, ElementOf, Space } from '../space.ts';
import { type Graph, partNames } from './composite.ts';
import type { Text } from './multi.ts';
import { type NumberRow, readRow, rowSize, writeRow } from './rows.ts';

/**
 * A random element of the space.
 *
 * | space         | how                                                                    |
 * | ------------- | ---------------------------------------------------------------------- |
 * | Discrete      | each integer with the same chance                                      |
 * | Box           | uniform between two bounds; beyond a single one exponential with mean 1; standard normal where there is none |
 * | MultiDiscrete, MultiBinary | each element by itself, evenly                            |
 * | Text          | each length with the same chance, then each letter                     |
 * | Tuple, Dict   | each part by itself                                                    |
 * | Sequence      | a length that is geometric with chance ¼, at most the greatest         |
 * | Graph         | 1 to 10 nodes, up to as many edges as they can have, at most the greatest |
 * | OneOf         | each part with the same chance, then an element of it                  |
 *
 * Source: Gymnasium's spaces, for which distribution.
 */
export function sample<S extends Space>(space: S, rng: Rng): ElementOf<S> {
  return draw(space, rng) as ElementOf<S>;
}

/**
 * Draws a random element, as `sample` does, into `row` from `offset` on, for loops.
 *
 * Nothing is allocated for numbers, arrays, and tuples and dicts of these.
 *
 * @returns the offset behind it.
 * @throws RangeError if elements of the space do not fit a row.
 */
export function sampleRow(space: Space, rng: Rng, row: NumberRow, offset: number = 0): number {
  switch (space.kind) {
    case 'discrete':
      row[offset] = rng.below(space.n);
      return offset + 1;
    case 'box':
      for (let i = 0; i < space.low.length; i++) row[offset + i] = boxElement(space, i, rng);
      return offset + space.low.length;
    case 'multi-discrete':
      for (let i = 0; i < space.sizes.length; i++) row[offset + i] = rng.below(space.sizes[i]);
      return offset + space.sizes.length;
    case 'multi-binary': {
      const size = rowSize(space);
      for (let i = 0; i < size; i++) row[offset + i] = rng.below(2);
      return offset + size;
    }
    case 'tuple':
      for (const part of space.spaces) offset = sampleRow(part, rng, row, offset);
      return offset;
    case 'dict':
      for (const name of partNames(space)) {
        offset = sampleRow(space.spaces[name], rng, row, offset);
      }
      return offset;
    default: {
      const size = rowSize(space);
      writeRow(space, draw(space, rng) as ElementOf<Space>, row, offset);
      return offset + size;
    }
  }
}

function draw(space: Space, rng: Rng): unknown {
  switch (space.kind) {
    case 'text':
      return drawText(space, rng);
    case 'tuple':
      return space.spaces.map((part) => draw(part, rng));
    case 'dict':
      return Object.fromEntries(
        partNames(space).map((name) => [name, draw(space.spaces[name], rng)]),
      );
    case 'sequence': {
      const length = Math.min(geometric(rng), space.maxLength);
      return Array.from({ length }, () => draw(space.space, rng));
    }
    case 'graph':
      return drawGraph(space, rng);
    case 'one-of': {
      const index = rng.below(space.spaces.length);
      return [index, draw(space.spaces[index], rng)];
    }
    default: {
      const row = new Float64Array(rowSize(space));
      sampleRow(space, rng, row);
      return readRow(space, row);
    }
  }
}

function boxElement({ low, high, dtype }: AnyBox, i: number, rng: Rng): number {
  if (dtype !== 'float32') return low[i] + rng.below(high[i] - low[i] + 1);
  const bounded = low[i] > -Infinity;
  if (high[i] === Infinity) return bounded ? low[i] + exponential(rng) : rng.normal();
  if (!bounded) return high[i] - exponential(rng);
  // In float32, where the upper bound can be reached by rounding, but not passed.
  return Math.min(Math.max(low[i] + (high[i] - low[i]) * rng.uniform(), low[i]), high[i]);
}

/** A draw from the exponential distribution with mean 1. */
function exponential(rng: Rng): number {
  return -log(1 - rng.uniform());
}

/** The number of failures before the first success, of chance ¼ each. */
function geometric(rng: Rng): number {
  let failures = 0;
  while (rng.below(4) !== 0) failures++;
  return failures;
}

function drawText({ minLength, maxLength, charset }: Text, rng: Rng): string {
  const length = minLength + rng.below(maxLength - minLength + 1);
  return Array.from({ length }, () => charset[rng.below(charset.length)]).join('');
}

function drawGraph({ nodeSpace, edgeSpace, maxNodes, maxEdges }: Graph, rng: Rng): object {
  const numNodes = 1 + rng.below(Math.min(10, maxNodes));
  const numEdges = rng.below(Math.min(numNodes * numNodes, maxEdges) + 1);
  return {
    nodes: Array.from({ length: numNodes }, () => draw(nodeSpace, rng)),
    edges: edgeSpace === null ? [] : Array.from({ length: numEdges }, () => draw(edgeSpace, rng)),
    edgeLinks: Int32Array.from({ length: 2 * numEdges }, () => rng.below(numNodes)),
  };
}
