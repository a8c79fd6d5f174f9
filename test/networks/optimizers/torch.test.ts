import { describe, expect, test } from 'vitest';
import { resolveOptimizer } from '../../../networks/optimizers/specification.ts';
import { bareParameters } from '../../helpers/bare-parameters.ts';
import { readGolden } from '../../helpers/golden.ts';
import { relativeError } from '../../helpers/relative-error.ts';

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

describe("PyTorch's optimizers take the same steps down an uneven bowl:", () => {
  test.each(cases.map((given) => [given.name, given.options, given] as const))(
    '%s %j',
    (kind, options, { start, targets, curvatures, steps }) => {
      const { step } = bareParameters(resolveOptimizer({ kind, ...options }), ...start);
      let parameters: readonly number[] = start;
      for (const expected of steps) {
        parameters = step(...parameters.map((theta, i) => curvatures[i] * (theta - targets[i])));
        expect(relativeError(parameters, expected)).toBeLessThan(1e-8);
      }
    },
  );
});
