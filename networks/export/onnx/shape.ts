import type { LayerPlan } from '../../plan.ts';
import type { OnnxGraph } from './graph.ts';

/** The same numbers in the shape that the plan gives: flatten, reshape. */
export function reshape({ output }: LayerPlan, x: string, graph: OnnxGraph): string {
  return graph.reshape(x, output);
}
