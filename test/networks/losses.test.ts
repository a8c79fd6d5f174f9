import { describe, expect, test } from 'vitest';
import { Alea } from '../../core/alea.ts';
import { absoluteLoss } from '../../networks/losses/absolute.ts';
import { bernoulliLoss } from '../../networks/losses/bernoulli.ts';
import { atomValue, categoricalLoss } from '../../networks/losses/categorical.ts';
import { computeLoss, type LossOptions } from '../../networks/losses/compute-loss.ts';
import { crossEntropyLoss } from '../../networks/losses/cross-entropy.ts';
import { gaussianLoss } from '../../networks/losses/gaussian.ts';
import { hingeLoss } from '../../networks/losses/hinge.ts';
import { huberLoss } from '../../networks/losses/huber.ts';
import { implicitQuantileLoss } from '../../networks/losses/implicit-quantile.ts';
import { quantileLoss } from '../../networks/losses/quantile.ts';
import { LOSS_KINDS, type LossSpecification, resolveLoss } from '../../networks/losses/registry.ts';
import { squaredLoss } from '../../networks/losses/squared.ts';
import { readGolden } from '../helpers/golden.ts';
import { relativeError } from '../helpers/relative-error.ts';

const { log: ln, exp } = Math;
const ROWS = 4;

/** The loss and its gradient. */
function lossOf(
  loss: LossSpecification,
  rows: number,
  outputs: readonly number[],
  targets: readonly number[],
  options?: LossOptions,
): { readonly loss: number; readonly gradients: number[] } {
  const gradients = new Float64Array(outputs.length).fill(9); // of an earlier call
  const mean = computeLoss(loss, rows, Float64Array.from(outputs), targets, gradients, options);
  return { loss: mean, gradients: [...gradients] };
}

function expectNear(values: readonly number[], expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length);
  values.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i], 12);
  });
}

/** How targets are drawn. */
const DRAW = {
  number: (rng: Alea) => 2 * rng.normal(),
  chance: (rng: Alea) => rng.uniform(),
  side: (rng: Alea) => (rng.uniform() < 0.5 ? -1 : 1),
  class: (rng: Alea) => Math.floor(3 * rng.uniform()),
};

/** Name, loss, outputs of a row, targets of a row, how they are drawn. */
const CASES: readonly (readonly [string, LossSpecification, number, number, keyof typeof DRAW])[] =
  [
    ['squared', squaredLoss(), 3, 3, 'number'],
    ['absolute', absoluteLoss(), 3, 3, 'number'],
    ['huber', huberLoss(), 3, 3, 'number'],
    ['huber with a threshold', huberLoss({ threshold: 0.3 }), 3, 3, 'number'],
    ['hinge', hingeLoss(), 3, 3, 'side'],
    ['bernoulli', bernoulliLoss(), 3, 3, 'chance'],
    ['cross-entropy of classes', crossEntropyLoss(), 3, 1, 'class'],
    ['cross-entropy of any mass', crossEntropyLoss({ targets: 'probabilities' }), 3, 3, 'chance'],
    ['gaussian', gaussianLoss(), 6, 3, 'number'],
    ['gaussian within bounds', gaussianLoss({ logVariance: [-0.5, 0.4] }), 6, 3, 'number'],
    ['categorical', categoricalLoss({ atoms: 5 }), 5, 5, 'chance'],
    ['quantile', quantileLoss({ quantiles: 5 }), 5, 5, 'number'],
    ['quantile with a threshold', quantileLoss({ quantiles: 4, threshold: 0.4 }), 4, 4, 'number'],
    ['quantile of distances', quantileLoss({ quantiles: 3, threshold: 0 }), 3, 3, 'number'],
    ['implicit quantile', implicitQuantileLoss({ quantiles: 3, samples: 4 }), 3, 7, 'chance'],
    [
      'implicit quantile with a threshold',
      implicitQuantileLoss({ quantiles: 4, samples: 2, threshold: 0.4 }),
      4,
      6,
      'chance',
    ],
    [
      'implicit quantile of distances',
      implicitQuantileLoss({ quantiles: 2, samples: 5, threshold: 0 }),
      2,
      7,
      'chance',
    ],
  ];

