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
});

describe('a schedule is refused', () => {
  const check = (schedule: unknown) => () => checkSchedule('epsilon', schedule as Schedule, 0, 1);

  test.each([
    [1.5, 'epsilon must be between 0 and 1, got 1.5.'],
    ['0.5', 'epsilon must be a number or a schedule, got "0.5".'],
    [null, 'epsilon must be a number or a schedule, got null.'],
    [
      { kind: 'lineal' },
      'epsilon.kind must be one of linear, exponential, inverse, got "lineal". Did',
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
  ])('%j', (schedule, message) => {
    expect(check(schedule)).toThrow(message);
  });
});
