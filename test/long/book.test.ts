import { expect, test } from 'vitest';
import { agrees } from '../../suites/book/experiment.ts';
import { EXPERIMENTS } from '../../suites/book/experiments.ts';

// Whole, with other draws than `npm run reproduce` shows.
test.each(EXPERIMENTS)('$name gives the numbers of its references', (experiment) => {
  const { findings } = experiment.run({ runs: experiment.runs, seed: 1 });
  const astray = findings.filter((finding) => !agrees(finding));
  expect(astray.map(({ what, ours, reference }) => ({ what, ours, reference }))).toEqual([]);
});
