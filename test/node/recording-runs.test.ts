import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { RunFolder } from '../../node/run-folder.ts';
import { trainRun } from '../../node/train-run.ts';
import { resolveRun } from '../../training/session.ts';
import { temporaryFolder } from '../helpers/program.ts';

test('a run in a world whose episodes never end says where its recording stops', async () => {
  const config = resolveRun({ agent: 'random', env: 'AccessControl-v0', steps: 20_001 });
  const folder = RunFolder.create(join(temporaryFolder(), 'run'), config);
  await trainRun(folder, { output: { write: () => {} } });
  const log = readFileSync(join(folder.path, 'log.txt'), 'utf8');
  expect(log.match(/the recording of episode 0 is full and stops here/g)).toHaveLength(1);
});

test('a run that records nothing says so, and goes on after a stop the same', async () => {
  const config = resolveRun({ agent: 'random', env: 'Catch-v0', steps: 3000, record: false });
  const folder = RunFolder.create(join(temporaryFolder(), 'run'), config);
  const output = { write: () => {} };
  const stop = AbortSignal.abort();
  expect((await trainRun(folder, { output, signal: stop })).finished).toBe(false);
  const again = await trainRun(RunFolder.open(folder.path), { output, resume: true });
  expect([again.finished, again.session.recorder]).toEqual([true, null]);
  expect(readdirSync(join(folder.path, 'episodes'))).toEqual([]);
  const log = readFileSync(join(folder.path, 'log.txt'), 'utf8');
  expect(log).toContain('records no episodes, as its config says');
});
