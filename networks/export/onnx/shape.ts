import type { Slice } from '../../layers/slice.ts';
import type { LayerPlan } from '../../plan.ts';
import type { OnnxGraph } from './graph.ts';

/** The same numbers in the shape that the plan gives: flatten, reshape. */
export function reshape({ output }: LayerPlan, x: string, graph: OnnxGraph): string {
  return graph.reshape(x, output);
}

/** A stretch of the last axis. */
export function slice({ layer }: LayerPlan<Slice>, x: string, graph: OnnxGraph): string {
  const [starts, ends] = [layer.start, layer.start + layer.length];
  const bounds = [starts, ends, -1].map((bound) => graph.integers([bound])); // the last: the axis
  return graph.add('Slice', [x, ...bounds]);
}
