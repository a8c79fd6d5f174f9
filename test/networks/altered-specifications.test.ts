import { expect, test } from 'vitest';
import { planNetwork } from '../../networks/plan.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { alterations } from '../helpers/alterations.ts';
import { TORCH_CASES } from '../helpers/torch-layers.ts';

test.each(TORCH_CASES)('what is no network is told in words: $name', ({ specification }) => {
  let refused = 0;
  const all = alterations(specification);
  for (const { what, altered } of all) {
    try {
      expect(planNetwork(network(altered)).parameterCount).toBeGreaterThanOrEqual(0);
    } catch (error) {
      refused++;
      expect(error, what).toBeInstanceOf(RangeError);
      expect((error as Error).message, what).toMatch(/^network: .*[.?]$/);
    }
  }
  expect(refused).toBeGreaterThan(all.length / 2);
});