/** The largest difference between gradients and central differences. */
function gradientDifference(
  loss: LossSpecification,
  outputs: Float64Array,
  targets: ArrayLike<number>,
  options: LossOptions,
): number {
  const gradients = new Float64Array(outputs.length);
  computeLoss(loss, ROWS, outputs, targets, gradients, options);
  const scratch = gradients.slice();
  const step = 1e-6;
  const at = (i: number, value: number) =>
    computeLoss(loss, ROWS, outputs.with(i, value), targets, scratch, options);
  const differences = [...outputs].map((y, i) => {
    const truth = (at(i, y + step) - at(i, y - step)) / (2 * step);
    return Math.abs(truth - gradients[i]) / Math.max(0.1, Math.abs(truth));
  });
  return Math.max(...differences);
}

describe.each(CASES)('%s', (_, loss, size, targetSize, kind) => {
  const rng = new Alea(7, 'losses');
  const outputs = Float64Array.from({ length: ROWS * size }, () => 1.5 * rng.normal());
  const targets = Float64Array.from({ length: ROWS * targetSize }, () => DRAW[kind](rng));
  const weights = Float64Array.of(0.5, 2, -1, 0);

  test('has the gradient of its formula, with weights and without', () => {
    expect(gradientDifference(loss, outputs, targets, {})).toBeLessThan(1e-6);
    expect(gradientDifference(loss, outputs, targets, { weights })).toBeLessThan(1e-6);
  });

  test('sees one head of several, and leaves the others alone', () => {
    const stride = size + 3;
    const wide = new Float64Array(ROWS * stride).fill(Number.NaN);
    const gradients = new Float64Array(ROWS * stride).fill(9);
    for (let r = 0; r < ROWS; r++) {
      wide.set(outputs.subarray(r * size, (r + 1) * size), r * stride + 2);
    }
    const head = { offset: 2, size };
    const ofHead = computeLoss(loss, ROWS, wide, targets, gradients, { head, weights });
    const expected = new Float64Array(ROWS * size);
    expect(ofHead).toBe(computeLoss(loss, ROWS, outputs, targets, expected, { weights }));
    for (let r = 0; r < ROWS; r++) {
      expect([...gradients.subarray(r * stride, (r + 1) * stride)]).toEqual([
        ...[9, 9],
        ...expected.subarray(r * size, (r + 1) * size),
        9,
      ]);
    }
  });

  test('is the mean of its rows, times their weights', () => {
    const each = Array.from({ length: ROWS }, (_, r) => {
      const own = targets.subarray(r * targetSize, (r + 1) * targetSize);
      return lossOf(loss, 1, [...outputs.subarray(r * size, (r + 1) * size)], [...own]).loss;
    });
    const mean = each.reduce((sum, lost, r) => sum + weights[r] * lost, 0) / ROWS;
    expect(lossOf(loss, ROWS, [...outputs], [...targets], { weights }).loss).toBeCloseTo(mean, 12);
  });

  test('is finite with outputs of 1000 and −1000, in float32 too', () => {
    const extreme = outputs.map((_, i) => (i % 3 === 0 ? 1000 : i % 3 === 1 ? -1000 : 0));
    for (const zeros of [new Float64Array(ROWS * size), new Float32Array(ROWS * size)]) {
      const large = zeros.slice();
      large.set(extreme);
      expect(computeLoss(loss, ROWS, large, targets, zeros)).toSatisfy(Number.isFinite);
      expect([...zeros].every(Number.isFinite)).toBe(true);
    }
  });

  test('is JSON, and complete', () => {
    expect(resolveLoss('loss', JSON.parse(JSON.stringify(loss)))).toEqual(loss);
  });
});

