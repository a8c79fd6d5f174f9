import { describe, expect, test } from 'vitest';
import { adadelta } from '../../../networks/optimizers/adadelta.ts';
import { adagrad } from '../../../networks/optimizers/adagrad.ts';
import { adam, adamW, amsgrad } from '../../../networks/optimizers/adam.ts';
import { radam } from '../../../networks/optimizers/radam.ts';
import { rmsprop } from '../../../networks/optimizers/rmsprop.ts';
import { momentum, nesterov, sgd } from '../../../networks/optimizers/sgd.ts';
import type { OptimizerSpecification } from '../../../networks/optimizers/specification.ts';
import { optimizerKernels } from '../../../networks/reference/optimizers.ts';
import { bareParameters } from '../../helpers/bare-parameters.ts';

const { sqrt } = Math;

/** θ after each update, from 1. */
function trace(specification: OptimizerSpecification, gradients: readonly number[]): number[] {
  const { step } = bareParameters(specification, 1);
  return gradients.map((g) => step(g)[0]);
}

function expectClose(got: readonly number[], expected: readonly number[]): void {
  expect(got).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(got[i]).toBeCloseTo(value, 14);
  });
}

describe('two updates by hand, from θ = 1 with gradients 3 and −4:', () => {
  const trace34 = (specification: OptimizerSpecification) => trace(specification, [3, -4]);

  test('sgd', () => {
    expectClose(trace34(sgd({ learningRate: 0.1 })), [1 - 0.1 * 3, 1 - 0.1 * 3 + 0.1 * 4]);
  });

  test('momentum', () => {
    const v1 = 3;
    const v2 = 0.5 * v1 - 4; // −2.5
    const theta1 = 1 - 0.1 * v1;
    const got = trace34(momentum({ learningRate: 0.1, momentum: 0.5 }));
    expectClose(got, [theta1, theta1 - 0.1 * v2]);
  });

  test('nesterov', () => {
    const v1 = 3;
    const v2 = 0.5 * v1 - 4;
    const theta1 = 1 - 0.1 * (3 + 0.5 * v1);
    const got = trace34(nesterov({ learningRate: 0.1, momentum: 0.5 }));
    expectClose(got, [theta1, theta1 - 0.1 * (-4 + 0.5 * v2)]);
  });

  test('adagrad: √9 and √(9 + 16), with ε beside the root', () => {
    const theta1 = 1 - (0.1 * 3) / (3 + 0.25);
    const got = trace34(adagrad({ learningRate: 0.1, epsilon: 0.25 }));
    expectClose(got, [theta1, theta1 + (0.1 * 4) / (5 + 0.25)]);
  });

  test('adagrad with sums that begin at 7: √16 and √32', () => {
    const theta1 = 1 - (0.1 * 3) / (4 + 0.25);
    const got = trace34(adagrad({ learningRate: 0.1, epsilon: 0.25, initialSquare: 7 }));
    expectClose(got, [theta1, theta1 + (0.1 * 4) / (sqrt(32) + 0.25)]);
  });

  const s1 = 0.25 * 9; // 1 − ρ = 0.25
  const s2 = 0.75 * s1 + 0.25 * 16;
  const m1 = 0.25 * 3;
  const m2 = 0.75 * m1 - 0.25 * 4;
  const options = { learningRate: 0.1, decay: 0.75, epsilon: 0.5 };

  test('rmsprop: ε beside the root', () => {
    const theta1 = 1 - (0.1 * 3) / (sqrt(s1) + 0.5);
    expectClose(trace34(rmsprop(options)), [theta1, theta1 + (0.1 * 4) / (sqrt(s2) + 0.5)]);
  });

  test('rmsprop with ε inside the root, and mean squares that begin at 1', () => {
    const t1 = 0.75 + s1;
    const t2 = 0.75 * t1 + 0.25 * 16;
    const theta1 = 1 - (0.1 * 3) / sqrt(t1 + 0.5);
    const got = trace34(rmsprop({ ...options, epsilonInside: true, initialSquare: 1 }));
    expectClose(got, [theta1, theta1 + (0.1 * 4) / sqrt(t2 + 0.5)]);
  });

  test('rmsprop centered', () => {
    const theta1 = 1 - (0.1 * 3) / (sqrt(s1 - m1 * m1) + 0.5);
    const got = trace34(rmsprop({ ...options, centered: true }));
    expectClose(got, [theta1, theta1 + (0.1 * 4) / (sqrt(s2 - m2 * m2) + 0.5)]);
  });

  test('rmsprop with momentum', () => {
    const v1 = 3 / (sqrt(s1) + 0.5);
    const v2 = 0.9 * v1 - 4 / (sqrt(s2) + 0.5);
    const theta1 = 1 - 0.1 * v1;
    expectClose(trace34(rmsprop({ ...options, momentum: 0.9 })), [theta1, theta1 - 0.1 * v2]);
  });

  test('rmsprop centered with momentum and ε inside the root', () => {
    const v1 = 3 / sqrt(s1 - m1 * m1 + 0.5);
    const v2 = 0.9 * v1 - 4 / sqrt(s2 - m2 * m2 + 0.5);
    const theta1 = 1 - 0.1 * v1;
    const all = { ...options, centered: true, momentum: 0.9, epsilonInside: true };
    expectClose(trace34(rmsprop(all)), [theta1, theta1 - 0.1 * v2]);
  });

  test('adadelta: the first step is taken with √ε', () => {
    const d1 = (3 * sqrt(0.5)) / sqrt(s1 + 0.5);
    const u1 = 0.25 * d1 * d1;
    const d2 = (-4 * sqrt(u1 + 0.5)) / sqrt(s2 + 0.5);
    expectClose(trace34(adadelta(options)), [1 - 0.1 * d1, 1 - 0.1 * d1 - 0.1 * d2]);
  });

  // β₁ = 0.5, β₂ = 0.75: bias corrections 1 − 0.5, 1 − 0.25 and 1 − 0.75, 1 − 0.5625
  const adamOptions = { learningRate: 0.1, meanDecay: 0.5, squareDecay: 0.75, epsilon: 0.5 };
  const mean1 = (0.5 * 3) / 0.5; // 3
  const mean2 = (0.25 * 3 - 0.5 * 4) / 0.75;
  const root1 = sqrt(s1 / 0.25); // 3
  const root2 = sqrt(s2 / 0.4375);

  test('adam: the first step has the size of α', () => {
    const theta1 = 1 - (0.1 * mean1) / (root1 + 0.5);
    expectClose(trace34(adam(adamOptions)), [theta1, theta1 - (0.1 * mean2) / (root2 + 0.5)]);
  });

  test('adamW: both steps shrink θ first, by α λ', () => {
    const theta1 = 1 * (1 - 0.1 * 0.2) - (0.1 * mean1) / (root1 + 0.5);
    const theta2 = theta1 * (1 - 0.1 * 0.2) - (0.1 * mean2) / (root2 + 0.5);
    expectClose(trace34(adamW({ ...adamOptions, weightDecay: 0.2 })), [theta1, theta2]);
  });

  test('radam: with so few gradients it is momentum, corrected for its bias', () => {
    const theta1 = 1 - 0.1 * mean1;
    expectClose(trace34(radam(adamOptions)), [theta1, theta1 - 0.1 * mean2]);
  });
});

