import { describe, expect, test } from 'vitest';
import { clip, uniformBetween, wrapAngle } from '../../envs/control/range.ts';
import { scriptedRng } from '../helpers/rng.ts';

const { PI } = Math;

test('clip keeps what lies between the bounds and gives the nearer bound for the rest', () => {
  expect([-3, -2, 0.5, 1, 7].map((x) => clip(x, -2, 1))).toEqual([-2, -2, 0.5, 1, 1]);
});

test('uniformBetween scales one draw as NumPy does: low + (high − low) · draw', () => {
  const draws = [0, 0.5, 0.75];
  expect(draws.map((draw) => uniformBetween(scriptedRng(draw), -1, 3))).toEqual([-1, 1, 2]);
  // −0.4 − (−0.6) is not 0.2.
  expect(uniformBetween(scriptedRng(0.75), -0.6, -0.4)).toBe(-0.6 + 0.19999999999999996 * 0.75);
});

describe('wrapAngle', () => {
  test('keeps every bit of an angle in [−π, π]', () => {
    for (const angle of [-PI, -1e-300, 0, 0.1, 3.1, PI]) expect(wrapAngle(angle)).toBe(angle);
  });

  test('turns others back by whole turns', () => {
    expect(wrapAngle(4)).toBe(4 - 2 * PI);
    expect(wrapAngle(-4)).toBe(-4 + 2 * PI);
    for (const turns of [-9, -2, 1, 3, 1000]) {
      expect(wrapAngle(1 + 2 * PI * turns)).toBeCloseTo(1, 10);
      expect(wrapAngle(-3 + 2 * PI * turns)).toBeCloseTo(-3, 10);
    }
  });

  test('ends on angles of any size', () => {
    for (const angle of [1e9, -1e18, 1e300]) expect(Number.isFinite(wrapAngle(angle))).toBe(true);
  });
});
