import { checkTrained, type TrainedNetwork } from '../trained-network.ts';
import { INPUT, NEXT_STATE, OnnxGraph, STATE } from './graph.ts';
import { translate } from './layers.ts';
import { encodeOnnx, type OnnxNode, type OnnxTensor, type OnnxValue } from './model.ts';

const RESERVED = [INPUT, STATE, NEXT_STATE];

/**
 * A network as an ONNX file: operator set 17, any number of rows, as it evaluates (dropout and
 * noise are off, batches are normalized by the running statistics).
 *
 * | value          | shape                | what it is                                         |
 * | -------------- | -------------------- | -------------------------------------------------- |
 * | `observations` | [batch, …input]      | in                                                 |
 * | a head's name  | [batch, …its output] | out, one for each head                             |
 * | `state`        | [batch, stateSize]   | in, for recurrent networks; zeros where one starts |
 * | `next_state`   | [batch, stateSize]   | out, for recurrent networks                        |
 *
 * A recurrent network takes one step, or several: with `rows` = steps × batch observations, row
 * t · batch + i is step t of sequence i, as in `Network.forward`; heads then give `rows` too.
 *
 * The metadata entry `specification` holds the network's specification as JSON.
 *
 * @returns the file's bytes.
 * @throws RangeError if a head is named `observations`, `state` or `next_state`, or there are not
 *   as many numbers as the plan has places.
 */
export function toOnnx(network: TrainedNetwork): Uint8Array {
  checkTrained('toOnnx', network);
  const { plan } = network;
  for (const { name } of plan.heads) {
    if (!RESERVED.includes(name)) continue;
    throw new RangeError(`toOnnx: no head may be named ${RESERVED.join(', ')}, got "${name}".`);
  }
  const graph = new OnnxGraph(network, translate);
  const body = graph.stack(plan.layers, INPUT);
  for (const { name, layers } of plan.heads) graph.rename(graph.stack(layers, body), name);
  const isRecurrent = plan.stateSize > 0;
  if (isRecurrent) graph.outputState();

  const rows = isRecurrent ? 'rows' : 'batch';
  const state = (name: string): OnnxValue[] =>
    isRecurrent ? [{ name, shape: ['batch', plan.stateSize] }] : [];
  const outputs = [
    ...plan.heads.map(({ name, output }) => ({ name, shape: [rows, ...output] })),
    ...state(NEXT_STATE),
  ];
  return encodeOnnx({
    ...used(graph, outputs),
    inputs: [{ name: INPUT, shape: [rows, ...plan.input] }, ...state(STATE)],
    outputs,
    metadata: { specification: JSON.stringify(plan.specification) },
  });
}

/** The operations and constants that the outputs need, in their order. */
function used(
  { nodes, tensors }: OnnxGraph,
  outputs: readonly OnnxValue[],
): { readonly nodes: OnnxNode[]; readonly tensors: OnnxTensor[] } {
  const needed = new Set(outputs.map(({ name }) => name));
  const kept: OnnxNode[] = [];
  for (const node of [...nodes].reverse()) {
    if (!node.outputs.some((name) => needed.has(name))) continue;
    kept.unshift(node);
    for (const name of node.inputs) needed.add(name);
  }
  return { nodes: kept, tensors: tensors.filter(({ name }) => needed.has(name)) };
}
