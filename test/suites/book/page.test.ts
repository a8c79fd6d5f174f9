import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { EXPERIMENTS } from '../../../suites/book/experiments.ts';

const page = readFileSync(new URL('../../../docs/book.md', import.meta.url), 'utf8');
const rows = [...page.matchAll(/^\| `([\w.-]+)` \|.*\]\(\.\.\/(suites\/book\/[\w./-]+)\) \|$/gm)];

test('the page on the book lists every experiment, in order, with its file', () => {
  expect(rows.map(([, name]) => name)).toEqual(EXPERIMENTS.map(({ name }) => name));
  for (const [, name, file] of rows) {
    const url = new URL(`../../../${file}`, import.meta.url);
    expect(existsSync(url), file).toBe(true);
    expect(readFileSync(url, 'utf8')).toContain(`'${name}'`);
  }
});

test('the page says of each how many runs it takes', () => {
  for (const { name, runs } of EXPERIMENTS) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
    expect(row).toContain(`| ${runs === 1 ? 'exact' : runs} |`);
  }
});
