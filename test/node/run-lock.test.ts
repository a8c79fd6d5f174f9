import { spawn, spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { acquireRunLock, runLockOwner } from '../../node/run-lock.ts';

let run = '';
let file = '';
beforeEach(() => {
  run = mkdtempSync(join(tmpdir(), 'palaestra-lock-'));
  file = join(run, 'lock.json');
});
afterEach(() => rmSync(run, { recursive: true, force: true }));

const now = () => new Date().toISOString();
const writeLock = (lock: object) => writeFileSync(file, JSON.stringify(lock));
const deadPid = () => spawnSync(process.execPath, ['-e', '']).pid;

describe('a run', () => {
  test('that is free can be taken, and is free again afterwards', () => {
    const lock = acquireRunLock(run);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      pid: process.pid,
      started: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
    });
    expect(runLockOwner(run)?.pid).toBe(process.pid);
    lock.release();
    expect(readdirSync(run)).toEqual([]);
    expect(runLockOwner(run)).toBeUndefined();
    acquireRunLock(run).release();
  });

  test('that is held cannot be taken again, in the same process either', () => {
    const lock = acquireRunLock(run);
    expect(() => acquireRunLock(run)).toThrow(
      new RegExp(
        `^acquireRunLock: ".*" must be free, got process ${process.pid} on \\S+ holding it since \\S+\\. ` +
          'Stop that process, or delete lock\\.json if it has ended\\.$',
      ),
    );
    lock.release();
  });

  test('that another living process holds stays its own', async () => {
    const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 20000)']);
    writeLock({ pid: other.pid, started: now() });
    expect(() => acquireRunLock(run)).toThrow(`got process ${other.pid} holding it`);
    const ended = new Promise((resolve) => other.on('exit', resolve));
    other.kill();
    await ended;
    acquireRunLock(run).release();
  });

  test('that a dead process held is taken over', () => {
    writeLock({ pid: deadPid(), started: now(), host: hostname() });
    expect(runLockOwner(run)).toBeUndefined();
    const lock = acquireRunLock(run);
    expect(runLockOwner(run)?.pid).toBe(process.pid);
    expect(readdirSync(run)).toEqual(['lock.json']);
    lock.release();
  });

  test('that a process on another machine holds cannot be judged, so it stays', () => {
    writeLock({ pid: deadPid(), started: now(), host: 'elsewhere.example' });
    expect(() => acquireRunLock(run)).toThrow('on elsewhere.example holding it');
    expect(runLockOwner(run)?.host).toBe('elsewhere.example');
  });

  test('held by an earlier process of our own number is taken over: a restarted container', () => {
    writeLock({ pid: process.pid, started: '2020-01-01T00:00:00.000Z', host: hostname() });
    expect(runLockOwner(run)).toBeUndefined();
    acquireRunLock(run).release();
  });

  test('in no folder cannot be taken', () => {
    expect(() => acquireRunLock(join(run, 'missing'))).toThrow(
      /lock\.json" must be writable, got ENOENT\. Create the run's folder first\.$/,
    );
  });
});

describe('a lock that says nothing', () => {
  const TEXTS = [
    '',
    '{',
    '{}',
    '[]',
    'null',
    '{"pid":0}',
    '{"pid":-1}',
    '{"pid":"1"}',
    '{"pid":1e20}',
  ];

  test.each([...TEXTS, ' '.repeat(5000)])('holds while it may still be written: %j', (text) => {
    writeFileSync(file, text);
    expect(() => acquireRunLock(run)).toThrow('a lock that is just being written. Try again.');
    utimesSync(file, 1000, 1000);
    acquireRunLock(run).release();
    expect(readdirSync(run)).toEqual([]);
  });

  test('a link is not followed', () => {
    writeFileSync(join(run, 'precious'), 'x');
    symlinkSync('precious', file);
    expect(runLockOwner(run)).toBeUndefined();
    expect(() => acquireRunLock(run)).toThrow('just being written');
    expect(readFileSync(join(run, 'precious'), 'utf8')).toBe('x');
  });

  test('a folder of that name is not deleted', () => {
    mkdirSync(file);
    writeFileSync(join(file, 'precious'), 'x');
    utimesSync(file, 1000, 1000);
    acquireRunLock(run).release();
    const aside = readdirSync(run)[0];
    expect(existsSync(join(run, aside, 'precious'))).toBe(true);
  });
});

describe('release', () => {
  test('does nothing the second time, and leaves the lock of others', () => {
    const lock = acquireRunLock(run);
    lock.release();
    const next = acquireRunLock(run);
    lock.release();
    expect(runLockOwner(run)?.pid).toBe(process.pid);
    next.release();
    next.release();
    expect(readdirSync(run)).toEqual([]);
  });
});

test('of many processes that reach for a stale lock, one gets it', async () => {
  writeLock({ pid: deadPid(), started: now() });
  const module = pathToFileURL('node/run-lock.ts').href;
  const script = `
    import { acquireRunLock } from ${JSON.stringify(module)};
    try { acquireRunLock(process.argv[1]); console.log('mine'); } catch { console.log('theirs'); }
    process.stdin.resume(); // hold it until all have tried
  `;
  const flags = ['--import', 'tsx', '--input-type=module', '-e', script, run];
  const children = Array.from({ length: 5 }, () => spawn(process.execPath, flags));
  const answers = await Promise.all(
    children.map(
      ({ stdout }) =>
        new Promise((resolve) => stdout.once('data', (data) => resolve(String(data).trim()))),
    ),
  );
  for (const child of children) child.kill();
  expect(answers.filter((answer) => answer === 'mine')).toHaveLength(1);
}, 20_000);
