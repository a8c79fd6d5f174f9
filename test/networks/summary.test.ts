import { expect, test } from 'vitest';
import { dense } from '../../networks/layers/dense.ts';
import { flatten } from '../../networks/layers/flatten.ts';
import { residual } from '../../networks/layers/residual.ts';
import { planNetwork } from '../../networks/plan.ts';
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
  const inner = residual([dense(40)]);
  const outer = residual([dense(40), inner], { shortcut: [dense(40, { bias: false })] });
  const plan = planNetwork(network({ input: [30], layers: [outer, dense(1)] }));
  // 30 · 40 + 40 = 1,240; 40 · 40 + 40 = 1,640; 30 · 40 = 1,200
  expect(summarize(plan).split('\n').slice(2)).toEqual([
    'layers[0]                          residual  40           4,080          4,000',
    '  layers[0].layers[0]              dense     40           1,240          1,200',
    '  layers[0].layers[1]              residual  40           1,640          1,600',
    '    layers[0].layers[1].layers[0]  dense     40           1,640          1,600',
    '  layers[0].shortcut[0]            dense     40           1,200          1,200',
    'layers[1]                          dense     1               41             40',
    'total                                                     4,121          4,040',
  ]);
});

test('the smallest network is its input', () => {
  expect(summarize(planNetwork(network({ input: [1] }))).split('\n')).toEqual([
    'layer  kind  output  parameters  multiply-adds',
    'input        1',
    'total                         0              0',
  ]);
});
