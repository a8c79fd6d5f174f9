import { describe, expect, test } from 'vitest';
import { drawCharts } from '../../../node/charts/draw-charts.ts';
import { agrees } from '../../../suites/book/experiment.ts';
import { EXPERIMENTS, experiment } from '../../../suites/book/experiments.ts';

const FEW = 3; // runs: enough for an interval

// At full length and against their references: test/long/book.test.ts.
describe.each(EXPERIMENTS)('$name', (one) => {
  const exact = one.runs === 1;
  const report = one.run({ runs: FEW, seed: 1 });

  test('finds numbers within their intervals, beside numbers that say where they come from', () => {
    expect(report.findings.length).toBeGreaterThan(0);
    for (const { what, ours, reference, from } of report.findings) {
      expect(Number.isFinite(ours.estimate), what).toBe(true);
      expect(ours.low <= ours.estimate && ours.estimate <= ours.high, what).toBe(true);
      expect(
        reference.low <= reference.estimate && reference.estimate <= reference.high,
        what,
      ).toBe(true);
      expect(from.length, what).toBeGreaterThan(10);
    }
  });

  test.runIf(exact)('agrees with its references exactly', () => {
    const astray = report.findings.filter((finding) => !agrees(finding));
    expect(astray).toEqual([]);
  });

  test('draws every number of its figure', () => {
    expect(report.charts.length).toBeGreaterThan(0);
    const picture = drawCharts(one.title, report.charts);
    expect(picture).not.toMatch(/NaN|undefined|Infinity/);
    expect(picture.length).toBeLessThan(400_000);
  });

  test('gives the same report for the same seed', () => {
    if (!exact) expect(one.run({ runs: FEW, seed: 1 })).toEqual(report);
  });
});

test('every experiment has a name of its own', () => {
  const names = EXPERIMENTS.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});

test('a name that there is not is answered with the nearest one', () => {
  expect(() => experiment('figure-2.22')).toThrow('Did you mean "figure-2.2"?');
});
