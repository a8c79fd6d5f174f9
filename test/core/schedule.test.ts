import { describe, expect, test } from 'vitest';
import { checkSchedule, type Schedule, scheduleValue } from '../../core/schedule.ts';

describe('a schedule', () => {
  test('that is a number stays', () => {
    expect(scheduleValue(0.1, 1e9)).toBe(0.1);
  });

  test('that is linear falls along a line, then stays', () => {
    const schedule: Schedule = { kind: 'linear', from: 1, to: 0.2, steps: 100 };
    expect([0, 50, 100, 1000].map((t) => scheduleValue(schedule, t))).toEqual([1, 0.6, 0.2, 0.2]);
  });

  test('that is exponential falls by the same factor each step, then stays', () => {
    const schedule: Schedule = { kind: 'exponential', from: 1, to: 0.01, steps: 2 };
    expect(scheduleValue(schedule, 0)).toBe(1);
    expect(scheduleValue(schedule, 1)).toBeCloseTo(0.1, 14);
    expect(scheduleValue(schedule, 2)).toBe(0.01);
    expect(scheduleValue(schedule, 3)).toBe(0.01);
  });

  test('that is inverse halves after its steps and goes on', () => {
    const schedule: Schedule = { kind: 'inverse', from: 1, steps: 10 };
    expect([0, 10, 90].map((t) => scheduleValue(schedule, t))).toEqual([1, 0.5, 0.1]);
  });

  test('that is logarithmic begins at its value, and goes on ever more slowly', () => {
    const schedule: Schedule = { kind: 'logarithmic', from: 3, steps: 10 };
    expect(scheduleValue(schedule, 0)).toBe(3);
    // ln(e + t / 10) = 2 at t = 10 (e² − e) = 46.708
    expect(scheduleValue(schedule, 46)).toBeGreaterThan(1.5);
    expect(scheduleValue(schedule, 47)).toBeLessThan(1.5);
    expect(scheduleValue(schedule, 1e6)).toBeCloseTo(3 / Math.log(Math.E + 1e5), 12);
  });

  test('that is a cosine is steepest in the middle, then stays', () => {
    const schedule: Schedule = { kind: 'cosine', from: 1, to: 0.2, steps: 60 };
    const values = [0, 20, 30, 40, 60, 61].map((t) => scheduleValue(schedule, t));
    // 0.2 + 0.4 (1 + cos(π t / 60)); cos 60° = 1 / 2
    [1, 0.8, 0.6, 0.4, 0.2, 0.2].forEach((value, i) => {
      expect(values[i]).toBeCloseTo(value, 14);
    });
    expect(values.slice(-2)).toEqual([0.2, 0.2]);
  });

  test('that goes in steps falls by its factor every so often, and goes on', () => {
    const schedule: Schedule = { kind: 'step', from: 1, factor: 0.5, every: 10 };
    const values = [0, 9, 10, 19, 20, 30].map((t) => scheduleValue(schedule, t));
    expect(values).toEqual([1, 1, 0.5, 0.5, 0.25, 0.125]);
  });

  test('that is piecewise changes at its boundaries', () => {
    const schedule: Schedule = { kind: 'piecewise', boundaries: [10, 30], values: [3, 1, 2] };
    const values = [0, 9, 10, 29, 30, 1e9].map((t) => scheduleValue(schedule, t));
    expect(values).toEqual([3, 3, 1, 1, 2, 2]);
  });

  test('that warms up climbs to what comes next, which begins where it ends', () => {
    const next: Schedule = { kind: 'linear', from: 1, to: 0, steps: 10 };
    const schedule: Schedule = { kind: 'warmup', from: 0.5, steps: 4, next };
    const values = [0, 1, 2, 4, 9, 14, 15].map((t) => scheduleValue(schedule, t));
    expect(values).toEqual([0.5, 0.625, 0.75, 1, 0.5, 0, 0]);
    expect(scheduleValue({ kind: 'warmup', from: 0, steps: 2, next: 8 }, 1)).toBe(4);
  });
});

describe('a schedule is refused', () => {
  const check = (schedule: unknown) => () => checkSchedule('epsilon', schedule as Schedule, 0, 1);

  test.each([
    [1.5, 'epsilon must be between 0 and 1, got 1.5.'],
    ['0.5', 'epsilon must be a number or a schedule, got "0.5".'],
    [null, 'epsilon must be a number or a schedule, got null.'],
    [
      { kind: 'lineal' },
      'epsilon.kind must be one of linear, exponential, cosine, inverse, logarithmic, step, piecewise, warmup, got "lineal". Did',
    ],
    [{ kind: 'linear', from: 2, to: 0, steps: 5 }, 'epsilon.from must be between 0 and 1, got 2.'],
    [{ kind: 'linear', from: 1, to: -1, steps: 5 }, 'epsilon.to must be between 0 and 1, got -1.'],
    [
      { kind: 'linear', from: 1, to: 0, steps: 0 },
      'epsilon.steps must be an integer of at least 1',
    ],
    [{ kind: 'exponential', from: 1, to: 0, steps: 5 }, 'epsilon.to must be between 5e-324 and 1'],
    [
      { kind: 'exponential', from: 0, to: 1, steps: 5 },
      'epsilon.from must be between 5e-324 and 1',
    ],
    [
      { kind: 'linear', from: 1, to: 0, step: 10 },
      'epsilon: unknown option "step". Did you mean "steps"? Known options: kind, from, to, steps.',
    ],
    [{ kind: 'cosine', from: 0.5, to: 7, steps: 5 }, 'epsilon.to must be between 0 and 1, got 7.'],
    [
      { kind: 'step', from: 1, factor: 2, every: 5 },
      'epsilon.factor must be between 0 and 1, got 2.',
    ],
    [
      { kind: 'step', from: 1, factor: 0.5, every: 0 },
      'epsilon.every must be an integer of at least 1, got 0.',
    ],
    [{ kind: 'piecewise', values: [1] }, 'epsilon must have lists of boundaries and values.'],
    [
      { kind: 'piecewise', boundaries: [5], values: [1] },
      'epsilon.values must have length 2, one more than boundaries, got 1.',
    ],
    [
      { kind: 'piecewise', boundaries: [5], values: [1, 3] },
      'epsilon.values[1] must be between 0 and 1, got 3.',
    ],
    [
      { kind: 'piecewise', boundaries: [5, 5], values: [1, 0, 1] },
      'epsilon.boundaries[1] must be an integer of at least 6, got 5.',
    ],
    [{ kind: 'logarithmic', from: 2, steps: 5 }, 'epsilon.from must be between 0 and 1, got 2.'],
    [
      { kind: 'warmup', from: 0, steps: 5, next: 2 },
      'epsilon.next must be between 0 and 1, got 2.',
    ],
    [
      { kind: 'warmup', from: 0, steps: 0, next: 1 },
      'epsilon.steps must be an integer of at least 1, got 0.',
    ],
  ])('%j', (schedule, message) => {
    expect(check(schedule)).toThrow(message);
  });
});
