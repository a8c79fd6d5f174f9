import { expect, test } from 'vitest';
import { Pace } from '../../node/pace.ts';

test('work is done every second, and less often where it takes more than its share', () => {
  let now = 5000;
  const begun: number[] = [];
  const pace = new Pace(1000, 0.05, () => now);
  for (; now < 20_000; now += 10) {
    pace.run(() => {
      begun.push(now);
      if (begun.length === 3) now += 300; // a twentieth of six seconds
    });
  }
  expect(begun).toEqual([6000, 7000, 8000, 14_000, 15_000, 16_000, 17_000, 18_000, 19_000]);
});
