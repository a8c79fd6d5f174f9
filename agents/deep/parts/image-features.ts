import { concatenate } from '../../../networks/layers/concatenate.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import { reshape } from '../../../networks/layers/reshape.ts';
import { slice } from '../../../networks/layers/slice.ts';
import { convnet } from '../../../networks/specification/convnet.ts';
import { natureConvnet } from '../../../networks/specification/known-convnets.ts';
import { type Shape, sizeOf } from '../../../networks/specification/shape.ts';
import { isImage } from './image-layout.ts';
import type { InputLayout } from './observations.ts';

/** Whether there is an image in what a network is given. */
export function hasImages({ parts }: InputLayout): boolean {
  return parts.some(isImage);
}

/**
 * What is made of images before anything else: a row of features. Nothing for vectors.
 *
 * Where images are parts of what is seen, each goes its own way, and its features stand among the other
 * numbers in the place where it stood.
 *
 * @param body The layers for an image, which must end in a row of numbers. Default `imageBody`.
 *
 * Source: the extractor that Stable-Baselines3 has for dictionaries, `CombinedExtractor`. Differs from the
 * source in what is an image: there bytes of three axes alone.
 */
export function imageFeatures(
  input: InputLayout,
  body: (shape: Shape) => readonly Layer[] = imageBody,
): readonly Layer[] {
  if (isImage(input.shape)) return body(input.shape);
  if (!hasImages(input)) return [];
  let start = 0;
  const branches = joinVectors(input.parts).map((shape) => {
    const part = slice(start, sizeOf(shape));
    start += part.length;
    return isImage(shape) ? [part, reshape(shape), ...body(shape)] : [part];
  });
  return [concatenate(branches)];
}

/**
 * The layers for an image that is all there is to see; for everything else those of its images, if any,
 * and then `dense`.
 */
export function bodyOf(
  input: InputLayout,
  dense: readonly Layer[],
  ofImage: (shape: Shape) => readonly Layer[] = imageBody,
): readonly Layer[] {
  const features = imageFeatures(input, ofImage);
  return isImage(input.shape) ? features : [...features, ...dense];
}

/**
 * Convolutions and a dense layer: MinAtar's, or from 36 × 36 on those of the Atari DQN.
 *
 * @param shape `[height, width, channels]`.
 */
export function imageBody([height, width]: Shape): readonly Layer[] {
  if (Math.min(height, width) >= 36) return natureConvnet();
  const kernel = Math.min(3, height, width);
  return convnet({ convolutions: [{ filters: 16, kernel }], hidden: [128] });
}

/** The same parts, where vectors that stand side by side are one. */
function joinVectors(parts: readonly Shape[]): Shape[] {
  const joined: Shape[] = [];
  for (const shape of parts) {
    const before = joined.at(-1);
    if (before === undefined || isImage(shape) || isImage(before)) joined.push(shape);
    else joined[joined.length - 1] = [before[0] + shape[0]];
  }
  return joined;
}
