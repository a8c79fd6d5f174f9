import type { AnyBox, Space } from '../../../core/space.ts';
import { partsOf } from '../../../core/spaces/composite.ts';
import { rowSize } from '../../../core/spaces/rows.ts';
import { type Shape, showShape, sizeOf } from '../../../networks/specification/shape.ts';
import { type ImageLayout, imageLayout } from './image-layout.ts';

/** What a network is given for an observation. */
export interface InputLayout {
  /** `[height, width, channels]` of an image, else `[numbers]`. */
  readonly shape: Shape;
  /**
   * Shapes of what stands in it, one after the other: images as `[height, width, channels]`, all else as
   * `[numbers]`. More than one only for a `Dict` or `Tuple`.
   */
  readonly parts: readonly Shape[];
}

/** How observations go into a network. */
export interface ObservationEncoder extends InputLayout {
  /** Numbers of an observation, as columns hold it. */
  readonly observationSize: number;
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
 * Integers become vectors with a one at their place (`Discrete`, `MultiDiscrete`), images stand as
 * `[height, width, channels]` (`imageLayout`); everything else goes in as it stands in a row. The parts of
 * a `Dict` or `Tuple` go in likewise, one after the other: `parts` says where the images are.
 *
 * A `Box` of two axes or more is an image. As a part it is one if it has three axes, or four and it is clear
 * what they are, or two and consists of bytes; else a vector, such as stacked vectors are.
 *
 * Bytes of images, uint8 with bounds of 0 and 255, are brought to [0, 1]: each number times 1 / 255, in
 * float32.
 *
 * @throws RangeError if the space does not fit rows of one length, or it is unclear what is the height
 *   of an image that is no part, and what its width.
 */
export function createEncoder(space: Space): ObservationEncoder {
  const observationSize = rowSize(space);
  const parts = space.kind === 'box' ? [alone(space)] : partsIn(space);
  const shapes = parts.map(({ shape }) => shape);
  const inputSize = shapes.reduce((sum, shape) => sum + sizeOf(shape), 0);
  const isAlone = parts.length === 1 && space.kind !== 'dict' && space.kind !== 'tuple';
  const input = { observationSize, inputSize, shape: isAlone ? shapes[0] : [inputSize] };
  if (parts.every(({ write }) => write === null)) {
    return { ...input, parts: shapes, encode: (observations) => observations };
  }
  return {
    ...input,
    parts: shapes,
    encode(observations, inputs) {
      for (let from = 0, to = 0; from < observations.length; ) {
        for (let i = 0; i < parts.length; i++) {
          const { size, inputSize, write } = parts[i];
          if (write !== null) write(observations, from, inputs, to);
          else for (let k = 0; k < size; k++) inputs[to + k] = observations[from + k];
          from += size;
          to += inputSize;
        }
      }
      return inputs;
    },
  };
}

/** A part of what is seen. */
interface Part {
  /** Numbers in a row of the world. */
  readonly size: number;
  /** Of what a network is given for it. */
  readonly shape: Shape;
  readonly inputSize: number;
  /** Writes the input of the part that begins at `from` to where `to` says; `null` for a copy. */
  readonly write:
    | ((observations: Float32Array, from: number, inputs: Float32Array, to: number) => void)
    | null;
}

/** What is seen, in the order in which it stands in a row. */
function partsIn(space: Space): readonly Part[] {
  switch (space.kind) {
    case 'discrete':
      return [oneHot([space.n])];
    case 'multi-discrete':
      return [oneHot(Array.from(space.sizes))];
    case 'dict':
    case 'tuple':
      return partsOf(space).flatMap(partsIn);
    case 'box':
      return [partOf(space)];
    default:
      return [asItStands([rowSize(space)])];
  }
}

function asItStands(shape: Shape): Part {
  const size = sizeOf(shape);
  return { size, shape, inputSize: size, write: null };
}

/** A box that is all there is to see. */
function alone(space: AnyBox): Part {
  const { shape } = space;
  if (shape.length < 2) return asItStands([rowSize(space)]);
  const layout = imageLayout(shape);
  if (layout !== null) return image(space, layout);
  throw new RangeError(
    'createEncoder: images must be of shape [height, width], [height, width, channels] or ' +
      '[channels, height, width], or stacks of frames, [frames, height, width, channels] or ' +
      '[frames, channels, height, width], with no more frames and channels than rows and columns, ' +
      `got ${showShape(shape)}. Reshape them, or make vectors of them with flatten-observation.`,
  );
}

/** A box among others. */
function partOf(space: AnyBox): Part {
  const isLikeImage = space.shape.length > (isOfBytes(space) ? 1 : 2);
  const layout = isLikeImage ? imageLayout(space.shape) : null;
  return layout === null ? asItStands([rowSize(space)]) : image(space, layout);
}

const PER_BYTE = Math.fround(1 / 255);

function image(space: AnyBox, { shape, places }: ImageLayout): Part {
  const scale = isOfBytes(space) ? PER_BYTE : 1;
  if (places === null && scale === 1) return asItStands(shape);
  const size = sizeOf(shape);
  const order = places ?? Int32Array.from({ length: size }, (_, i) => i);
  return {
    size,
    shape,
    inputSize: size,
    write(observations, from, inputs, to) {
      for (let i = 0; i < size; i++) inputs[to + i] = scale * observations[from + order[i]];
    },
  };
}

function isOfBytes({ dtype, low, high }: AnyBox): boolean {
  return dtype === 'uint8' && low.every((x) => x === 0) && high.every((x) => x === 255);
}

/** @param counts How many values each of some integers can have. */
function oneHot(counts: readonly number[]): Part {
  const size = counts.length;
  const inputSize = counts.reduce((sum, count) => sum + count, 0);
  return {
    size,
    shape: [inputSize],
    inputSize,
    write(observations, from, inputs, to) {
      inputs.fill(0, to, to + inputSize);
      for (let i = 0, place = to; i < size; i++) {
        inputs[place + observations[from + i]] = 1;
        place += counts[i];
      }
    },
  };
}
