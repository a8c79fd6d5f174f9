import { describe, expect, test } from 'vitest';
import { judge, type SoakPoint } from '../../bench/soak/points.ts';

type Change = (i: number) => Partial<SoakPoint>;

/** Twenty points of one process, a million steps apart, with what `change` makes of the i-th. */
function points(change: Change = () => ({})): SoakPoint[] {
  return Array.from({ length: 20 }, (_, i) => ({
    steps: 1e6 * (i + 1),
    began: 0,
    stepsPerSecond: 20_000,
    pace: 200,
    held: 24e6,
    resident: 190e6,
    checkpoint: 466_000,
    goesOn: true,
    ...change(i),
  }));
}

const faults = (change?: Change) => judge(points(change)).faults;

describe('a soak is well', () => {
  test('where all stays as it was', () => {
    const { judged, growth, faults } = judge(points());
    expect(faults).toEqual([]);
    expect(growth).toEqual({ held: 0, resident: 0, pace: 0 });
    expect(judged.map(({ steps }) => steps / 1e6)).toEqual([...Array(15).keys()].map((i) => i + 6));
  });

  test('where figures waver', () => {
    const wave = (i: number) => (i % 2 === 0 ? 1 : -1);
    expect(
      faults((i) => ({
        held: 24e6 * (1 + 0.02 * wave(i)),
        resident: 190e6 * (1 + 0.08 * wave(i)),
        pace: 200 * (1 + 0.1 * wave(i)),
      })),
    ).toEqual([]);
  });

  test('where it grows at first only, and a few points stand out', () => {
    const late = (i: number) => i === 12 || i === 18 || i === 19;
    expect(
      faults((i) => ({ held: i < 5 ? 10e6 + i * 2e6 : 24e6, pace: late(i) ? 90 : 200 })),
    ).toEqual([]);
  });

  test('where it gets faster, and lets go of memory', () => {
    expect(faults((i) => ({ held: 24e6 - i * 1e6, pace: 200 + 20 * i }))).toEqual([]);
  });
});

describe('a soak is not well', () => {
  test('where memory leaks: 15 kB of each 100,000 steps are 2.1 MB from step 6 to 20 million', () => {
    const { growth, faults } = judge(points((i) => ({ held: 24e6 + i * 150e3 })));
    // The points that are judged have 24.75 … 26.85 MB, their median is 25.8 MB.
    expect(growth.held).toBeCloseTo(2.1 / 25.8, 12);
    expect(faults).toEqual([
      'What is held grew by 8.1% from step 6000000 to 20000000: at most 3.0% is allowed.',
    ]);
  });

  test('where the process grows outside of what is held', () => {
    expect(faults((i) => ({ resident: 190e6 + i * 2e6 }))).toEqual([
      'The memory of the process grew by 13.1% from step 6000000 to 20000000: at most 10.0% is allowed.',
    ]);
  });

  test('where it gets slower, by 2 of 200 at each point', () => {
    // 190 … 162 at the points that are judged, 176 in the middle.
    expect(faults((i) => ({ pace: 200 - 2 * i }))).toEqual([
      'The speed fell by 15.9% from step 6000000 to 20000000: at most 15.0% is allowed.',
    ]);
  });

  test('where a checkpoint is not good, also among the first and with few points', () => {
    const bad = points((i) => ({ goesOn: i !== 1 })).slice(0, 3);
    const { judged, faults } = judge(bad);
    expect(judged).toEqual([]);
    expect(faults).toEqual(['What goes on from the checkpoint of step 2000000 has other bits.']);
  });
});

describe('what is judged', () => {
  test('is one process: memory begins anew in the next', () => {
    const { judged, faults } = judge(
      points((i) => (i < 8 ? { held: 12e6 } : { began: 8e6, held: 24e6 })),
    );
    expect(faults).toEqual([]);
    expect(judged.map(({ began }) => began)).toEqual(Array(9).fill(8e6)); // 12 without the first 3
  });

  test('is nothing where there are less than eight points of it', () => {
    const leak: Change = (i) => ({ held: 24e6 * (i + 1) });
    expect(judge(points(leak).slice(0, 7)).judged).toEqual([]);
    const { judged, growth } = judge(points(leak).slice(0, 8));
    expect(judged).toHaveLength(6);
    expect(growth.held).toBeCloseTo((8 - 3) / 5.5, 12); // from 3 to 8 times 24 MB
  });
});
