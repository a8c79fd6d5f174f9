import type { Space } from '../../../core/space.ts';
import { rowSize } from '../../../core/spaces/rows.ts';
import type { Shape } from '../../../networks/specification/shape.ts';

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
 * in as it stands in a row, images as `[height, width, channels]`.
 */
export function createEncoder(space: Space): ObservationEncoder {
  const observationSize = rowSize(space);
  if (space.kind === 'discrete') return oneHot(Int32Array.of(space.n));
  if (space.kind === 'multi-discrete') return oneHot(space.sizes);
  const isImage = space.kind === 'box' && space.shape.length >= 2;
  const shape = isImage ? imageShape(space.shape) : [observationSize];
  return {
    observationSize,
    shape,
    inputSize: observationSize,
    encode: (observations) => observations,
  };
}

/** An image without a channel has one. */
function imageShape(shape: readonly number[]): Shape {
  return shape.length === 2 ? [...shape, 1] : shape;
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
