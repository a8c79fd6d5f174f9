import { expect, test } from 'vitest';
import { dense } from '../../networks/layers/dense.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import { type LayerPlan, type NetworkPlan, planNetwork } from '../../networks/plan.ts';
import { mlp } from '../../networks/specification/mlp.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { summarize } from '../../networks/summary.ts';

test('a network is a table: shapes, parameters, multiply-adds, totals', () => {
  const specification = network({
    input: [2, 3, 4],
    layers: [flatten(), ...mlp({ hidden: [64] })],
    heads: { policy: [dense(3)], value: [dense(1, { bias: false })] },
  });
  // 24 · 64 + 64 = 1,600; 64 · 3 + 3 = 195; 64
  expect(summarize(planNetwork(specification)).split('\n')).toEqual([
    'layer            kind     output     parameters  multiply-adds',
    'input                     2 × 3 × 4',
    'layers[0]        flatten  24                  0              0',
    'layers[1]        dense    64              1,600          1,536',
    'heads.policy[0]  dense    3                 195            192',
    'heads.value[0]   dense    1                  64             64',
    'total                                     1,859          1,792',
  ]);
});

test('layers inside others stand below them, indented, and are counted in', () => {
  const leaf = (name: string, size: number): LayerPlan => ({
    name,
    layer: { kind: 'leaf' },
    input: [1],
    output: [1],
    multiplyAdds: 10 * size,
    parameters: { weights: { size } as never },
    statistics: {},
    states: {},
    branches: [],
  });
  const inner = {
    ...leaf('layers[0].b[0]', 5),
    branches: [[leaf('layers[0].b[0].c[0]', 1_000_000)]],
  };
  const outer = { ...leaf('layers[0]', 7), branches: [[leaf('layers[0].a[0]', 3)], [inner]] };
  const plan = { input: [1], layers: [outer], heads: [], parameterCount: 1_000_015 };
  const lines = summarize({ ...plan, multiplyAdds: 70 } as unknown as NetworkPlan).split('\n');
  expect(lines.slice(2)).toEqual([
    'layers[0]                leaf  1        1,000,015             70',
    '  layers[0].a[0]         leaf  1                3             30',
    '  layers[0].b[0]         leaf  1        1,000,005             50',
    '    layers[0].b[0].c[0]  leaf  1        1,000,000     10,000,000',
    'total                                   1,000,015             70',
  ]);
});

test('the smallest network is its input', () => {
  expect(summarize(planNetwork(network({ input: [1] }))).split('\n')).toEqual([
    'layer  kind  output  parameters  multiply-adds',
    'input        1',
    'total                         0              0',
  ]);
});
