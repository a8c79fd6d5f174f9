import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readCell } from '../../node/published-cell.ts';
import { publishedExperiment } from '../../suites/published/experiments.ts';
import { meanInterval } from '../../suites/statistics.ts';
import { ROOT } from '../helpers/program.ts';

const folder = join(ROOT, 'docs/results');
const page = readFileSync(join(ROOT, 'docs/deep.md'), 'utf8');

test.each(readdirSync(folder))('docs/deep.md says what the kept runs of %s came to', (name) => {
  const experiment = publishedExperiment(name);
  const seeds = readdirSync(join(folder, name)).map((file) => Number(/\d+/.exec(file)?.[0]));
  const scores = seeds.map((seed) => readCell({ experiment, seed, folder })?.score ?? Number.NaN);
  expect(scores.every(Number.isFinite), 'runs with the settings of today').toBe(true);
  const { estimate, low, high } = meanInterval(scores);
  const [mean, least, most] = [estimate, low, high].map((value) => value.toFixed(1));
  const { published } = experiment;
  const isAlone = scores.length === 1; // and says nothing of the spread
  const shown = isAlone ? mean : `${mean} [${least}, ${most}]`;
  const reached = (isAlone ? estimate : high) >= published.mean ? 'yes' : 'no';
  const theirs = `${published.mean} ± ${published.deviation}`;
  expect(page).toContain(`| \`${name}\` | ${shown} | ${seeds.length} | ${theirs} | ${reached} |`);
});
