import type { Elman } from '../../layers/elman.ts';
import type { Gru } from '../../layers/gru.ts';
import type { Lstm } from '../../layers/lstm.ts';
import type { LayerPlan } from '../../plan.ts';
import { transpose } from '../transpose.ts';
import { type OnnxGraph, STATE } from './graph.ts';
import type { OnnxAttribute } from './model.ts';

type Recurrent = Elman | Lstm | Gru;

/** What ONNX's recurrent operators differ in. */
interface Cell {
  readonly operator: string;
  /** Where each of ONNX's gates stands among ours. */
  readonly gates: readonly number[];
  readonly attributes?: Readonly<Record<string, OnnxAttribute>>;
}

const LSTM: Cell = { operator: 'LSTM', gates: [0, 3, 1, 2] }; // i o f g of our i f g o
const GRU: Cell = {
  operator: 'GRU',
  gates: [1, 0, 2], // z r n of our r z n
  attributes: { linear_before_reset: { integer: 1 } }, // the reset after the product
};

/** h′ = f(x W + h R + b). */
export function elman(plan: LayerPlan<Elman>, x: string, graph: OnnxGraph): string {
  const activation = plan.layer.activation === 'relu' ? 'Relu' : 'Tanh';
  const cell = {
    operator: 'RNN',
    gates: [0],
    attributes: { activations: { texts: [activation] } },
  };
  return recurrent(plan, cell, x, graph);
}

/** An LSTM cell. */
export function lstm(plan: LayerPlan<Lstm>, x: string, graph: OnnxGraph): string {
  return recurrent(plan, LSTM, x, graph);
}

/** A GRU cell. */
export function gru(plan: LayerPlan<Gru>, x: string, graph: OnnxGraph): string {
  return recurrent(plan, GRU, x, graph);
}

/** Rows become `[steps, batch, features]`, as many sequences as the state has rows. */
function recurrent(
  plan: LayerPlan<Recurrent>,
  { operator, gates, attributes }: Cell,
  x: string,
  graph: OnnxGraph,
): string {
  const { layer, input, output, states } = plan;
  const bounds = { start: { integer: 0 }, end: { integer: 1 } };
  const batch = graph.add('Shape', [STATE], bounds);
  const shape = [graph.integers([-1]), batch, graph.integers(input)];
  const steps = graph.add('Concat', shape, { axis: { integer: 0 } });
  const sequences = graph.add('Reshape', [x, steps]);
  const before = Object.values(states).map((entry) => {
    return graph.add('Unsqueeze', [graph.state(entry), graph.integers([0])]); // one direction
  });
  const [outputs, ...left] = graph.addSeveral(
    operator,
    [sequences, ...parameters(plan, gates, graph), '', ...before], // '': no lengths
    { hidden_size: { integer: layer.units }, ...attributes },
    1 + before.length,
  );
  Object.values(states).forEach((entry, i) => {
    graph.leave(entry, graph.add('Squeeze', [left[i], graph.integers([0])]));
  });
  return graph.add('Reshape', [outputs, graph.integers([-1, ...output])]);
}

/** ONNX's W, R and B: weights transposed, gates in its order, both biases in one. */
function parameters(
  { name, layer, input, parameters }: LayerPlan<Recurrent>,
  gates: readonly number[],
  graph: OnnxGraph,
): string[] {
  const { inputWeights, recurrentWeights, bias, inputBias, recurrentBias } = parameters;
  const { units } = layer;
  const width = gates.length * units;
  const matrix = (entry: typeof bias, rows: number): string => {
    const transposed = transpose(graph.parameterValues(entry), rows, width);
    return graph.tensor(entry.name, [1, width, rows], reorder(transposed, gates));
  };
  const biases = new Float32Array(2 * width);
  biases.set(reorder(graph.parameterValues(inputBias ?? bias), gates));
  if (recurrentBias) biases.set(reorder(graph.parameterValues(recurrentBias), gates), width);
  return [
    matrix(inputWeights, input[0]),
    matrix(recurrentWeights, units),
    graph.tensor(`${name}.bias`, [1, 2 * width], biases),
  ];
}

/** Equal parts in another order. */
function reorder(values: Float32Array, order: readonly number[]): Float32Array {
  const reordered = new Float32Array(values.length);
  const size = values.length / order.length;
  order.forEach((from, to) => {
    reordered.set(values.subarray(from * size, (from + 1) * size), to * size);
  });
  return reordered;
}
