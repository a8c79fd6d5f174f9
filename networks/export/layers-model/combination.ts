import type { Concatenate } from '../../layers/concatenate.ts';
import type { Dueling } from '../../layers/dueling.ts';
import type { Residual } from '../../layers/residual.ts';
import type { LayerPlan } from '../../plan.ts';
import { activate } from './activation.ts';
import type { LayersGraph } from './graph.ts';

/** y = f(F(x) + S(x)). */
export function residual(plan: LayerPlan<Residual>, x: string, graph: LayersGraph): string {
  const [layers, shortcut] = plan.branches;
  const sum = graph.add('Add', {}, [graph.stack(layers, x), graph.stack(shortcut, x)]);
  return activate(graph, plan.layer.activation, sum, 'activation');
}

/** Branches side by side along the last axis. */
export function concatenate(plan: LayerPlan<Concatenate>, x: string, graph: LayersGraph): string {
  const outputs = plan.branches.map((branch) => graph.stack(branch, x));
  if (outputs.length === 1) return outputs[0];
  return graph.add('Concatenate', { axis: -1 }, outputs);
}

/** q = v + a − mean(a). Keras has no mean of an axis: a − mean(a) is a times the matrix I − 1/n. */
export function dueling(plan: LayerPlan<Dueling>, x: string, graph: LayersGraph): string {
  const [value, advantage] = plan.branches.map((branch) => graph.stack(branch, x));
  const n = plan.output[plan.output.length - 1];
  const values = Float32Array.from({ length: n * n }, (_, i) => {
    return (i % (n + 1) === 0 ? 1 : 0) - 1 / n;
  });
  const config = { units: n, use_bias: false, trainable: false };
  const above = graph.add('Dense', config, [advantage], {
    part: 'above-mean',
    weights: [{ name: 'kernel', shape: [n, n], values }],
  });
  return graph.add('Add', {}, [value, above]);
}
