import type { Space } from '../../../core/space.ts';
import { rowSize } from '../../../core/spaces/rows.ts';
import { type Shape, sizeOf } from '../../../networks/specification/shape.ts';
import { imageLayout } from './image-layout.ts';

/** How observations go into a network. */
export interface ObservationEncoder {
  /** Numbers of an observation, as columns hold it. */
  readonly observationSize: number;
  /** Of an input of the network. */
  readonly shape: Shape;
  /** Numbers of an input. */
  readonly inputSize: number;
  /**
   * The inputs for some observations, `[rows × inputSize]`.
   *
   * @param observations `[rows × observationSize]`.
   * @returns `observations` itself where a network takes it as it is, else `inputs`, filled.
   */
  encode(observations: Float32Array, inputs: Float32Array): Float32Array;
}

/**
 * Integers become vectors with a one at their place (`Discrete`, `MultiDiscrete`); everything else goes
 * in as it stands in a row, images as `[height, width, channels]` (`imageLayout`).
 *
 * @throws RangeError if the space does not fit rows of one length, or it is unclear what is the height
 *   of an image, and what its width.
 */
export function createEncoder(space: Space): ObservationEncoder {
  if (space.kind === 'discrete') return oneHot(Int32Array.of(space.n));
  if (space.kind === 'multi-discrete') return oneHot(space.sizes);
  const observationSize = rowSize(space);
  if (space.kind !== 'box' || space.shape.length < 2) return asItStands([observationSize]);
  const { shape, places } = imageLayout(space.shape);
  return places === null ? asItStands(shape) : moved(shape, places);
}

function asItStands(shape: Shape): ObservationEncoder {
  const size = sizeOf(shape);
  return {
    observationSize: size,
    shape,
    inputSize: size,
    encode: (observations) => observations,
  };
}

/** @param places Where in a row each number of an input stands. */
function moved(shape: Shape, places: Int32Array): ObservationEncoder {
  const size = places.length;
  return {
    observationSize: size,
    shape,
    inputSize: size,
    encode(observations, inputs) {
      for (let first = 0; first < observations.length; first += size) {
        for (let i = 0; i < size; i++) inputs[first + i] = observations[first + places[i]];
      }
      return inputs;
    },
  };
}

/** @param sizes How many values each of the integers can have. */
function oneHot(sizes: Int32Array): ObservationEncoder {
  const count = sizes.length;
  const inputSize = sizes.reduce((sum, size) => sum + size, 0);
  return {
    observationSize: count,
    shape: [inputSize],
    inputSize,
    encode(observations, inputs) {
      inputs.fill(0);
      for (let i = 0, place = 0; i < observations.length; i++) {
        inputs[place + observations[i]] = 1;
        place += sizes[i % count];
      }
      return inputs;
    },
  };
}
