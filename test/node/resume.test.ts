import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { adam } from '../../networks/optimizers/adam.ts';
import { parseWords } from '../../node/command.ts';
import { train } from '../../node/commands/train.ts';
import { RunFolder } from '../../node/run-folder.ts';
import { prepareSeedRuns } from '../../node/seeds/seed-runs.ts';
import { trainRun } from '../../node/train-run.ts';
import { type RunRequest, resolveRun } from '../../training/session.ts';
import { palaestra, temporaryFolder } from '../helpers/program.ts';

const output = { write: () => {} };

const REQUEST: RunRequest = {
  agent: 'q-learning',
  env: 'FrozenLake-v1',
  steps: 2000,
  metricsEvery: 100,
  checkpointEvery: 500,
  log: ['csv'],
};

function newRun(cwd: string): RunFolder {
  return RunFolder.create(join(cwd, 'run'), resolveRun(REQUEST));
}

/** A run that a signal has stopped somewhere behind step 1200: its newest checkpoint is of there. */
async function stoppedRun(cwd: string): Promise<RunFolder> {
  const folder = newRun(cwd);
  const stop = new AbortController();
  const onProgress = (steps: number) => void (steps > 1200 && stop.abort());
  await trainRun(folder, { output, signal: stop.signal, onProgress });
  return folder;
}

/** Every file, with its bytes. */
function contents({ path }: RunFolder): Map<string, string> {
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(join(path, name)).isFile());
  return new Map(files.map((name) => [name, readFileSync(join(path, name), 'base64')]));
}

function checkpointsOf({ path }: RunFolder): string[] {
  const all = readdirSync(join(path, 'checkpoints')).sort();
  const names = all.filter((name) => name.endsWith('.ckpt'));
  return names.map((name) => join(path, 'checkpoints', name));
}

function damage(file: string): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.subarray(0, bytes.length >> 1));
}

test('a run looks for a stop after its first step', async () => {
  const folder = newRun(temporaryFolder());
  const stop = new AbortController();
  const onProgress = () => stop.abort();
  const { finished, session } = await trainRun(folder, { output, signal: stop.signal, onProgress });
  expect([finished, session.trainer.steps]).toEqual([false, 1]);
  expect(folder.stepsSaved()).toBe(1);
});

describe('the folder of a new run', () => {
  const config = resolveRun(REQUEST);

  test('may be there already, if it is empty', () => {
    const path = temporaryFolder();
    expect(RunFolder.create(path, config).config).toEqual(config);
    expect(() => RunFolder.create(path, config)).toThrow(
      `${path} exists already. Go on with it by --resume ${path}, or give`,
    );
  });

  test('may be there already as a link, as where one stands, or with what a killed process left', () => {
    const cwd = temporaryFolder();
    const path = join(cwd, 'there');
    mkdirSync(path);
    writeFileSync(join(path, '.palaestra-0123456789abcdef.tmp'), 'half');
    symlinkSync(path, join(cwd, 'link'));
    expect(RunFolder.create(join(cwd, 'link'), config).config).toEqual(config);
    expect(readdirSync(path).sort()).toEqual(['checkpoints', 'config.json', 'episodes']);
  });

  test('may be there already for one of several seeds', () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'seed-0'));
    expect(prepareSeedRuns(cwd, [config]).map((run) => run.path)).toEqual([join(cwd, 'seed-0')]);
  });

  test('must hold nothing else, such as a run that was never made whole', () => {
    const path = temporaryFolder();
    mkdirSync(join(path, 'checkpoints'));
    expect(() => RunFolder.create(path, config)).toThrow(
      `${path} exists already, and holds no run: config.json is missing. Take it away, or give`,
    );
    const file = join(path, 'file');
    writeFileSync(file, '');
    expect(() => RunFolder.create(file, config)).toThrow('and holds no run');
  });
});

