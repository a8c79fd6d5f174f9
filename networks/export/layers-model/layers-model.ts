import { checkTrained, type TrainedNetwork } from '../trained-network.ts';
import type { LayersModelFiles } from './files.ts';
import { INPUT, LayersGraph } from './graph.ts';
import { translate } from './layers.ts';

/** What `model.json` calls the file with the numbers. */
export const WEIGHTS_FILE = 'weights.bin';

/**
 * A network in TensorFlow.js's LayersModel format, for `tf.loadLayersModel`: a functional model with
 * one input, `observations` `[batch, …input]`, and an output for each head, in their order, each
 * from a layer of the head's name.
 *
 * A recurrent network takes whole sequences that begin with a state of zeros:
 * `[batch, steps, …input]` gives `[batch, steps, …output]`.
 *
 * `userDefinedMetadata.specification` is the network's specification.
 *
 * @throws Error that names the layer, if tf.layers has none like it: group normalization, GRU
 *   (theirs resets before the product), self-attention, positional encoding, and convolutions with
 *   both a stride and a dilation.
 * @throws RangeError if a head is named `observations`, or there are not as many numbers as the plan
 *   has places.
 */
export function toLayersModel(network: TrainedNetwork): LayersModelFiles {
  checkTrained('toLayersModel', network);
  const { plan } = network;
  if (plan.heads.some(({ name }) => name === INPUT)) {
    throw new RangeError(`toLayersModel: no head may be named ${INPUT}: the input is.`);
  }
  const graph = new LayersGraph(network, translate);
  graph.input(plan.stateSize > 0 ? [null, ...plan.input] : plan.input);
  const body = graph.stack(plan.layers, INPUT);
  for (const { name, layers } of plan.heads) graph.output(name, graph.stack(layers, body));

  const config = {
    name: 'network',
    layers: graph.layers,
    input_layers: [[INPUT, 0, 0]],
    output_layers: plan.heads.map(({ name }) => [name, 0, 0]),
  };
  return {
    model: {
      format: 'layers-model',
      generatedBy: 'palaestra',
      convertedBy: null,
      modelTopology: {
        class_name: 'Model',
        config,
        keras_version: 'tfjs-layers 4.22.0',
        backend: 'tensor_flow.js',
      },
      weightsManifest: [{ paths: [WEIGHTS_FILE], weights: graph.places }],
      userDefinedMetadata: { specification: plan.specification },
    },
    weights: concatenate(graph.values),
  };
}

function concatenate(parts: readonly Float32Array[]): Uint8Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return new Uint8Array(whole.buffer);
}
