import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { registerEnv } from '../../envs/registry.ts';
import { parseWords } from '../../node/command.ts';
import { list } from '../../node/commands/list.ts';
import { RunFolder } from '../../node/run-folder.ts';
import { trainRun } from '../../node/train-run.ts';
import { resolveRun } from '../../training/session.ts';
import { LADDER_DEFAULTS, Ladder, type LadderOptions } from '../helpers/hand-written.ts';
import { temporaryFolder } from '../helpers/program.ts';

registerEnv({
  id: 'Ladder-v7',
  family: 'other',
  description: 'A ladder to be climbed.',
  defaults: { ...LADDER_DEFAULTS },
  rewardThreshold: 0.9,
  createEnv: (options: LadderOptions, { seed, spec }) => new Ladder(options, seed, spec),
});

const output = { write: () => {} };

function contents(folder: string): string[] {
  return ['config.json', 'metrics.jsonl'].map((name) => readFileSync(join(folder, name), 'utf8'));
}

test('a run with a hand-written env says that it records no episodes, and is resumed exactly', async () => {
  const cwd = temporaryFolder();
  const config = resolveRun({ agent: 'q-learning', env: 'Ladder-v7', steps: 30_000, seed: 4 });
  const whole = RunFolder.create(join(cwd, 'whole'), config);
  expect((await trainRun(whole, { output })).finished).toBe(true);
  expect(readdirSync(join(whole.path, 'episodes'))).toEqual([]);
  const log = readFileSync(join(whole.path, 'log.txt'), 'utf8');
  expect(log).toContain('records no episodes: Ladder-v7 is hand-written and has no state rows');

  const broken = RunFolder.create(join(cwd, 'broken'), config);
  let looks = 0;
  const signal = {
    get aborted() {
      return ++looks > 1;
    },
  } as AbortSignal; // after one slice
  const first = await trainRun(broken, { output, signal });
  expect(first.session.trainer.steps).toBeGreaterThan(0);
  expect(first.finished).toBe(false);
  const again = await trainRun(RunFolder.open(broken.path), { output, resume: true });
  expect(again.finished).toBe(true);
  expect(contents(broken.path)).toEqual(contents(whole.path));
});

test('the list of worlds shows a hand-written env, which does not say its limit', async () => {
  const lines: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((text: string) => void lines.push(text));
  await list.run(parseWords(list, ['envs']));
  log.mockRestore();
  const row =
    lines
      .join('\n')
      .split('\n')
      .find((line) => line.includes('Ladder-v7')) ?? '';
  expect(row.split(/ {2,}/).map((cell) => cell.trim())).toEqual([
    'Ladder-v7',
    'other',
    'Discrete(5, start 10)',
    'Discrete(2, start 1)',
    '?',
    '0.9',
    'A ladder to be climbed.',
  ]);
});
