import type { Concatenate } from '../../layers/concatenate.ts';
import { type Dueling, duelingSize } from '../../layers/dueling.ts';
import type { Residual } from '../../layers/residual.ts';
import type { LayerPlan } from '../../plan.ts';
import { activate } from './activation.ts';
import type { OnnxGraph } from './graph.ts';

/** y = f(F(x) + S(x)). */
export function residual(plan: LayerPlan<Residual>, x: string, graph: OnnxGraph): string {
  const [layers, shortcut] = plan.branches;
  const sum = graph.add('Add', [graph.stack(layers, x), graph.stack(shortcut, x)]);
  return activate(graph, plan.layer.activation, sum);
}

/** Branches side by side along the last axis. */
export function concatenate(plan: LayerPlan<Concatenate>, x: string, graph: OnnxGraph): string {
  const outputs = plan.branches.map((branch) => graph.stack(branch, x));
  return graph.add('Concat', outputs, { axis: { integer: -1 } });
}

/** q = v + a − mean(a), of each of an action's numbers. */
export function dueling(plan: LayerPlan<Dueling>, x: string, graph: OnnxGraph): string {
  const size = duelingSize(plan);
  const [value, advantage] = plan.branches.map((branch) => {
    const output = graph.stack(branch, x);
    return size === 1 ? output : graph.reshape(output, [-1, size]);
  });
  const over = { axes: { integers: [size === 1 ? -1 : -2] }, keepdims: { integer: 1 } };
  const above = graph.add('Sub', [advantage, graph.add('ReduceMean', [advantage], over)]);
  const values = graph.add('Add', [value, above]);
  return size === 1 ? values : graph.reshape(values, plan.output);
}