describe('regression by hand', () => {
  // δ = 1 and 0 in the first row, −2 and 0.5 in the second
  const outputs = [1, 2, 3, 5.5];
  const targets = [0, 2, 5, 5];

  test('squared: (1 + 0 + 4 + ¼) / 2', () => {
    const { loss, gradients } = lossOf(squaredLoss(), 2, outputs, targets);
    expect(loss).toBe(2.625);
    expect(gradients).toEqual([1, 0, -2, 0.5]);
  });

  test('absolute: (1 + 0 + 2 + ½) / 2', () => {
    const { loss, gradients } = lossOf(absoluteLoss(), 2, outputs, targets);
    expect(loss).toBe(1.75);
    expect(gradients).toEqual([0.5, 0, -0.5, 0.5]);
  });

  test('Huber: (½ + 0 + (2 − ½) + ⅛) / 2', () => {
    const { loss, gradients } = lossOf(huberLoss(), 2, outputs, targets);
    expect(loss).toBe(1.0625);
    expect(gradients).toEqual([0.5, 0, -0.5, 0.25]);
  });

  test('Huber with a threshold of ¼: ¼ (1 − ⅛) + 0 + ¼ (2 − ⅛) + ¼ (½ − ⅛), halved', () => {
    const { loss, gradients } = lossOf(huberLoss({ threshold: 0.25 }), 2, outputs, targets);
    expect(loss).toBe((0.25 * (0.875 + 1.875 + 0.375)) / 2);
    expect(gradients).toEqual([0.125, 0, -0.125, 0.125]);
  });

  test('hinge: 0 beyond the margin, else how much is lacking', () => {
    const { loss, gradients } = lossOf(hingeLoss(), 1, [2, 0.25, 0.25], [1, 1, -1]);
    expect(loss).toBe(0 + 0.75 + 1.25);
    expect(gradients).toEqual([0, -1, 1]);
  });
});

describe('likelihoods by hand', () => {
  test('Bernoulli: σ(ln 3) = ¾', () => {
    const { loss, gradients } = lossOf(bernoulliLoss(), 1, [ln(3), ln(3), 0], [1, 0, 0.5]);
    expect(loss).toBeCloseTo(-ln(3 / 4) - ln(1 / 4) - ln(1 / 2), 12);
    expectNear(gradients, [-1 / 4, 3 / 4, 0]);
  });

  test('a cross-entropy of e^y = 1, 2, 5: softmax ⅛, ¼, ⅝', () => {
    const { loss, gradients } = lossOf(crossEntropyLoss(), 1, [ln(1), ln(2), ln(5)], [1]);
    expect(loss).toBeCloseTo(ln(4), 12);
    expectNear(gradients, [1 / 8, 1 / 4 - 1, 5 / 8]);
  });

  test('a cross-entropy with a distribution', () => {
    const specification = crossEntropyLoss({ targets: 'probabilities' });
    const { loss, gradients } = lossOf(specification, 1, [ln(1), ln(2), ln(5)], [1 / 2, 1 / 2, 0]);
    expect(loss).toBeCloseTo((ln(8) + ln(4)) / 2, 12);
    expectNear(gradients, [1 / 8 - 1 / 2, 1 / 4 - 1 / 2, 5 / 8]);
  });

  test('a mask takes outputs out of the softmax', () => {
    const mask = Uint8Array.of(1, 1, 0, 0, 1, 1);
    const outputs = [ln(1), ln(2), Infinity, Number.NaN, ln(3), ln(1)];
    const { loss, gradients } = lossOf(crossEntropyLoss(), 2, outputs, [1, 2], { mask });
    expect(loss).toBeCloseTo((-ln(2 / 3) - ln(1 / 4)) / 2, 12);
    expectNear(gradients, [1 / 6, -1 / 6, 0, 0, 3 / 8, -3 / 8]);
    const distribution = crossEntropyLoss({ targets: 'probabilities' });
    const targets = [0, 1, 0, 0, 0, 1];
    expect(lossOf(distribution, 2, outputs, targets, { mask })).toEqual({ loss, gradients });
  });

  test('a Gaussian with μ = 1 and σ² = 4 sees a 5', () => {
    const { loss, gradients } = lossOf(gaussianLoss(), 1, [1, ln(4)], [5]);
    expect(loss).toBeCloseTo((ln(2 * Math.PI) + ln(4) + 16 / 4) / 2, 12);
    expectNear(gradients, [-4 / 4, (1 - 16 / 4) / 2]);
  });

  test('a log-variance beyond the bounds counts as the bound', () => {
    const specification = gaussianLoss({ logVariance: [-1, 0] });
    const { loss, gradients } = lossOf(specification, 1, [1, 3], [5]);
    expect(loss).toBeCloseTo((ln(2 * Math.PI) + 16) / 2, 12);
    expectNear(gradients, [-4, 0]);
  });
});

