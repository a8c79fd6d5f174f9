import type { AnyBox, Space } from '../../../core/space.ts';
import { partsOf } from '../../../core/spaces/composite.ts';
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

/** What networks take for observations, in an array that is as long as the rows at hand want it. */
export class NetworkInputs {
  readonly #encoder: ObservationEncoder;
  #inputs = new Float32Array(0);

  constructor(encoder: ObservationEncoder) {
    this.#encoder = encoder;
  }

  /**
   * The inputs for some observations, `[rows × inputSize]`, until the next call.
   *
   * @param observations `[rows × observationSize]`.
   */
  of(observations: Float32Array, rows: number): Float32Array {
    const size = rows * this.#encoder.inputSize;
    if (this.#inputs.length !== size) this.#inputs = new Float32Array(size);
    return this.#encoder.encode(observations, this.#inputs);
  }
}

/**
 * Integers become vectors with a one at their place (`Discrete`, `MultiDiscrete`, also as parts of `Dict`
 * and `Tuple`); everything else goes in as it stands in a row, images as `[height, width, channels]`
 * (`imageLayout`). Of a `Dict` or `Tuple` all parts go in as one vector, images too.
 *
 * Images of bytes, uint8 of two axes or more with bounds of 0 and 255, are brought to [0, 1]: each number
 * times 1 / 255, in float32. Parts of a `Dict` or `Tuple` keep their numbers.
 *
 * @throws RangeError if the space does not fit rows of one length, or it is unclear what is the height
 *   of an image, and what its width.
 */
export function createEncoder(space: Space): ObservationEncoder {
  const size = rowSize(space);
  if (space.kind === 'box') return space.shape.length < 2 ? asItStands([size]) : image(space);
  const counts = Int32Array.from(countsOf(space));
  return counts.some((count) => count > 0) ? oneHot(counts) : asItStands([size]);
}

/** How many values each number in a row can have; 0 where it is no integer, and goes in as it stands. */
function countsOf(space: Space): readonly number[] {
  switch (space.kind) {
    case 'discrete':
      return [space.n];
    case 'multi-discrete':
      return Array.from(space.sizes);
    case 'dict':
    case 'tuple':
      return partsOf(space).flatMap(countsOf);
    default:
      return new Array<number>(rowSize(space)).fill(0);
  }
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

const PER_BYTE = Math.fround(1 / 255);

function image(space: AnyBox): ObservationEncoder {
  const { shape, places } = imageLayout(space.shape);
  const scale = isOfBytes(space) ? PER_BYTE : 1;
  if (places === null && scale === 1) return asItStands(shape);
  const size = sizeOf(shape);
  const from = places ?? Int32Array.from({ length: size }, (_, i) => i);
  return {
    observationSize: size,
    shape,
    inputSize: size,
    encode(observations, inputs) {
      for (let first = 0; first < observations.length; first += size) {
        for (let i = 0; i < size; i++) inputs[first + i] = scale * observations[first + from[i]];
      }
      return inputs;
    },
  };
}

function isOfBytes({ dtype, low, high }: AnyBox): boolean {
  return dtype === 'uint8' && low.every((x) => x === 0) && high.every((x) => x === 255);
}

/** @param counts How many values each number in a row can have; 0 for one that goes in as it stands. */
function oneHot(counts: Int32Array): ObservationEncoder {
  const observationSize = counts.length;
  const inputSize = counts.reduce((sum, count) => sum + Math.max(count, 1), 0);
  return {
    observationSize,
    shape: [inputSize],
    inputSize,
    encode(observations, inputs) {
      inputs.fill(0);
      for (let i = 0, place = 0; i < observations.length; i++) {
        const count = counts[i % observationSize];
        if (count === 0) inputs[place++] = observations[i];
        else {
          inputs[place + observations[i]] = 1;
          place += count;
        }
      }
      return inputs;
    },
  };
}