test('amsgrad remembers the largest mean square', () => {
  const options = { learningRate: 0.1, meanDecay: 0.5, squareDecay: 0.75, epsilon: 0.5 };
  const s1 = 0.25 * 16;
  // The second mean square, 0.75 · 4 + 0.25 · 0.04, is smaller, so the first is taken again.
  const theta1 = 1 - (0.1 * 4) / (sqrt(s1 / 0.25) + 0.5);
  const mean2 = (0.25 * 4 + 0.5 * 0.2) / 0.75;
  const theta2 = theta1 - (0.1 * mean2) / (sqrt(s1 / 0.4375) + 0.5);
  expectClose(trace(amsgrad(options), [4, 0.2]), [theta1, theta2]);
});

test('radam is rectified once ρ is above 5', () => {
  // β₂ = 0.9: ρ∞ = 19, and ρ = 19 − 2 t 0.9ᵗ / (1 − 0.9ᵗ) is 4.58 at t = 5 and 5.39 at t = 6.
  const options = { learningRate: 0.1, meanDecay: 0, squareDecay: 0.9, epsilon: 0.5 };
  const got = trace(radam(options), new Array(12).fill(2));
  let theta = 1;
  let isRectified = 0;
  for (let t = 1; t <= 12; t++) {
    const seen = 1 - 0.9 ** t;
    const rho = 19 - (2 * t * 0.9 ** t) / seen;
    const s = 4 * seen; // of gradients that are all 2
    if (rho > 5) {
      const r = sqrt(((rho - 4) * (rho - 2) * 19) / ((19 - 4) * (19 - 2) * rho));
      theta -= (0.1 * 2 * r * sqrt(seen)) / (sqrt(s) + 0.5);
      isRectified++;
    } else {
      theta -= 0.1 * 2;
    }
    expect(got[t - 1]).toBeCloseTo(theta, 13);
  }
  expect(isRectified).toBe(7);
});

test('centered rmsprop takes a variance that rounding makes negative as 0', () => {
  const numbers = Float64Array.of(1, 2, 0.25, 0.6); // θ, g, s, m: s − m² = −0.11
  const kernels = optimizerKernels({ numbers });
  kernels.stepRmsprop(0, 1, 2, 3, -1, 1, 0.1, 0, 0, 0, 0.5);
  expect(numbers[0]).toBeCloseTo(1 - (0.1 * 2) / 0.5, 14);
});

test('each parameter is on its own', () => {
  const { step } = bareParameters(adam({ learningRate: 0.1, epsilon: 1e-12 }), 1, 2, 3);
  const [a, b, c] = step(5, 0, -1e-3); // the first step of Adam is α in the gradient's direction
  expect(a).toBeCloseTo(0.9, 8);
  expect(b).toBe(2);
  expect(c).toBeCloseTo(3.1, 8);
});