describe('distributions of returns by hand', () => {
  test('categorical: the cross-entropy of the chosen action’s atoms', () => {
    const specification = categoricalLoss({ atoms: 2, low: 0, high: 1 });
    const outputs = [9, 9, ln(1), ln(3), ln(1), ln(1), 9, 9]; // actions 1 and 0
    const choices = Int32Array.of(1, 0);
    const targets = [0.5, 0.5, 1, 0];
    const { loss, gradients } = lossOf(specification, 2, outputs, targets, { choices });
    expect(loss).toBeCloseTo(((ln(4) + ln(4 / 3)) / 2 + ln(2)) / 2, 12);
    expectNear(gradients, [0, 0, (1 / 4 - 1 / 2) / 2, (3 / 4 - 1 / 2) / 2, -1 / 4, 1 / 4, 0, 0]);
  });

  test('atoms stand equally far apart', () => {
    const support = categoricalLoss({ atoms: 5, low: -1, high: 3 });
    expect([0, 1, 2, 3, 4].map((i) => atomValue(support, i))).toEqual([-1, 0, 1, 2, 3]);
  });

  test('quantile: (0, 1) for τ = ¼, ¾ against samples 2 and −½', () => {
    const { loss, gradients } = lossOf(quantileLoss({ quantiles: 2 }), 1, [0, 1], [2, -0.5]);
    // u = 2, −½ for the first: ¼ · 1½ and ¾ · ⅛; u = 1, −1½ for the second: ¾ · ½ and ¼ · 1
    expect(loss).toBe((0.375 + 0.09375) / 2 + (0.375 + 0.25) / 2);
    expect(gradients).toEqual([-(0.25 - 0.375) / 2, -(0.75 - 0.25) / 2]);
  });

  test('quantile: with a threshold of 0 the distance itself, (1, 2) against 0 and 5', () => {
    const specification = quantileLoss({ quantiles: 2, threshold: 0 });
    const { loss, gradients } = lossOf(specification, 1, [1, 2], [0, 5]);
    // u = −1, 4 for τ = ¼, and −2, 3 for τ = ¾
    expect(loss).toBe((0.75 * 1 + 0.25 * 4) / 2 + (0.25 * 2 + 0.75 * 3) / 2);
    expect(gradients).toEqual([-(-0.75 + 0.25) / 2, -(-0.25 + 0.75) / 2]);
  });
});

