import type { Rng } from '../rng.ts';
import type { ElementOf, Space } from '../space.ts';
import { partNames } from './composite.ts';
import { draw, drawsFrom } from './draw.ts';
import { drawBits, drawBox, drawIntegers } from './draw-numbers.ts';
import { rowSize, sizeOfShape } from './row-sizes.ts';
import type { NumberRow } from './rows.ts';
import type { SampleOptions } from './sample-options.ts';
import { checkWeights } from './sample-weights.ts';
import { writeRow } from './write-row.ts';

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
 * | Sequence      | a length from 1 on that is geometric with chance ¼, at most the greatest |
 * | Graph         | 1 to 10 nodes, up to as many edges as they can have, at most the greatest |
 * | OneOf         | each part with the same chance, then an element of it                  |
 *
 * @throws RangeError if a mask and a probability are given, or one that does not fit the space:
 *   nothing has been drawn then. A mask must allow something.
 *
 * Source: Gymnasium's spaces, for which distribution; its graphs have 10 nodes unless told.
 */
export function sample<S extends Space>(
  space: S,
  rng: Rng,
  { mask, probability }: SampleOptions<S> = {},
): ElementOf<S> {
  const weights = checkWeights('sample', space, mask, probability);
  return draw(space, drawsFrom(rng), weights) as ElementOf<S>;
}

/**
 * Draws the same element as `sample` does into `row` from `offset` on, for loops.
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
      drawBox(space, rng, row, offset);
      return offset + space.low.length;
    case 'multi-discrete':
      drawIntegers(space, rng, row, offset);
      return offset + space.sizes.length;
    case 'multi-binary': {
      const size = sizeOfShape(space.shape);
      drawBits(size, rng, row, offset);
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
      writeRow(space, draw(space, drawsFrom(rng), null) as ElementOf<Space>, row, offset);
      return offset + size;
    }
  }
}
