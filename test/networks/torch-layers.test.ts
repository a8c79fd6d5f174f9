import { expect, test } from 'vitest';
import { ReferenceEngine } from '../../networks/reference/engine.ts';
import { compareWithTorch, TORCH_CASES } from '../helpers/torch-layers.ts';

const exact = new ReferenceEngine((length) => new Float64Array(length));

test.each(TORCH_CASES)('PyTorch agrees to eight digits: $name', (recorded) => {
  const errors = compareWithTorch(exact, (values) => Float64Array.from(values), recorded);
  for (const [what, error] of Object.entries(errors)) expect(error, what).toBeLessThan(1e-8);
});