describe('implicit quantiles', () => {
  test('by hand: (0, 1) at 0.1 and 0.6 against samples 2, −½ and ½', () => {
    const specification = implicitQuantileLoss({ quantiles: 2, samples: 3 });
    const { loss, gradients } = lossOf(specification, 1, [0, 1], [0.1, 0.6, 2, -0.5, 0.5]);
    // u = 2, −½, ½ for the first: 0.1 · 1½, 0.9 · ⅛, 0.1 · ⅛; u = 1, −1½, −½: 0.6 · ½, 0.4 · 1, 0.4 · ⅛
    expect(loss).toBeCloseTo((0.15 + 0.1125 + 0.0125) / 3 + (0.3 + 0.4 + 0.05) / 3, 12);
    expectNear(gradients, [-(0.1 - 0.45 + 0.05) / 3, -(0.6 - 0.4 - 0.2) / 3]);
  });

  test('are those of the fixed midpoints where these are given, and divided by the threshold', () => {
    const rng = new Alea(3, 'losses');
    const [outputs, samples] = [0, 1].map(() => Array.from({ length: 8 }, () => rng.normal()));
    const midpoints = [0.125, 0.375, 0.625, 0.875];
    const targets = [0, 1].flatMap((r) => [...midpoints, ...samples.slice(4 * r, 4 * r + 4)]);
    for (const threshold of [0, 1, 0.25]) {
      const fixed = lossOf(quantileLoss({ quantiles: 4, threshold }), 2, outputs, samples);
      const options = { quantiles: 4, samples: 4, threshold };
      const given = lossOf(implicitQuantileLoss(options), 2, outputs, targets);
      const unit = threshold || 1;
      expect(given.loss).toBeCloseTo(fixed.loss / unit, 12);
      expectNear(
        given.gradients,
        fixed.gradients.map((gradient) => gradient / unit),
      );
    }
  });

  test('are the sums of equation 3 over all pairs, of the chosen actions', () => {
    const rng = new Alea(4, 'losses');
    const [rows, actions, n, m, threshold] = [3, 2, 4, 5, 0.7];
    const outputs = Array.from({ length: rows * actions * n }, () => rng.normal());
    const fractions = Array.from({ length: rows * n }, () => rng.uniform());
    const samples = Array.from({ length: rows * m }, () => rng.normal());
    const choices = [1, 0, 1];
    let expected = 0;
    for (let r = 0; r < rows; r++) {
      for (let i = 0; i < n; i++) {
        for (let j = 0; j < m; j++) {
          const u = samples[r * m + j] - outputs[(r * actions + choices[r]) * n + i];
          const far = Math.abs(u) > threshold;
          const huber = far ? threshold * (Math.abs(u) - threshold / 2) : u ** 2 / 2;
          const side = Math.abs(fractions[r * n + i] - (u < 0 ? 1 : 0));
          expected += (side * huber) / threshold / m / rows;
        }
      }
    }
    const specification = implicitQuantileLoss({ quantiles: n, samples: m, threshold });
    const targets = [0, 1, 2].flatMap((r) => [
      ...fractions.slice(r * n, (r + 1) * n),
      ...samples.slice(r * m, (r + 1) * m),
    ]);
    const { loss, gradients } = lossOf(specification, rows, outputs, targets, { choices });
    expect(loss).toBeCloseTo(expected, 12);
    expect(gradients.map((g) => (g === 0 ? 0 : 1)).join('')).toBe('000011111111000000001111');
  });

  test('are least at the quantile that each fraction asks for', () => {
    const specification = implicitQuantileLoss({ quantiles: 3, samples: 100, threshold: 0 });
    const samples = Array.from({ length: 100 }, (_, i) => i + 0.5);
    const at = (quantiles: readonly number[]) =>
      lossOf(specification, 1, quantiles, [0.1, 0.5, 0.83, ...samples]);
    expectNear(at([10, 50, 83]).gradients, [0, 0, 0]);
    for (const other of [
      [9, 50, 83],
      [10, 51, 83],
      [10, 50, 84],
    ]) {
      expect(at(other).loss).toBeGreaterThan(at([10, 50, 83]).loss);
    }
  });
});

describe('choices', () => {
  const outputs = [1, 2, 3, 4, 5, 6];

  test('name the output of each row that has the target', () => {
    const choices = Int32Array.of(2, 0);
    const { loss, gradients } = lossOf(huberLoss(), 2, outputs, [2.5, 6], { choices });
    expect(loss).toBe((0.125 + 1.5) / 2);
    expect(gradients).toEqual([0, 0, 0.25, -0.5, 0, 0]);
  });

  test('name an action’s quantiles', () => {
    const specification = quantileLoss({ quantiles: 1 });
    const head = { offset: 1, size: 2 };
    const choices = [1, 0];
    const { gradients } = lossOf(specification, 2, outputs, [9, 9], { choices, head });
    expect(gradients).toEqual([9, 0, -0.25, 9, -0.25, 0]);
  });

  test('must be there', () => {
    const wrong = (loss: LossSpecification, choices: readonly number[]) => () =>
      lossOf(loss, 2, outputs, [0, 0], { choices });
    expect(wrong(huberLoss(), [0, 3])).toThrow('choices[1] must be an integer from 0 to 2, got 3.');
    expect(wrong(huberLoss(), [-1, 0])).toThrow('choices[0]');
    expect(wrong(huberLoss(), [0.5, 0])).toThrow('choices[0]');
    expect(wrong(huberLoss(), [0])).toThrow('choices must have length 2, got 1.');
    expect(wrong(crossEntropyLoss(), [0, 0])).toThrow('cannot be of choices among 3 outputs');
    expect(wrong(gaussianLoss(), [0, 0])).toThrow('cannot be of choices');
  });
});

