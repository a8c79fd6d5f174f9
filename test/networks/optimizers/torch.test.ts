import { describe, expect, test } from 'vitest';
import type { Engine } from '../../../networks/engine.ts';
import type { Numbers } from '../../../networks/layers/run.ts';
import { OPTIMIZER_KINDS, resolveOptimizer } from '../../../networks/optimizers/specification.ts';
import { ReferenceEngine } from '../../../networks/reference/engine.ts';
import { simdEngine } from '../../../networks/simd/engine.ts';
import { allowRelaxedSimd } from '../../../node/relaxed-simd.ts';
import { bareParametersOf } from '../../helpers/bare-parameters.ts';
import { readGolden } from '../../helpers/golden.ts';
import { relativeError } from '../../helpers/relative-error.ts';

allowRelaxedSimd();

interface Case {
  readonly name: string;
  readonly options: object;
  readonly start: readonly number[];
  readonly targets: readonly number[];
  readonly curvatures: readonly number[];
  /** Parameters after each update. */
  readonly steps: readonly (readonly number[])[];
}

const { cases } = readGolden<{ readonly cases: readonly Case[] }>('torch-optimizers.json.gz');

/** @returns the largest error of the parameters after any of the updates. */
function worstError<N extends Numbers>(
  engine: Engine<N>,
  { name: kind, options, start, targets, curvatures, steps }: Case,
): number {
  const { step } = bareParametersOf(engine, resolveOptimizer({ kind, ...options }), start);
  let parameters = start;
  return steps.reduce((worst, expected) => {
    parameters = step(...parameters.map((theta, i) => curvatures[i] * (theta - targets[i])));
    return Math.max(worst, relativeError(parameters, expected));
  }, 0);
}

describe("PyTorch's optimizers take the same steps down an uneven bowl:", () => {
  const titled = cases.map((given) => [given.name, given.options, given] as const);
  const exact = new ReferenceEngine((length) => new Float64Array(length));

  test.each(titled)('%s %j', (_name, _options, given) => {
    expect(given.steps.length).toBe(10);
    expect(worstError(exact, given)).toBeLessThan(1e-8);
  });

  describe.each(['portable', 'fast'] as const)('as the simd engine, %s:', (build) => {
    test.each(titled)('%s %j', (_name, _options, given) => {
      expect(worstError(simdEngine({ build }), given)).toBeLessThan(1e-5);
    });
  });

  test('every kind of optimizer is compared', () => {
    const compared = new Set(cases.map(({ name }) => name));
    expect(OPTIMIZER_KINDS.filter((kind) => !compared.has(kind))).toEqual([]);
  });
});
