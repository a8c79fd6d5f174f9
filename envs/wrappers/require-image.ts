import { rowSize } from '../../core/spaces/rows.ts';
import type { ImageShape } from './image.ts';
import { misfit } from './requirements.ts';
import type { InnerWorld } from './wrapper.ts';

/**
 * Checks that a world shows images: uint8, from 0 to 255, `[height, width]` or
 * `[height, width, channels]`.
 *
 * @param colors Whether it must have three channels: red, green and blue.
 * @throws RangeError unless it does.
 */
export function requireImageObservations(
  wrapper: string,
  world: InnerWorld,
  colors: boolean = false,
): ImageShape {
  const { observationSpace: space } = world;
  const needed = colors
    ? 'uint8 images of shape [height, width, 3], from 0 to 255'
    : 'uint8 images of shape [height, width] or [height, width, channels], from 0 to 255';
  if (space.kind === 'box' && space.dtype === 'uint8') {
    const [height, width, channels = 1] = space.shape;
    const bytes = space.low.every((low) => low === 0) && space.high.every((high) => high === 255);
    const flat = space.shape.length === 2 || space.shape.length === 3;
    if (bytes && flat && (!colors || channels === 3)) return { height, width, channels };
  }
  throw misfit(wrapper, world, 'observations', needed, space);
}

/** A row for the observations of a world, to be used as scratch within one hook. */
export function scratchRow({ observationSpace }: InnerWorld): Float32Array {
  return new Float32Array(rowSize(observationSpace));
}
