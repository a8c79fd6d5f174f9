import { expect, test } from 'vitest';
import { agrees } from '../../../suites/book/experiment.ts';
import { bestActions, sameEntries, sameNumber, tenths } from '../../../suites/book/tables.ts';

const from = 'a table that is known';

test('counts the entries that are the same, and agrees only where all are', () => {
  const same = sameEntries('cells', ['1.0', '2.0', '3.0'], ['1.0', '2.0', '3.0'], { from });
  expect(same).toMatchObject({ ours: { estimate: 3 }, reference: { estimate: 3 }, from });
  expect(agrees(same)).toBe(true);
  const one = sameEntries('cells', ['1.0', '2.1', '3.0'], ['1.0', '2.0', '3.0'], { from });
  expect(one.ours).toEqual({ estimate: 2, low: 2, high: 2 });
  expect(agrees(one)).toBe(false);
});

test('tables of different lengths are not the same', () => {
  expect(agrees(sameEntries('cells', [1, 2, 3], [1, 2], { from }))).toBe(false);
  expect(agrees(sameEntries('cells', [1], [1, 2], { from }))).toBe(false);
});

test('tables of more than 1000 entries do not agree where a single one differs', () => {
  const ours = Array.from({ length: 2000 }, (_, i) => i);
  expect(agrees(sameEntries('cells', ours, [...ours.slice(0, -1), 0], { from }))).toBe(false);
});

test('a number is held to the tolerance that is given', () => {
  expect(agrees(sameNumber('value', 1.01, 1, { from }))).toBe(false);
  expect(agrees(sameNumber('value', 1.01, 1, { from, tolerance: 0.02 }))).toBe(true);
});

test('finds all actions that are best but for rounding, and no illegal one', () => {
  const values = Float64Array.of(1, 1 + 1e-12, 0.9, -Infinity, -2, -3);
  expect(bestActions(values, 3)).toEqual([[0, 1], [1]]);
  expect(bestActions(values, 3, 0.1 + 1e-9)).toEqual([[0, 1, 2], [1]]);
});

test('writes values as the book does: halves go up, and zero has no sign', () => {
  // −1.75 and −2.4375 are values of figure 4.1, printed −1.7 and −2.4.
  expect([-1.75, -2.4375, 2.25, -0.04, 22].map(tenths)).toEqual([
    '-1.7',
    '-2.4',
    '2.3',
    '0.0',
    '22.0',
  ]);
});
