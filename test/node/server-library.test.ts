import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, utimesSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { acquireRunLock } from '../../node/run-lock.ts';
import { ConfigCache } from '../../node/server/config-cache.ts';
import { scanLibrary } from '../../node/server/scan-library.ts';
import { openRoot } from '../../node/server/served-root.ts';
import { askLibrary, folderOf, serve, write } from './server-fixture.ts';

describe('the library', () => {
  test('of a folder lists its runs with their recordings, and recordings of no run', async () => {
    const root = folderOf({
      'b/config.json': '{"agent":"dqn"}',
      'b/metrics.jsonl': '{"steps":1}\n',
      'b/episodes/best.rlrec': '12345',
      'b/episodes/1.rlrec': '1',
      'b/episodes/notes.txt': 'no recording',
      'b/checkpoints/x.rlrec': 'not in episodes',
      'a/config.json': '{}',
      'loose.rlrec': '123',
      'notes.txt': '',
    });
    const time = 1_700_000_000;
    for (const path of ['b/config.json', 'b/metrics.jsonl', 'b/episodes/1.rlrec', 'loose.rlrec']) {
      utimesSync(join(root, path), time, time);
    }
    utimesSync(join(root, 'b/episodes/best.rlrec'), time + 5, time + 5);
    const library = await askLibrary(await serve(root));
    expect(library).toEqual({
      root: basename(root),
      runs: [
        {
          path: 'a',
          live: false,
          modified: expect.any(Number),
          config: {},
          metrics: null,
          recordings: [],
        },
        {
          path: 'b',
          live: false,
          modified: (time + 5) * 1000,
          config: { agent: 'dqn' },
          metrics: { size: 12 },
          recordings: [
            { path: 'b/episodes/1.rlrec', size: 1, modified: time * 1000 },
            { path: 'b/episodes/best.rlrec', size: 5, modified: (time + 5) * 1000 },
          ],
        },
      ],
      recordings: [{ path: 'loose.rlrec', size: 3, modified: time * 1000 }],
    });
  });

  test('of an empty folder is empty', async () => {
    const { runs, recordings } = await askLibrary(await serve(folderOf()));
    expect([runs, recordings]).toEqual([[], []]);
  });

  test('of one run has that run, whose paths begin with its name', async () => {
    const root = folderOf({ 'my-run/config.json': '{}', 'my-run/episodes/1.rlrec': '1' });
    const library = await askLibrary(await serve(join(root, 'my-run')));
    expect(library.root).toBe('my-run');
    expect(library.runs.map(({ path }) => path)).toEqual(['my-run']);
    expect(library.runs[0].recordings[0].path).toBe('my-run/episodes/1.rlrec');
  });

  test('of one recording has that recording', async () => {
    const root = folderOf({ 'a.rlrec': '1', 'b.rlrec': '2' });
    const library = await askLibrary(await serve(join(root, 'a.rlrec')));
    expect(library.root).toBe('a.rlrec');
    expect(library.runs).toEqual([]);
    expect(library.recordings.map(({ path }) => path)).toEqual(['a.rlrec']);
  });

  test('goes three levels deep, not into runs, hidden folders or node_modules', async () => {
    const root = folderOf({
      '1/2/3/config.json': '{}',
      '1/2/3/inside/config.json': '{}',
      '1/2/3b/x.rlrec': '',
      '1/2/3b/4/config.json': '{}',
      '1/2/3b/4/x.rlrec': '',
      '.git/config.json': '{}',
      'node_modules/a/config.json': '{}',
    });
    const { runs, recordings } = await askLibrary(await serve(root));
    expect(runs.map(({ path }) => path)).toEqual(['1/2/3']);
    expect(recordings.map(({ path }) => path)).toEqual(['1/2/3b/x.rlrec']);
  });

  test.each([
    ['not JSON', '{"a":'],
    ['a list', '[1]'],
    ['null', 'null'],
    ['a number', '3'],
    ['empty', ''],
    ['too large', JSON.stringify({ a: 'x'.repeat(300_000) })],
  ])('shows no config where it is %s', async (_, text) => {
    const server = await serve(folderOf({ 'a/config.json': text }));
    expect((await askLibrary(server)).runs).toMatchObject([{ path: 'a', config: null }]);
  });

  test('reads a config anew when it changes', async () => {
    const root = folderOf({ 'a/config.json': '{"a":1}' });
    const server = await serve(root);
    expect((await askLibrary(server)).runs[0].config).toEqual({ a: 1 });
    write(root, 'a/config.json', '{"a":23}');
    expect((await askLibrary(server)).runs[0].config).toEqual({ a: 23 });
  });

  test('stops at a number of entries and says so, and one huge folder hides no other', async () => {
    const root = folderOf({ 'run/config.json': '{}' });
    for (let i = 0; i < 60; i++) write(root, `many/${i}.rlrec`, '');
    const scan = async (maxEntries: number) =>
      scanLibrary(await openRoot(root), new ConfigCache(), maxEntries);
    const few = await scan(80);
    expect(few.truncated).toBe(true);
    expect(few.recordings).toHaveLength(20);
    expect(few.runs.map(({ path }) => path)).toEqual(['run']);
    const all = await scan(240);
    expect(all.truncated).toBeUndefined();
    expect(all.recordings).toHaveLength(60);
    for (let i = 0; i < 60; i++) write(root, `more/${i % 6}/${i}.rlrec`, '');
    expect((await scan(80)).recordings.length).toBeLessThanOrEqual(80);
    expect((await scan(80)).truncated).toBe(true);
    expect((await scan(0)).truncated).toBe(true);
  });

  test('leaves out a folder that may not be read, and survives a root that is gone', async () => {
    const root = folderOf({ 'a/config.json': '{}', 'b/config.json': '{}' });
    chmodSync(join(root, 'b'), 0);
    const server = await serve(root);
    const visible = process.getuid?.() === 0 ? ['a', 'b'] : ['a']; // the superuser reads all
    expect((await askLibrary(server)).runs.map(({ path }) => path)).toEqual(visible);
    chmodSync(join(root, 'b'), 0o755);
    spawnSync('rm', ['-r', root]);
    expect((await askLibrary(server)).runs).toEqual([]);
  });
});

describe('a run is live', () => {
  const isLive = async (root: string) => (await askLibrary(await serve(root))).runs[0].live;

  test('while a process holds its lock', async () => {
    const root = folderOf({ 'a/config.json': '{}' });
    const lock = acquireRunLock(join(root, 'a'));
    expect(await isLive(root)).toBe(true);
    lock.release();
    expect(await isLive(root)).toBe(false);
  });

  test('not after that process has ended, nor for what is no lock', async () => {
    const { pid } = spawnSync(process.execPath, ['-e', '']);
    const root = folderOf({ 'a/config.json': '{}' });
    const started = new Date().toISOString();
    for (const lock of [{ pid, started }, { pid: 0, started }, { pid: -1 }, { pid: 1e99 }]) {
      write(root, 'a/lock.json', JSON.stringify(lock));
      utimesSync(join(root, 'a/lock.json'), 1000, 1000);
      expect(await isLive(root)).toBe(false);
    }
  });

  test('not for a folder called lock.json', async () => {
    const root = folderOf({ 'a/config.json': '{}' });
    mkdirSync(join(root, 'a/lock.json'));
    expect(await isLive(root)).toBe(false);
  });
});
