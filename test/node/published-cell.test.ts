import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { encodeCheckpoint } from '../../node/checkpoint-file.ts';
import { readCell, runCell } from '../../node/published-cell.ts';
import { publishedExperiment } from '../../suites/published/experiments.ts';
import { PublishedRun } from '../../suites/published/published-run.ts';
import { palaestra, temporaryFolder } from '../helpers/program.ts';

const experiment = { ...publishedExperiment('cleanrl-ppo-cart-pole'), steps: 2048 };

function cellIn(folder: string) {
  return { experiment, seed: 3, folder };
}

test('a cell is kept with command, commit, settings and curve, and done once', async () => {
  const cell = cellIn(temporaryFolder());
  expect(readCell(cell)).toBeNull();
  await runCell(cell);
  const path = join(cell.folder, experiment.name, 'seed-3.json');
  const kept = JSON.parse(readFileSync(path, 'utf8'));
  expect(kept).toMatchObject({ experiment, seed: 3, curve: expect.anything() });
  expect(kept.command).toBe('palaestra reproduce-deep cleanrl-ppo-cart-pole --seed 3 --seeds 1');
  writeFileSync(path, JSON.stringify({ ...kept, score: 7 }));
  await runCell(cell);
  expect(readCell(cell)?.score).toBe(7);
  expect(readCell({ ...cell, experiment: { ...experiment, steps: 4096 } })).toBeNull();
});

test('an interrupted cell goes on where it was last kept, and comes to the same', async () => {
  const whole = cellIn(temporaryFolder());
  await runCell(whole);

  const cut = cellIn(temporaryFolder());
  const run = new PublishedRun(experiment, 3);
  run.advance(1024);
  const settings = JSON.stringify({ experiment, engine: undefined });
  const path = join(cut.folder, experiment.name, 'seed-3');
  const keep = (text: string, seconds: number) => {
    mkdirSync(join(cut.folder, experiment.name), { recursive: true });
    const bytes = encodeCheckpoint({ settings: text, seconds, run: run.save() });
    writeFileSync(`${path}.ckpt`, bytes);
  };
  keep(settings, 1000);
  await runCell(cut);
  expect(existsSync(`${path}.ckpt`)).toBe(false);
  const { score, curve } = readCell(whole) ?? {};
  expect(readCell(cut)).toMatchObject({ score, curve });
  expect(JSON.parse(readFileSync(`${path}.json`, 'utf8')).seconds).toBeGreaterThan(999.9);
});

test('what was kept of other settings is not gone on with', async () => {
  const cell = cellIn(temporaryFolder());
  const other = new PublishedRun({ ...experiment, agent: 'pqn', options: {} }, 3);
  mkdirSync(join(cell.folder, experiment.name), { recursive: true });
  const path = join(cell.folder, experiment.name, 'seed-3.ckpt');
  writeFileSync(path, encodeCheckpoint({ settings: '{}', seconds: 5000, run: other.save() }));
  await runCell(cell);
  expect(readCell(cell)?.score).toBeGreaterThan(8);
});

test('the command prints a table, several seeds in processes', async () => {
  const words = ['--seeds', '2', '--steps', '600', '--jobs', '2', '--out', 'kept'];
  const cwd = temporaryFolder();
  const ended = await palaestra(['reproduce-deep', 'cleanrl-ppo-cart-pole', ...words], cwd);
  expect(ended.stdout).toMatch(/cleanrl-ppo-cart-pole +\d+\.\d+ \[.*\] +2 +490\.04 ± 6\.12 +NO/);
  expect(ended.code).toBe(1);
  expect(existsSync(join(cwd, 'kept/cleanrl-ppo-cart-pole/seed-1.json'))).toBe(true);

  const more = ['--seeds', '3', '--steps', '600', '--kept', '--out', 'kept'];
  const names = ['cleanrl-ppo-cart-pole', 'cleanrl-dqn-acrobot'];
  const said = await palaestra(['reproduce-deep', ...names, ...more], cwd);
  const row = /cleanrl-ppo-cart-pole .*/;
  expect(row.exec(said.stdout)?.[0].trim()).toBe(row.exec(ended.stdout)?.[0].trim());
  expect(said.stdout).toMatch(/cleanrl-dqn-acrobot +– +0 +-91\.54 ± 7\.2 +not run/);
  expect(said.code).toBe(1);
}, 60_000);