describe('errors', () => {
  test('are distances for regression, without the weights', () => {
    const errors = new Float32Array(2);
    const weights = [3, 4];
    lossOf(huberLoss(), 2, [1, 2, 3, 4], [0, 4, 3, 4.5], { errors, weights });
    expect([...errors]).toEqual([3, 0.5]);
    lossOf(squaredLoss(), 2, [1, 2, 3, 4], [5, -5], { errors, choices: [1, 0] });
    expect([...errors]).toEqual([3, 8]);
  });

  test('are the losses of rows for all else', () => {
    const errors = new Float64Array(2);
    const outputs = [ln(1), ln(3), ln(1), ln(1)];
    lossOf(crossEntropyLoss(), 2, outputs, [0, 1], { errors, weights: [5, 6] });
    expectNear([...errors], [ln(4), ln(2)]);
  });
});

describe('what does not fit', () => {
  const four = [1, 2, 3, 4];

  test.each<readonly [string, () => unknown]>([
    ['outputs must be 3 rows', () => lossOf(squaredLoss(), 3, four, four)],
    ['rows must be an integer', () => lossOf(squaredLoss(), 0, four, four)],
    ['targets must have length 4, got 2', () => lossOf(squaredLoss(), 2, four, [1, 2])],
    ['targets must have length 2, got 4', () => lossOf(crossEntropyLoss(), 2, four, four)],
    ['targets[1] must be a class from 0 to 1', () => lossOf(crossEntropyLoss(), 2, four, [0, 2])],
    ['targets[0] must be a class', () => lossOf(crossEntropyLoss(), 2, four, [0.5, 1])],
    ['targets[0] must be a class', () => lossOf(crossEntropyLoss(), 2, four, [-1, 1])],
    ['cannot be of 3 outputs a row', () => lossOf(gaussianLoss(), 1, [1, 2, 3], [1])],
    ['cannot be of 4 outputs', () => lossOf(categoricalLoss({ atoms: 2 }), 1, four, four)],
    ['cannot be of 4 outputs', () => lossOf(quantileLoss({ quantiles: 2 }), 1, four, four)],
    [
      'the implicit-quantile loss cannot be of 4 outputs',
      () => lossOf(implicitQuantileLoss({ quantiles: 2 }), 1, four, four),
    ],
    [
      'targets must have length 6, got 4',
      () => lossOf(implicitQuantileLoss({ quantiles: 4, samples: 2 }), 1, four, four),
    ],
    [
      'targets[1] must be a fraction from 0 to 1, got 2.',
      () => lossOf(implicitQuantileLoss({ quantiles: 2, samples: 2 }), 1, [1, 2], [1, 2, 3, 4]),
    ],
    ['weights must have length 2', () => lossOf(squaredLoss(), 2, four, four, { weights: [1] })],
    [
      'errors must have length 2',
      () => lossOf(squaredLoss(), 2, four, four, { errors: new Float64Array(4) }),
    ],
    [
      'outputs must be 2 rows that the head is in',
      () => lossOf(squaredLoss(), 2, four, four, { head: { offset: 1, size: 2 } }),
    ],
    [
      'a huber loss takes no mask',
      () => lossOf(huberLoss(), 2, four, four, { mask: new Uint8Array(4) }),
    ],
    [
      'mask must have length 4',
      () => lossOf(crossEntropyLoss(), 2, four, [0, 0], { mask: new Uint8Array(2) }),
    ],
    [
      'mask allows nothing in row 1',
      () =>
        lossOf(crossEntropyLoss({ targets: 'probabilities' }), 2, four, [1, 0, 0, 0], {
          mask: Uint8Array.of(1, 1, 0, 0),
        }),
    ],
    [
      'the target of row 0 wants output 1, which is masked',
      () => lossOf(crossEntropyLoss(), 2, four, [1, 1], { mask: Uint8Array.of(1, 0, 1, 1) }),
    ],
    [
      'the target of row 1 wants output 0, which is masked',
      () =>
        lossOf(crossEntropyLoss({ targets: 'probabilities' }), 2, four, [1, 0, 0.5, 0.5], {
          mask: Uint8Array.of(1, 0, 0, 1),
        }),
    ],
  ])('%s', (message, act) => {
    expect(act).toThrow(message);
  });

  test('outputGradients must be as long as outputs', () => {
    const outputs = new Float64Array(4);
    expect(() => computeLoss(squaredLoss(), 2, outputs, outputs, new Float64Array(2))).toThrow(
      'outputGradients must have length 4, got 2.',
    );
  });
});

