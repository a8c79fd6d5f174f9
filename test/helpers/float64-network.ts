import type { Network } from '../../networks/network.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import {
  type NetworkOptions,
  network,
} from '../../networks/specification/network-specification.ts';

/** A network in float64 that goes back to its inputs, for numbers that were worked out by hand. */
export function float64Network(options: NetworkOptions, seed = 0): Network<Float64Array> {
  const engine = new ReferenceEngine((length) => new Float64Array(length));
  return engine.create(network(options), { seed, inputGradients: true });
}

/** The outputs, as a list, for rows that are written one after the other. */
export function outputsOf(
  net: Network<Float64Array>,
  inputs: readonly number[],
  options: { readonly training?: boolean } = {},
): number[] {
  return [...net.forward(Float64Array.from(inputs), inputs.length / net.inputSize, options)];
}
