import type { LayerPlan, NetworkPlan } from './plan.ts';
import { showShape } from './specification/shape.ts';

/**
 * A network as a table for people, without a line break at its end.
 *
 *     layer            kind   output  parameters  multiply-adds
 *     input                   4
 *     layers[0]        dense  64             320            256
 *     layers[1]        dense  64           4,160          4,096
 *     heads.values[0]  dense  2              130            128
 *     total                                4,610          4,480
 *
 * Shapes and multiply-adds are of one row. A layer that holds others counts them in; they stand below
 * it, indented.
 */
export function summarize(plan: NetworkPlan): string {
  const every = [plan.layers, ...plan.heads.map((head) => head.layers)].flat();
  const total = [showCount(plan.parameterCount), showCount(plan.multiplyAdds)];
  return table([
    ['layer', 'kind', 'output', 'parameters', 'multiply-adds'],
    ['input', '', showShape(plan.input), '', ''],
    ...every.flatMap((layer) => layerRows(layer, '')),
    ['total', '', '', ...total],
  ]);
}

const FIRST_NUMBER = 3; // the columns from here on are flush right

function layerRows(plan: LayerPlan, indent: string): string[][] {
  const { name, layer, output, multiplyAdds, branches } = plan;
  const counts = [showCount(parametersIn(plan)), showCount(multiplyAdds)];
  return [
    [indent + name, layer.kind, showShape(output), ...counts],
    ...branches.flat().flatMap((inner) => layerRows(inner, `${indent}  `)),
  ];
}

function parametersIn({ parameters, branches }: LayerPlan): number {
  const own = Object.values(parameters).reduce((sum, { size }) => sum + size, 0);
  return branches.flat().reduce((sum, inner) => sum + parametersIn(inner), own);
}

/** `1,234,567`. */
function showCount(count: number): string {
  return String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) =>
    row.map((cell, column) =>
      column < FIRST_NUMBER ? cell.padEnd(widths[column]) : cell.padStart(widths[column]),
    ),
  );
  return lines.map((cells) => cells.join('  ').trimEnd()).join('\n');
}
