import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { palaestra, startProgram, temporaryFolder } from '../helpers/program.ts';

// Recording every episode's thoughts makes the run last for seconds, so that kills come in time.
const TRAIN = [
  ...[
    'train',
    'q-learning',
    'FrozenLake8x8-v1',
    '--steps',
    '400k',
    '--seed',
    '5',
    '--num-envs',
    '2',
  ],
  ...['--checkpoint-every', '20k', '--metrics-every', '1000', '--record-every', '1000'],
  ...['--evaluate-every', '30k', '--log', 'csv'],
];

const digest = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

/** Every file of a run but the log, by name. */
function contents(folder: string): Map<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const files = names.filter((name) => statSync(join(folder, name)).isFile() && name !== 'log.txt');
  return new Map(files.sort().map((name) => [name, digest(readFileSync(join(folder, name)))]));
}

/** Lines of metrics written so far. */
function linesOf(folder: string): number {
  try {
    return readFileSync(join(folder, 'metrics.jsonl'), 'utf8').split('\n').length - 1;
  } catch {
    return 0;
  }
}

describe('a run that is stopped', () => {
  test('by SIGKILL at five random moments ends with the same bytes as an unbroken one', async () => {
    const cwd = temporaryFolder();
    expect((await palaestra([...TRAIN, '--run', 'whole'], cwd)).code).toBe(0);

    const broken = join(cwd, 'broken');
    let argv = [...TRAIN, '--run', 'broken'];
    const kills: number[] = [];
    for (let kill = 0; kill < 5; kill++) {
      const { child, ended } = startProgram('node/palaestra.ts', argv, cwd);
      const goal = linesOf(broken) + 5 + Math.floor(60 * Math.random());
      while (linesOf(broken) < goal && child.exitCode === null) await wait(1);
      await wait(20 * Math.random());
      child.kill('SIGKILL');
      const { signal } = await ended;
      expect(signal, `kill ${kill + 1} came when the run was over`).toBe('SIGKILL');
      kills.push(linesOf(broken));
      argv = ['train', '--resume', 'broken'];
    }
    const { code, stderr } = await palaestra(argv, cwd);
    expect(code, stderr).toBe(0);
    expect(kills.every((lines) => lines > 0 && lines < 400)).toBe(true);
    expect(contents(broken)).toEqual(contents(join(cwd, 'whole')));
  }, 240_000);

  test('by SIGINT saves, says how to go on, and ends the same', async () => {
    const cwd = temporaryFolder();
    const whole = palaestra([...TRAIN, '--run', 'whole'], cwd);
    const { child, ended } = startProgram('node/palaestra.ts', [...TRAIN, '--run', 'stopped'], cwd);
    while (linesOf(join(cwd, 'stopped')) < 30) await wait(1);
    child.kill('SIGINT');
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    // The state of the very step it stopped at is saved, not only that of the last checkpoint due.
    const log = readFileSync(join(cwd, 'stopped', 'log.txt'), 'utf8');
    const step = /stopped at step (\d+)/.exec(log)?.[1] ?? '';
    expect(readdirSync(join(cwd, 'stopped', 'checkpoints'))).toContain(
      `step-${step.padStart(12, '0')}.ckpt`,
    );
    expect(stdout).toContain('Stopped and saved. Go on: palaestra train --resume stopped');
    expect((await palaestra(['train', '--resume', 'stopped'], cwd)).code).toBe(0);
    expect((await whole).code).toBe(0);
    expect(contents(join(cwd, 'stopped'))).toEqual(contents(join(cwd, 'whole')));
  }, 120_000);

  test('by the end of its terminal saves', async () => {
    const cwd = temporaryFolder();
    const { child, ended } = startProgram('node/palaestra.ts', [...TRAIN, '--run', 'stopped'], cwd);
    while (linesOf(join(cwd, 'stopped')) < 10) await wait(1);
    child.stdout?.destroy();
    child.stderr?.destroy();
    child.kill('SIGHUP');
    expect((await ended).code).toBe(130);
    const log = readFileSync(join(cwd, 'stopped', 'log.txt'), 'utf8');
    const step = /stopped at step (\d+)/.exec(log)?.[1] ?? '';
    expect(readdirSync(join(cwd, 'stopped', 'checkpoints'))).toContain(
      `step-${step.padStart(12, '0')}.ckpt`,
    );
  }, 60_000);

  test('goes on from the checkpoint before, when the newest one is damaged, and clears up', async () => {
    const cwd = temporaryFolder();
    expect((await palaestra([...TRAIN, '--run', 'whole'], cwd)).code).toBe(0);
    const before = contents(join(cwd, 'whole'));
    // The best and the newest checkpoints, the best as it was then, and the episodes worth keeping.
    expect([...before.keys()].filter((name) => name.startsWith('checkpoints'))).toEqual([
      'checkpoints/best-at-000000380000/best.ckpt',
      'checkpoints/best-at-000000380000/best.rlrec',
      'checkpoints/best-at-000000400000/best.ckpt',
      'checkpoints/best-at-000000400000/best.rlrec',
      'checkpoints/best.ckpt',
      'checkpoints/step-000000380000.ckpt',
      'checkpoints/step-000000400000.ckpt',
    ]);
    for (const name of ['first', 'best', 'last', 'episode-1', 'episode-1000']) {
      expect([...before.keys()]).toContain(`episodes/${name}.rlrec`);
    }
    expect([...before.keys()]).not.toContain('episodes/live.rlrec');
    const newest = join(cwd, 'whole', 'checkpoints', 'step-000000400000.ckpt');
    const bytes = readFileSync(newest);
    bytes[bytes.length >> 1] ^= 0x10;
    writeFileSync(newest, bytes);
    // What a process leaves that is killed in the middle of writing a file.
    writeFileSync(join(cwd, 'whole', 'episodes', '.palaestra-0123456789abcdef.tmp'), 'half');
    expect((await palaestra(['train', '--resume', 'whole'], cwd)).code).toBe(0);
    expect(readFileSync(join(cwd, 'whole', 'log.txt'), 'utf8')).toContain(
      'damaged checkpoint: step-000000400000.ckpt',
    );
    expect(contents(join(cwd, 'whole'))).toEqual(before);
  }, 120_000);

  // Far more steps than it takes: the first must still train when the second has started.
  const LONG = [...TRAIN.map((word) => (word === '400k' ? '400M' : word)), '--run', 'held'];

  test('is refused to a second process while the first one trains', async () => {
    const cwd = temporaryFolder();
    const { child, ended } = startProgram('node/palaestra.ts', LONG, cwd);
    while (linesOf(join(cwd, 'held')) < 5) await wait(1);
    const second = await palaestra(['train', '--resume', 'held'], cwd);
    child.kill('SIGKILL');
    await ended;
    expect(second.code).toBe(1);
    expect(second.stderr).toContain(String(child.pid));
  }, 60_000);
});
