import { expect, test } from 'vitest';
import { rungeKutta } from '../../envs/control/runge-kutta.ts';

test('one step on ẏ = y is the series of e up to the fourth power', () => {
  const integrate = rungeKutta(1, (y, _input, rates) => {
    rates[0] = y[0];
  });
  const y = Float64Array.of(1);
  integrate(y, 0, 1);
  expect(y[0]).toBeCloseTo(1 + 1 + 1 / 2 + 1 / 6 + 1 / 24, 15);
});

test('holds the input for the whole step', () => {
  const fall = rungeKutta(2, (y, input, rates) => {
    rates[0] = y[1];
    rates[1] = input;
  });
  const y = Float64Array.of(10, 1);
  fall(y, -9.8, 2); // 10 + 1 · 2 − 9.8 · 2² / 2, and 1 − 9.8 · 2
  expect([...y]).toEqual([expect.closeTo(-7.6, 12), expect.closeTo(-18.6, 12)]);
});

test('is of order 4: half the step leaves a sixteenth of the error', () => {
  const oscillate = rungeKutta(2, (y, _input, rates) => {
    rates[0] = y[1];
    rates[1] = -y[0];
  });
  const error = (numSteps: number) => {
    const y = Float64Array.of(1, 0);
    for (let t = 0; t < numSteps; t++) oscillate(y, 0, 1 / numSteps);
    return Math.abs(y[0] - Math.cos(1));
  };
  expect(error(10) / error(20)).toBeGreaterThan(15);
  expect(error(10) / error(20)).toBeLessThan(17);
});
