import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { parseWords } from '../../node/command.ts';
import { train } from '../../node/commands/train.ts';
import { RunFolder } from '../../node/run-folder.ts';
import { type RunResult, resultOf } from '../../node/run-result.ts';
import { STOPPED } from '../../node/seeds/seed-process.ts';
import { trainRun } from '../../node/train-run.ts';
import { UsageError } from '../../node/usage-error.ts';
import { resolveRun } from '../../training/session.ts';
import { palaestra, ROOT, startProgram, temporaryFolder } from '../helpers/program.ts';

const TRAIN = ['train', 'q-learning', 'FrozenLake-v1', '--seed', '3', '--run', 'lake'];
const SHORT = [...TRAIN, '--steps', '4k', '--evaluate-every', '2k'];

const resultAt = (cwd: string, seed: number): RunResult =>
  JSON.parse(readFileSync(join(cwd, 'lake', `seed-${seed}`, 'result.json'), 'utf8'));

const stepsOf = (metrics: string): number => {
  if (!existsSync(metrics)) return 0;
  return readFileSync(metrics, 'utf8').split('\n').length - 1;
};

describe('palaestra train --seeds', () => {
  test('trains each seed as a run by itself, and gives the mean with its interval', async () => {
    const cwd = temporaryFolder();
    const { code, stdout, stderr } = await palaestra(
      [...SHORT, '--seeds', '3', '--jobs', '2'],
      cwd,
    );
    expect(code, stderr).toBe(0);
    expect(readdirSync(join(cwd, 'lake'))).toEqual(['seed-3', 'seed-4', 'seed-5']);
    // The same as a run of that seed alone.
    const config = resolveRun({
      agent: 'q-learning',
      env: 'FrozenLake-v1',
      seed: 4,
      steps: 4000,
      evaluateEvery: 2000,
    });
    const alone = RunFolder.create(join(cwd, 'alone'), config);
    await trainRun(alone, { output: { write: () => {} } });
    for (const name of ['config.json', 'metrics.jsonl', 'result.json', 'episodes/last.rlrec']) {
      const [a, b] = ['lake/seed-4', 'alone'].map((run) => readFileSync(join(cwd, run, name)));
      expect(a.equals(b), name).toBe(true);
    }
    const returns = [3, 4, 5].map((seed) => resultAt(cwd, seed).finalReturn as number);
    const mean = (returns[0] + returns[1] + returns[2]) / 3;
    const spread = Math.sqrt(returns.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 2);
    const reach = (4.302652729911275 * spread) / Math.sqrt(3); // Student's t of two degrees, 97.5%
    expect(stdout).toContain(
      `Mean final return of 3: ${mean.toFixed(3)}, 95% interval [${(mean - reach).toFixed(3)}, ${(mean + reach).toFixed(3)}].`,
    );
    for (const seed of [3, 4, 5]) {
      expect(stderr).toContain(`seed ${seed}: done, final return ${returns[seed - 3].toFixed(3)}`);
      expect(stdout).toMatch(
        new RegExp(`${seed} +finished +4000 +${returns[seed - 3].toFixed(3)}`),
      );
    }
    expect(stderr).toMatch(/q-learning FrozenLake-v1 × 3 100%/);

    // Once more with one seed more: only that one is trained.
    const times = () =>
      [3, 4, 5].map((seed) => statSync(join(cwd, 'lake', `seed-${seed}`, 'log.txt')).mtimeMs);
    const before = times();
    const more = await palaestra([...SHORT, '--seeds', '4'], cwd);
    expect([more.code, more.stderr]).toEqual([0, expect.not.stringContaining('seed 4:')]);
    expect(more.stdout).toContain('Mean final return of 4');
    expect(times()).toEqual(before);
    expect(resultAt(cwd, 6).steps).toBe(4000);
    const single = await palaestra(['train', '--resume', 'lake'], cwd);
    expect([single.code, single.stdout]).toEqual([0, expect.stringContaining('return of 4')]);
  }, 120_000);

  test('goes on after it was killed, and ends with the same bytes', async () => {
    const cwd = temporaryFolder();
    const argv = [
      ...TRAIN,
      '--steps',
      '100k',
      '--record-every',
      '200',
      '--seeds',
      '2',
      '--jobs',
      '2',
    ];
    const { child, ended } = startProgram('node/palaestra.ts', argv, cwd);
    const first = join(cwd, 'lake/seed-3/metrics.jsonl');
    while (stepsOf(first) < 5) await wait(5);
    child.kill('SIGKILL');
    await ended;
    // Its processes save and end when it is gone.
    for (const seed of [3, 4]) {
      while (existsSync(join(cwd, `lake/seed-${seed}/lock.json`))) await wait(20);
    }
    expect(existsSync(join(cwd, 'lake/seed-3/result.json'))).toBe(false);
    const kept = readdirSync(join(cwd, 'lake/seed-3/checkpoints'));
    expect(kept.length).toBeGreaterThan(0);

    const { child: other, ended: again } = startProgram(
      'node/palaestra.ts',
      ['train', '--resume', 'lake'],
      cwd,
    );
    const lines = stepsOf(first);
    while (stepsOf(first) < lines + 2) await wait(5);
    other.kill('SIGINT');
    const { code, stdout } = await again;
    expect(code).toBe(130);
    expect(stdout).toContain('Stopped and saved. Go on: palaestra train --resume lake');
    const log = readFileSync(join(cwd, 'lake/seed-3/log.txt'), 'utf8');
    expect(log.match(/stopped at step/g)).toHaveLength(2);

    expect((await palaestra(['train', '--resume', 'lake', '--jobs', '1'], cwd)).code).toBe(0);
    const whole = ['--steps', '100k', '--record-every', '200', '--seed', '4', '--run', 'whole'];
    expect((await palaestra([...TRAIN.slice(0, 3), ...whole], cwd)).code).toBe(0);
    for (const name of ['metrics.jsonl', 'result.json', 'checkpoints/step-000000100000.ckpt']) {
      const [a, b] = ['lake/seed-4', 'whole'].map((run) => readFileSync(join(cwd, run, name)));
      expect(a.equals(b), name).toBe(true);
    }
  }, 120_000);

  test('a process stops whose starter is gone before it can listen', async () => {
    const config = resolveRun({ agent: 'q-learning', env: 'FrozenLake-v1', steps: 200_000 });
    const folder = RunFolder.create(join(temporaryFolder(), 'run'), config);
    const entry = join(ROOT, 'node/seeds/seed-entry.ts');
    const argv = ['--import', import.meta.resolve('tsx'), entry, folder.path];
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    child.disconnect();
    const [code] = await once(child, 'exit');
    expect([code, folder.stepsSaved()]).toEqual([STOPPED, 0]);
  }, 60_000);

  test('says which seed has a checkpoint that cannot be read', async () => {
    const cwd = temporaryFolder();
    expect((await palaestra([...SHORT, '--seeds', '1'], cwd)).code).toBe(0);
    rmSync(join(cwd, 'lake/seed-3/result.json'));
    writeFileSync(join(cwd, 'lake/seed-3/checkpoints/step-000000004000.ckpt'), 'damaged');
    const { code, stderr } = await palaestra(['train', '--resume', 'lake'], cwd);
    expect(code).toBe(0);
    expect(stderr).toContain('seed 3: A checkpoint cannot be read, so the one before it is taken.');
  }, 60_000);

  test('says which seed has failed and why, trains the others, exit code 1', async () => {
    const cwd = temporaryFolder();
    const argv = [...SHORT, '--seeds', '2', '--jobs', '1'];
    expect((await palaestra(argv, cwd)).code).toBe(0);
    // A folder that cannot be written into, for a seed that is still to be trained.
    rmSync(join(cwd, 'lake/seed-3'), { recursive: true });
    rmSync(join(cwd, 'lake/seed-4/result.json'));
    rmSync(join(cwd, 'lake/seed-4/episodes'), { recursive: true });
    writeFileSync(join(cwd, 'lake/seed-4/episodes'), '');
    const { code, stdout, stderr } = await palaestra(argv, cwd);
    expect(code).toBe(1);
    expect(stderr).toMatch(/seed 4: failed\. .*episodes/);
    expect(stderr).toContain('Some seeds have failed.');
    expect(stdout).toMatch(/3 +finished/);
    expect(stdout).toMatch(/4 +failed/);
    expect(stdout).toContain('Mean final return of 1: ');
    expect(resultAt(cwd, 3).steps).toBe(4000);
  }, 120_000);

  test.each([
    [['--jobs', '2'], '--jobs is of several seeds: give --seeds too.', UsageError],
    [['--seeds', '0'], '--seeds must be a whole number of at least 1', UsageError],
    [['--seeds', '2', '--jobs', 'x'], '--jobs must be a whole number', UsageError],
    [['--seeds', '2', '--set', 'seed=5'], '--set seed=5 would give the agents of all', UsageError],
    [['--seeds', '2', '--set', 'stepSize=2'], 'stepSize must be between 0 and 1', UsageError],
    [['--seeds', '2', '--run', 'taken'], 'taken exists already, and holds no runs of', Error],
    [['--seeds', '2', '--steps', '9k'], 'seed-3 exists already with another config.', Error],
  ])('%j is refused, and nothing is made', async (words, message, kind) => {
    const cwd = temporaryFolder();
    const config = { agent: 'q-learning', env: 'FrozenLake-v1', seed: 3, steps: 4000 };
    for (const name of ['taken', 'lake/seed-3'])
      RunFolder.create(join(cwd, name), resolveRun(config));
    const argv = ['q-learning', 'FrozenLake-v1', '--seed', '3', '--run', 'lake', ...words];
    const run = argv[argv.lastIndexOf('--run') + 1];
    const rest = parseWords(train, [...argv, '--run', join(cwd, run)]);
    const failure = await train.run(rest).catch((error: Error) => error);
    expect(failure).toBeInstanceOf(kind);
    expect((failure as Error).message).toContain(message);
    expect(readdirSync(join(cwd, 'lake'))).toEqual(['seed-3']);
  });
});

