import { dense } from '../../../networks/layers/dense.ts';
import type { Layer } from '../../../networks/layers/registry.ts';
import { planNetwork } from '../../../networks/plan.ts';
import {
  type NetworkSpecification,
  network,
} from '../../../networks/specification/network-specification.ts';
import type { Shape } from '../../../networks/specification/shape.ts';
import { checkRow } from '../parts/check-row.ts';
import { noisyLayers } from './noisy-layers.ts';
import { endInValues } from './value-network.ts';

/** What a network of implicit quantiles is like. */
export interface QuantileNetworkOptions {
  /** Of an observation. */
  readonly input: Shape;
  /** ψ: sees the observation alone, and ends in a row of features. */
  readonly layers: readonly Layer[];
  /** Cosines that tell where a quantile is, at least 1. */
  readonly embedding: number;
  /** f, but for its last layer: sees the product. */
  readonly headLayers: readonly Layer[];
  readonly numActions: number;
  /** Whether quantiles of states and advantages of actions are told apart (`endInValues`). */
  readonly dueling: boolean;
  /** Whether the dense layers of ψ and f draw their weights, which then explore. */
  readonly noisy: boolean;
}

/** The three networks, by what they are. */
export interface QuantileParts<N> {
  /** ψ: features of an observation. */
  readonly features: N;
  /** φ: as many numbers from the cosines of a fraction. */
  readonly embedding: N;
  /** f: quantiles of all actions from their product. */
  readonly head: N;
}

/**
 * The networks that `QuantileNetwork` puts together.
 *
 * @param where Whose they are, for errors.
 * @throws RangeError if a layer does not fit, or `layers` do not end in a row of numbers, or a dense
 *   layer that must be noisy has no bias.
 */
export function quantileSpecifications(
  where: string,
  options: QuantileNetworkOptions,
): QuantileParts<NetworkSpecification> {
  const { input, embedding, numActions, dueling, noisy } = options;
  const noisyOrNot = (name: 'layers' | 'headLayers') =>
    noisy ? noisyLayers(name, options[name]) : options[name];
  const [layers, headLayers] = [noisyOrNot('layers'), noisyOrNot('headLayers')];
  const features = network({ input, layers, heads: { features: [] } });
  const shape = planNetwork(features).heads[0].output;
  checkRow(`${where}: layers`, shape);
  const [size] = shape;
  const wave = dense(size, { activation: 'relu', initializer: 'fan-in-uniform' });
  const { body, head } = endInValues(headLayers, { numActions, size: 1, dueling, noisy });
  return {
    features,
    embedding: network({ input: [embedding], heads: { embedding: [wave] } }),
    head: network({ input: [size], heads: { values: [...body, head] } }),
  };
}
