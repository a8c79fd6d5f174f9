import type { Concatenate } from '../../layers/concatenate.ts';
import { type Dueling, duelingSize } from '../../layers/dueling.ts';
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

/**
 * q = v + a − mean(a), of each of an action's numbers. Keras has no mean of an axis: a − mean(a) is a
 * times the matrix I − 1/n.
 */
export function dueling(plan: LayerPlan<Dueling>, x: string, graph: LayersGraph): string {
  const size = duelingSize(plan);
  const [width] = plan.output;
  const n = width / size;
  const [value, advantage] = plan.branches.map((branch) => graph.stack(branch, x));
  if (size === 1) return graph.add('Add', {}, [value, aboveMean(advantage, n, graph)]);
  const reshape = (part: string, from: string, shape: readonly number[]) =>
    graph.add('Reshape', { target_shape: shape }, [from], { part });
  const swap = (part: string, from: string) =>
    graph.add('Permute', { dims: [2, 1] }, [from], { part });
  const advantages = swap('by-number', reshape('by-action', advantage, [n, size]));
  const values = [reshape('values', value, [size, 1]), aboveMean(advantages, n, graph)];
  const sum = graph.add('Add', {}, values, { part: 'sum' });
  return reshape('together', swap('sum-by-action', sum), [width]);
}

/** a − mean(a) along the last axis, of n numbers. */
function aboveMean(advantage: string, n: number, graph: LayersGraph): string {
  const values = Float32Array.from({ length: n * n }, (_, i) => {
    return (i % (n + 1) === 0 ? 1 : 0) - 1 / n;
  });
  const config = { units: n, use_bias: false, trainable: false };
  return graph.add('Dense', config, [advantage], {
    part: 'above-mean',
    weights: [{ name: 'kernel', shape: [n, n], values }],
  });
}
