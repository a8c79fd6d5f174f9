import { expect, test } from 'vitest';
import { simdEngine } from '../../networks/simd/engine.ts';
import { allowRelaxedSimd } from '../../node/relaxed-simd.ts';
import { NetworkChurn } from '../helpers/network-churn.ts';
import { type ProcessMemory, processMemory } from '../helpers/process-memory.ts';

allowRelaxedSimd();

const PARTS = 10;

test.each(['portable', 'fast'] as const)(
  '100,000 updates of networks that come and go leave memory as it was (%s)',
  (build) => {
    const engine = simdEngine({ build });
    const churn = new NetworkChurn(engine, 1);
    const parts: (ProcessMemory & { readonly arena: number })[] = [];
    for (let part = 0; part < PARTS; part++) {
      churn.run(100_000 / PARTS);
      churn.clear();
      expect(engine.heap.used).toBe(0);
      parts.push({ ...processMemory(), arena: engine.heap.numbers.buffer.byteLength });
    }
    expect(churn.created).toBeGreaterThan(4000);
    const [, early] = parts; // after code has been compiled, and the largest networks been there
    for (const { held, resident, arena } of parts.slice(2)) {
      expect(arena).toBe(early.arena);
      expect(held - early.held).toBeLessThan(2e6);
      expect(resident - early.resident).toBeLessThan(40e6);
    }
  },
);
