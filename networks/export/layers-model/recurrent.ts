import type { Elman } from '../../layers/elman.ts';
import type { Lstm } from '../../layers/lstm.ts';
import type { LayerPlan } from '../../plan.ts';
import type { KerasWeight, LayersGraph } from './graph.ts';

/** h′ = f(x W + h U + b), over the steps of a sequence. */
export function elman(plan: LayerPlan<Elman>, x: string, graph: LayersGraph): string {
  const { units, activation } = plan.layer;
  const config = { units, activation, return_sequences: true };
  return graph.add('SimpleRNN', config, [x], { weights: weightsOf(plan, graph) });
}

/** An LSTM; Keras's gates stand in the order of ours. */
export function lstm(plan: LayerPlan<Lstm>, x: string, graph: LayersGraph): string {
  const activations = { activation: 'tanh', recurrent_activation: 'sigmoid' };
  const config = { units: plan.layer.units, ...activations, return_sequences: true };
  return graph.add('LSTM', config, [x], { weights: weightsOf(plan, graph) });
}

function weightsOf({ parameters }: LayerPlan<Elman | Lstm>, graph: LayersGraph): KerasWeight[] {
  return [
    graph.parameter('kernel', parameters.inputWeights),
    graph.parameter('recurrent_kernel', parameters.recurrentWeights),
    graph.parameter('bias', parameters.bias),
  ];
}