describe('the result of a run', () => {
  const record = (steps: number, episodes: number, meanReturn: number | null) => {
    return { steps, episodes, meanReturn };
  };

  test('is the mean over the episodes of the last tenth, where nothing was evaluated', () => {
    const lines = [
      record(80, 10, 100),
      record(90, 20, 100),
      record(91, 21, 4),
      record(95, 21, null),
      record(100, 24, 8),
    ];
    expect(resultOf(lines, false)).toEqual({
      format: 'palaestra-result',
      version: 1,
      steps: 100,
      episodes: 24,
      stopped: false,
      finalReturn: (4 + 3 * 8) / 4,
      bestReturn: null,
    });
    expect(resultOf([record(100, 0, null)], false).finalReturn).toBeNull();
    expect(resultOf([], true)).toMatchObject({ steps: 0, stopped: true, finalReturn: null });
  });

  test('is that of the last evaluation, and the best of them', () => {
    const evaluated = (steps: number, evaluationReturn: number) => {
      return { steps, episodes: 1, evaluationReturn };
    };
    const lines = [evaluated(50, -3), evaluated(90, -1), record(100, 2, 7), evaluated(100, -2)];
    expect(resultOf(lines, true)).toMatchObject({ finalReturn: -2, bestReturn: -1, steps: 100 });
    const many = Array.from({ length: 200_000 }, (_, i) => evaluated(i, -i));
    expect(resultOf(many, true).bestReturn).toBe(-0);
  });
});
