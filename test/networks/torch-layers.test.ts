import { describe, expect, test } from 'vitest';
import { LAYER_KINDS } from '../../networks/layers/registry.ts';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { simdEngine } from '../../networks/simd/engine.ts';
import { allowRelaxedSimd } from '../../node/relaxed-simd.ts';
import { compareWithTorch, TORCH_CASES } from '../helpers/torch-layers.ts';

allowRelaxedSimd();

const exact = new ReferenceEngine((length) => new Float64Array(length));

test.each(TORCH_CASES)('PyTorch agrees to eight digits: $name', (recorded) => {
  const errors = compareWithTorch(exact, (values) => Float64Array.from(values), recorded);
  for (const [what, error] of Object.entries(errors)) expect(error, what).toBeLessThan(1e-8);
});

describe.each(['portable', 'fast'] as const)('the simd engine, %s', (build) => {
  const engine = simdEngine({ build });

  test.each(TORCH_CASES)('agrees with it to five: $name', (recorded) => {
    const errors = compareWithTorch(engine, (values) => Float32Array.from(values), recorded);
    for (const [what, error] of Object.entries(errors)) expect(error, what).toBeLessThan(1e-5);
  });
});

test('every kind of layer is compared', () => {
  const text = JSON.stringify(TORCH_CASES.map(({ specification }) => specification));
  expect(LAYER_KINDS.filter((kind) => !text.includes(`"kind":"${kind}"`))).toEqual([]);
});
