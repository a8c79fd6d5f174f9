import { type Shape, sizeOf } from '../../../networks/specification/shape.ts';

/** How an image stands in a row, and how it goes into a network. */
export interface ImageLayout {
  /** `[height, width, channels]`. */
  readonly shape: Shape;
  /** Where in a row of the world each number of the input stands; `null` where all stand alike. */
  readonly places: Int32Array | null;
}

/**
 * An image with its channels last, whichever way the world shows it.
 *
 * | observations                   | read as                                        | channels |
 * | ------------------------------ | ---------------------------------------------- | -------- |
 * | `[height, width]`              | an image of one channel                        | 1        |
 * | `[c, height, width]`           | channels or frames first, where c is the least | c        |
 * | `[height, width, c]`           | channels last, where it is not                 | c        |
 * | `[k, height, width, c]`        | k such images, as frame stacking shows them    | k c      |
 * | `[k, c, height, width]`        | likewise                                       | k c      |
 *
 * The channels of a stack stand frame after frame, the oldest first. A length of the first axis that
 * another axis has too is not the least.
 *
 * @param shape Of an observation, of two axes or more.
 * @returns `null` where it is unclear: of more than four axes, or of a stack with more frames or channels
 *   than rows or columns.
 *
 * Source: Stable-Baselines3, `is_image_space_channels_first`: the smallest axis holds the channels.
 * Differs from the source in that an image whose first axis is as short as another has its channels last.
 */
export function imageLayout(shape: Shape): ImageLayout | null {
  const order = axisOrder(shape);
  if (order === null) return null;
  const [height, width, ...channels] = order.map((axis) => shape[axis]);
  const isMoved = order.some((axis, i) => axis !== i);
  return {
    shape: [height, width, sizeOf(channels)],
    places: isMoved ? placesOf(shape, order) : null,
  };
}

/** The axes of an observation in the order in which a network takes them: height, width, channels. */
function axisOrder(shape: Shape): readonly number[] | null {
  if (shape.length === 2) return [0, 1];
  if (shape.length === 3) return isFirstLeast(shape) ? [1, 2, 0] : [0, 1, 2];
  if (shape.length > 4) return null;
  const [height, width, channels] = isFirstLeast(shape.slice(1)) ? [2, 3, 1] : [1, 2, 3];
  const most = Math.max(shape[0], shape[channels]);
  return most > Math.min(shape[height], shape[width]) ? null : [height, width, 0, channels];
}

/** Whether this is how an image goes into a network: `[height, width, channels]`. */
export function isImage(input: Shape): boolean {
  return input.length === 3;
}

function isFirstLeast([first, second, third]: Shape): boolean {
  return first < second && first < third;
}

/** Where the numbers of an array stand, read in another order of its axes. */
function placesOf(shape: Shape, order: readonly number[]): Int32Array {
  let places = [0];
  for (const axis of order) {
    const stride = sizeOf(shape.slice(axis + 1));
    const steps = Array.from({ length: shape[axis] }, (_, i) => i * stride);
    places = places.flatMap((place) => steps.map((step) => place + step));
  }
  return Int32Array.from(places);
}