describe('losses as data', () => {
  test('a name alone takes the usual numbers', () => {
    expect(
      LOSS_KINDS.map((kind) => resolveLoss('loss', kind as LossSpecification['kind'])),
    ).toEqual([
      { kind: 'squared' },
      { kind: 'absolute' },
      { kind: 'huber', threshold: 1 },
      { kind: 'hinge' },
      { kind: 'cross-entropy', targets: 'classes' },
      { kind: 'bernoulli' },
      { kind: 'gaussian', logVariance: [-20, 20] },
      { kind: 'categorical', atoms: 51, low: -10, high: 10 },
      { kind: 'quantile', quantiles: 200, threshold: 1 },
      { kind: 'implicit-quantile', quantiles: 64, samples: 64, threshold: 1 },
    ]);
  });

  test('what is unknown or out of range is named', () => {
    expect(() => resolveLoss('dqn: loss', { kind: 'hubert' })).toThrow('Did you mean "huber"?');
    expect(() => resolveLoss('dqn: loss', null as never)).toThrow('dqn: loss must be a loss');
    expect(() => resolveLoss('dqn: loss', { kind: 'huber', delta: 1 } as never)).toThrow(
      'dqn: loss (huber): unknown option "delta".',
    );
    expect(() => huberLoss({ threshold: 0 })).toThrow('huberLoss: threshold');
    expect(() => categoricalLoss({ atoms: 1 })).toThrow('categoricalLoss: atoms');
    expect(() => categoricalLoss({ low: 10 })).toThrow('high must be above 10, got 10.');
    expect(() => quantileLoss({ threshold: -1 })).toThrow('quantileLoss: threshold');
    expect(() => quantileLoss({ quantiles: 0 })).toThrow('quantileLoss: quantiles');
    expect(() => implicitQuantileLoss({ threshold: -1 })).toThrow(
      'implicitQuantileLoss: threshold',
    );
    expect(() => implicitQuantileLoss({ samples: 0 })).toThrow('implicitQuantileLoss: samples');
    expect(() => implicitQuantileLoss({ quantiles: 0 })).toThrow('QuantileLoss: quantiles');
    expect(() => gaussianLoss({ logVariance: [1, 1] })).toThrow('a low and a high bound');
    expect(() => crossEntropyLoss({ targets: 'class' as never })).toThrow('classes');
  });
});

test('a softmax of ±1000 is sure, and pays 2000 where it is wrong', () => {
  const right = lossOf(crossEntropyLoss(), 1, [1000, -1000], [0]);
  expect(right).toEqual({ loss: 0, gradients: [0, 0] });
  const wrong = lossOf(crossEntropyLoss(), 1, [1000, -1000], [1]);
  expect(wrong).toEqual({ loss: 2000, gradients: [1, -1] });
  expect(lossOf(bernoulliLoss(), 1, [1000, -1000], [0, 1]).loss).toBe(2000);
  expect(lossOf(bernoulliLoss(), 1, [40], [1]).loss).toBeCloseTo(exp(-40), 30);
});

interface TorchLoss {
  readonly name: string;
  readonly outputs: readonly number[];
  readonly targets: readonly number[];
  readonly threshold?: number;
  /** Summed over rows. */
  readonly loss: number;
  readonly gradients: readonly number[];
}

test.each(readGolden<{ cases: TorchLoss[] }>('torch-losses.json.gz').cases)(
  '$name: PyTorch finds the same loss and gradients',
  (recorded) => {
    const { name, outputs, targets, threshold } = recorded;
    const specification = resolveLoss('loss', { kind: name, ...(threshold && { threshold }) });
    const rows = 6;
    const { loss, gradients } = lossOf(specification, rows, outputs, targets);
    expect(rows * loss).toBeCloseTo(recorded.loss, 6);
    const sums = gradients.map((gradient) => rows * gradient);
    expect(relativeError(sums, recorded.gradients)).toBeLessThan(1e-8);
  },
);
