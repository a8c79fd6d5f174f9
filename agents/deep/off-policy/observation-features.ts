import { concatenate } from '../../../networks/layers/concatenate.ts';
import { type Layer, resolveLayers } from '../../../networks/layers/registry.ts';
import { reshape } from '../../../networks/layers/reshape.ts';
import { slice } from '../../../networks/layers/slice.ts';
import { planNetwork } from '../../../networks/plan.ts';
import { network } from '../../../networks/specification/network-specification.ts';
import type { Shape } from '../../../networks/specification/shape.ts';
import { checkRow } from '../parts/check-row.ts';
import { imageFeatures } from '../parts/image-features.ts';
import type { InputLayout, ObservationEncoder } from '../parts/observations.ts';

/** The layers of actors and critics of real actions. */
export interface FeatureOptions {
  /** What comes first, for observations alone. */
  readonly features: readonly Layer[];
  /** What comes then: for a critic, with the action beside it. */
  readonly layers: readonly Layer[];
}

/**
 * The layers that observations go through before an action comes in.
 *
 * @param where Whose they are, for errors.
 * @param features Default `null`: what images need (`imageFeatures`), nothing for vectors.
 * @throws RangeError that names the layer, if one does not fit or the last gives no row of numbers.
 */
export function resolveFeatures(
  where: string,
  features: readonly Layer[] | null,
  input: InputLayout,
): readonly Layer[] {
  const resolved = resolveLayers(`${where}: features`, features ?? imageFeatures(input));
  if (resolved.length === 0) return resolved;
  const { heads } = planNetwork(network({ input: input.shape, heads: { features: resolved } }));
  checkRow(`${where}: features`, heads[0].output);
  return resolved;
}

/**
 * What an actor takes, and its layers. Without features it takes every observation as a vector.
 *
 * @throws RangeError that names the layer, if one of `layers` does not fit the features.
 */
export function actorBody(
  { shape, inputSize }: ObservationEncoder,
  { features, layers }: FeatureOptions,
): { input: Shape; layers: readonly Layer[] } {
  if (features.length === 0) return { input: [inputSize], layers };
  const { heads } = planNetwork(network({ input: shape, heads: { features } }));
  planNetwork(network({ input: heads[0].output, layers })); // errors name a layer by its place there
  return { input: shape, layers: [...features, ...layers] };
}

/** The layers of a critic, whose input is an observation as networks take it and then an action. */
export function criticBody(
  { shape, inputSize }: ObservationEncoder,
  { features, layers }: FeatureOptions,
  actionSize: number,
): readonly Layer[] {
  if (features.length === 0) return layers;
  const observation = [slice(0, inputSize), reshape(shape), ...features];
  return [concatenate([observation, [slice(inputSize, actionSize)]]), ...layers];
}
