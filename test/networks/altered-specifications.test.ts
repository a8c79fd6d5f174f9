import { expect, test } from 'vitest';
import { LOSS_KINDS, resolveLoss } from '../../networks/losses/registry.ts';
import { OPTIMIZER_KINDS, resolveOptimizer } from '../../networks/optimizers/specification.ts';
import { planNetwork } from '../../networks/plan.ts';
import { network } from '../../networks/specification/network-specification.ts';
import { alterations } from '../helpers/alterations.ts';
import { TORCH_CASES } from '../helpers/torch-layers.ts';

/** @param read Makes of JSON what it says, or throws. */
function expectWords<T extends object>(
  json: T,
  read: (altered: T) => unknown,
  words: RegExp,
): void {
  let refused = 0;
  const all = alterations(json);
  for (const { what, altered } of all) {
    try {
      read(altered);
    } catch (error) {
      refused++;
      expect(error, what).toBeInstanceOf(RangeError);
      expect((error as Error).message, what).toMatch(words);
    }
  }
  expect(refused).toBeGreaterThan(all.length / 2);
}

test.each(TORCH_CASES)('what is no network is told in words: $name', ({ specification }) => {
  expectWords(specification, (altered) => planNetwork(network(altered)), /^network: .*[.?]$/);
});

const SCHEDULES = [
  0.1,
  { kind: 'cosine', from: 0.1, to: 0.01, steps: 30 },
  { kind: 'step', from: 0.1, factor: 0.5, every: 3 },
  { kind: 'piecewise', boundaries: [2, 5], values: [0.3, 0.2, 0.1] },
  { kind: 'warmup', from: 0, steps: 4, next: { kind: 'inverse', from: 0.1, steps: 3 } },
] as const;

const CLIPS = [null, { value: 1 }, { norm: 1 }, { globalNorm: 1 }] as const;

test.each(OPTIMIZER_KINDS)('what is no optimizer is told in words: %s', (kind) => {
  SCHEDULES.forEach((learningRate, i) => {
    const clip = CLIPS[i % CLIPS.length];
    const specification = resolveOptimizer({ kind, learningRate, clip } as never);
    expectWords(specification, resolveOptimizer, /^\w+: .*[.?]$/);
  });
});

test.each(LOSS_KINDS)('what is no loss is told in words: %s', (kind) => {
  const resolve = (altered: object) => resolveLoss('loss', altered as never);
  expectWords(resolve({ kind }), resolve, /^loss.*[.?]$/);
});
