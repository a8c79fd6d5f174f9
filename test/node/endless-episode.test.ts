import { readFileSync } from 'node:fs';
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
