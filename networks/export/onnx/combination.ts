import type { Concatenate } from '../../layers/concatenate.ts';
import type { Dueling } from '../../layers/dueling.ts';
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

/** q = v + a − mean(a). */
export function dueling(plan: LayerPlan<Dueling>, x: string, graph: OnnxGraph): string {
  const [value, advantage] = plan.branches.map((branch) => graph.stack(branch, x));
  const over = { axes: { integers: [-1] }, keepdims: { integer: 1 } };
  const above = graph.add('Sub', [advantage, graph.add('ReduceMean', [advantage], over)]);
  return graph.add('Add', [value, above]);
}