describe('a run that is gone on with', () => {
  test('is a folder, not a file', async () => {
    const file = join(temporaryFolder(), 'config.json');
    writeFileSync(file, '{}');
    const resumed = train.run(parseWords(train, ['--resume', file]));
    await expect(resumed).rejects.toThrow(
      `There is no run at ${file}: it is a file. Give the folder of a run.`,
    );
  });

  test('is refused where none of its checkpoints can be read, and nothing is changed', async () => {
    const cwd = temporaryFolder();
    const folder = await stoppedRun(cwd);
    const files = checkpointsOf(folder);
    expect(files).toHaveLength(2);
    files.forEach(damage);
    writeFileSync(join(folder.path, 'episodes', '.palaestra-0123456789abcdef.tmp'), 'half');
    const before = contents(folder);
    const { code, stderr } = await palaestra(['train', '--resume', 'run'], cwd);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^run: a checkpoint must be readable to go on, got none\. step-\d{12}\.ckpt: .* step-000000001000\.ckpt: .* Nothing has been changed\./,
    );
    expect(contents(folder)).toEqual(before);
  });

  test('must be meant to be: a beginning in its folder is refused', async () => {
    const folder = await stoppedRun(temporaryFolder());
    const before = contents(folder);
    const anew = trainRun(RunFolder.open(folder.path), { output });
    await expect(anew).rejects.toThrow(
      'must be the folder of a run that has not begun, got one with metrics or checkpoints.',
    );
    expect(contents(folder)).toEqual(before);
  });

  test('from the checkpoint before the newest says so on the terminal', async () => {
    const cwd = temporaryFolder();
    const folder = await stoppedRun(cwd);
    damage(checkpointsOf(folder)[1]);
    const { code, stderr } = await palaestra(['train', '--resume', 'run'], cwd);
    expect(code).toBe(0);
    expect(stderr).toMatch(
      /^A checkpoint cannot be read, so the one before it is taken\. step-\d{12}\.ckpt: .* It is cut, damaged/m,
    );
  });

  test('may learn more slowly from then on, as its config.json says', async () => {
    const request = { agent: 'dqn', env: 'CartPole-v1', steps: 60, checkpointEvery: 20 };
    const options = { learningStarts: 4, batchSize: 4 };
    const at = (learningRate: number) =>
      resolveRun({ ...request, agentOptions: { ...options, optimizer: adam({ learningRate }) } });
    const folder = RunFolder.create(join(temporaryFolder(), 'run'), at(1e-3));
    const stop = new AbortController();
    const onProgress = (steps: number) => void (steps > 30 && stop.abort());
    await trainRun(folder, { output, signal: stop.signal, onProgress });
    writeFileSync(join(folder.path, 'config.json'), JSON.stringify(at(1e-4)));
    const resumed = await trainRun(RunFolder.open(folder.path), { output, resume: true });
    expect([resumed.finished, resumed.session.trainer.steps]).toEqual([true, 60]);
  });

  test('goes on with the best of its checkpoint, not with what was better later', async () => {
    const request: RunRequest = { ...REQUEST, evaluateEvery: 250, evaluateEpisodes: 5 };
    const folder = RunFolder.create(join(temporaryFolder(), 'run'), resolveRun(request));
    const stop = new AbortController();
    const onProgress = (steps: number) => void (steps > 1200 && stop.abort());
    await trainRun(folder, { output, signal: stop.signal, onProgress });
    const best = ['checkpoints/best.ckpt', 'episodes/best.rlrec'];
    const read = () => best.map((name) => readFileSync(join(folder.path, name), 'utf8'));
    const then = read();
    // What a process that is killed has left: better ones since the checkpoint.
    for (const name of best) writeFileSync(`${join(folder.path, name)}.new`, 'better');
    for (const name of best) {
      renameSync(`${join(folder.path, name)}.new`, join(folder.path, name));
    }
    folder.rewind(folder.readNewest());
    expect(read()).toEqual(then);
    folder.rewind(folder.readNewest());
    expect(read()).toEqual(then);
    mkdirSync(join(folder.path, 'checkpoints', 'best-at-000000001100')); // of a checkpoint never written
    folder.rewind(folder.readNewest());
    expect(readdirSync(join(folder.path, 'checkpoints')).sort()).toEqual([
      ...['best-at-000000001000', expect.stringMatching(/^best-at-0{8}1\d{3}$/), 'best.ckpt'],
      ...['step-000000001000.ckpt', expect.stringMatching(/^step-0{8}1\d{3}\.ckpt$/)],
    ]);
    folder.rewind(null);
    expect(best.some((name) => existsSync(join(folder.path, name)))).toBe(false);
  });

  test('that was killed while it was made can still be made', async () => {
    const folder = newRun(temporaryFolder());
    for (const part of ['checkpoints', 'episodes']) rmdirSync(join(folder.path, part));
    const { finished } = await trainRun(RunFolder.open(folder.path), { output, resume: true });
    expect(finished).toBe(true);
  });

  test('is as it was where its checkpoint is of another agent', async () => {
    const folder = await stoppedRun(temporaryFolder());
    folder.appendMetrics({ steps: 1900, episodes: 99 }); // as one that was killed later has
    const config = join(folder.path, 'config.json');
    const other = resolveRun({ ...REQUEST, agent: 'sarsa' });
    writeFileSync(config, JSON.stringify(other));
    const before = contents(folder);
    const resumed = trainRun(RunFolder.open(folder.path), { output, resume: true });
    await expect(resumed).rejects.toThrow('expected saved data of kind "sarsa"');
    expect(contents(folder)).toEqual(before);
  });
});
