import { expect, test } from 'vitest';
import { BAIRDS_INITIAL_WEIGHTS } from '../../../../envs/tabular/bairds-counterexample.ts';
import { MEASURES, stateValue, sweepStates } from '../../../../suites/book/chapter-11/baird.ts';
import { exactHistory, findingsAfter } from '../../../../suites/book/chapter-11/histories.ts';
import { exactly } from '../../../../suites/book/experiment.ts';

const START = Float64Array.from(BAIRDS_INITIAL_WEIGHTS); // (1, 1, 1, 1, 1, 1, 10, 1)

test('an upper state is worth 2 wᵢ + w₈ at first, the lower w₇ + 2 w₈', () => {
  expect([0, 1, 2, 3, 4, 5, 6].map((state) => stateValue(START, state))).toEqual([
    3, 3, 3, 3, 3, 3, 12,
  ]);
});

test('errors are root mean squares over the seven states, of values that all should be 0', () => {
  expect(MEASURES['√VE'](START)).toBeCloseTo(Math.sqrt((6 * 9 + 144) / 7), 12);
  // δ = 0.99 · 12 − 3 above, 0.99 · 12 − 12 below.
  expect(MEASURES['√PBE'](START)).toBeCloseTo(Math.sqrt((6 * 8.88 ** 2 + 0.12 ** 2) / 7), 12);
});

test('the weights of the upper states are measured together, the others by themselves', () => {
  const weights = Float64Array.of(1, 2, 3, 4, 5, 9, 20, 30);
  const measured = (['w1 to w6', 'w7', 'w8'] as const).map((name) => MEASURES[name](weights));
  expect(measured).toEqual([4, 20, 30]);
});

test('a sweep comes to every state once, and always leads to the lower one', () => {
  const seen: number[] = [];
  sweepStates((x, after) => {
    seen.push(x.findIndex((value, i) => i < 7 && value !== 0));
    expect(after).toEqual([0, 0, 0, 0, 0, 0, 1, 2]);
  });
  expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('a history begins before the first update, and ends after the thousandth', () => {
  const weights = Float64Array.from(START);
  const history = exactHistory(['w7'], weights, () => {
    weights[6]++;
  });
  const [{ x, y }] = history.series;
  expect([x[0], y[0], x[1], y[1], x[100], y[100]]).toEqual([0, 10, 10, 20, 1000, 1010]);
  const [finding] = findingsAfter('it', history, { w7: exactly(7) }, 'a proof');
  expect(finding).toEqual({
    what: 'w7 after it',
    ours: exactly(1010),
    reference: exactly(7),
    from: 'a proof',
  });
  expect(() => findingsAfter('it', history, { w8: exactly(7) }, 'a proof')).toThrow('of w8');
});
