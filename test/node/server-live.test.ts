import { appendFileSync, renameSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { LibrarySource } from '../../node/server/library-source.ts';
import { dial, folderOf, type SeenLibrary, serve, write } from './server-fixture.ts';

const METRICS = 'a/metrics.jsonl';
const RUN = { 'a/config.json': '{}', [METRICS]: '{"steps":1}\n{"steps":2}\n' };

async function follow(files: Record<string, string> = RUN, pollEvery = 50) {
  const root = folderOf(files);
  const server = await serve(root, { pollEvery });
  const live = await dial(server);
  const first = (await live.next('library')).library as SeenLibrary;
  return { root, server, live, first };
}

describe('a viewer is told', () => {
  test('the library when it connects', async () => {
    const { first } = await follow();
    expect(first.runs.map(({ path }) => path)).toEqual(['a']);
  });

  test('when a run or a recording appears, changes or goes, and not otherwise', async () => {
    const { root, live } = await follow();
    const next = async () => (await live.next('library')).library as SeenLibrary;
    expect(await live.hears('library', 250)).toBe(false);

    write(root, 'b/config.json', '{}');
    expect((await next()).runs.map(({ path }) => path)).toEqual(['a', 'b']);
    write(root, 'a/episodes/live.rlrec.new', 'first');
    renameSync(join(root, 'a/episodes/live.rlrec.new'), join(root, 'a/episodes/live.rlrec'));
    expect((await next()).runs[0].recordings).toMatchObject([{ size: 5 }]);
    write(root, 'a/episodes/live.rlrec', 'second');
    expect((await next()).runs[0].recordings).toMatchObject([{ size: 6 }]);
    rmSync(join(root, 'b'), { recursive: true });
    expect((await next()).runs.map(({ path }) => path)).toEqual(['a']);
  });

  test('of changes at most twice a second', async () => {
    const root = folderOf(RUN);
    const live = await dial(await serve(root));
    await live.next('library');
    let messages = 0;
    live.socket.on('message', () => messages++);
    for (let i = 0; i < 30; i++) {
      write(root, 'loose.rlrec', 'x'.repeat(i));
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    expect(messages).toBeGreaterThanOrEqual(1);
    expect(messages).toBeLessThanOrEqual(3);
  });

  test('each on its own, however many are connected', async () => {
    const { root, server, live } = await follow();
    const second = await dial(server);
    await second.next('library');
    write(root, 'new.rlrec', '');
    for (const viewer of [live, second]) {
      const { recordings } = (await viewer.next('library')).library as SeenLibrary;
      expect(recordings).toMatchObject([{ path: 'new.rlrec' }]);
    }
  });

  test('the newest only, where it does not read', async () => {
    const { root, live } = await follow({ 'a/config.json': `{"a":"${'x'.repeat(250_000)}"}` });
    live.socket.pause();
    for (let i = 0; i < 40; i++) write(root, `${i}/config.json`, `{"a":"${'x'.repeat(250_000)}"}`);
    let messages = 0;
    live.socket.on('message', () => messages++);
    for (let i = 0; i < 6; i++) {
      write(root, 'loose.rlrec', 'x'.repeat(i));
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    live.socket.resume();
    await expect
      .poll(async () => {
        const { recordings } = (await live.next('library')).library as SeenLibrary;
        return recordings[0]?.size;
      })
      .toBe(5);
    expect(messages).toBeLessThanOrEqual(3);
  }, 15_000);
});

describe('a viewer that follows a run is told', () => {
  test('the lines from its offset on at once', async () => {
    const { live } = await follow(RUN, 60_000);
    live.say({ type: 'subscribe', run: 'a', offset: 12 });
    const lines = [{ steps: 2 }];
    expect(await live.next('metrics')).toEqual({
      type: 'metrics',
      run: 'a',
      offset: 12,
      end: 24,
      lines,
    });
  });

  test('lines that are appended, when they are complete', async () => {
    const { root, live } = await follow();
    live.say({ type: 'subscribe', run: 'a', offset: 24 });
    appendFileSync(join(root, METRICS), '{"steps":3}\n{"st');
    expect(await live.next('metrics')).toMatchObject({ offset: 24, lines: [{ steps: 3 }] });
    appendFileSync(join(root, METRICS), 'eps":4}\n');
    expect(await live.next('metrics')).toMatchObject({ offset: 36, lines: [{ steps: 4 }] });
  });

  test('to begin again when its metrics were cut back', async () => {
    const { root, live } = await follow();
    live.say({ type: 'subscribe', run: 'a', offset: 24 });
    expect(await live.hears('metrics', 200)).toBe(false);
    truncateSync(join(root, METRICS), 12);
    expect(await live.next('metrics')).toMatchObject({
      offset: 0,
      lines: [{ steps: 1 }],
      reset: true,
    });
  });

  test('of a run that does not exist yet as soon as it does', async () => {
    const { root, live } = await follow();
    live.say({ type: 'subscribe', run: 'later', offset: 0 });
    expect(await live.hears('metrics', 100)).toBe(false);
    write(root, 'later/metrics.jsonl', '{"steps":9}\n');
    expect(await live.next('metrics')).toMatchObject({ run: 'later', lines: [{ steps: 9 }] });
  });

  test('nothing more after it unsubscribes', async () => {
    const { root, live } = await follow();
    live.say({ type: 'subscribe', run: 'a', offset: 0 });
    await live.next('metrics');
    live.say({ type: 'unsubscribe', run: 'a' });
    appendFileSync(join(root, METRICS), '{"steps":3}\n');
    expect(await live.hears('metrics', 250)).toBe(false);
  });

  test('nothing of a file outside the root', async () => {
    const outside = folderOf({ 'metrics.jsonl': '{"steps":666}\n', 'runs/a/config.json': '{}' });
    const live = await dial(await serve(join(outside, 'runs')));
    live.say({ type: 'subscribe', run: '..', offset: 0 });
    expect((await live.closed()).code).toBe(1008);
    expect(await live.hears('metrics', 50)).toBe(false);
  });

  test('a long history whole and in order', async () => {
    const count = 30_000;
    const text = Array.from(
      { length: count },
      (_, i) => `{"steps":${i},"x":"${'y'.repeat(60)}"}\n`,
    ).join('');
    const { live } = await follow({ 'a/config.json': '{}', [METRICS]: text });
    live.say({ type: 'subscribe', run: 'a', offset: 0 });
    const steps: number[] = [];
    while (steps.length < count) {
      const { lines } = await live.next('metrics');
      steps.push(...(lines as { steps: number }[]).map((line) => line.steps));
    }
    expect(steps.every((step, i) => step === i)).toBe(true);
  });
});

describe('a viewer is sent away for', () => {
  test.each([
    ['what is no JSON', 'hello', 1007],
    ['JSON that is no object', '"hello"', 1007],
    ['null', 'null', 1007],
    ['an unknown type', '{"type":"run","code":"1"}', 1008],
    ['a message without a type', '{}', 1008],
    ['a run outside the root', '{"type":"subscribe","run":"../x","offset":0}', 1008],
    ['a run that is no text', '{"type":"subscribe","run":1,"offset":0}', 1008],
    ['an absolute run', '{"type":"subscribe","run":"/etc","offset":0}', 1008],
    ['a negative offset', '{"type":"subscribe","run":"a","offset":-1}', 1008],
    ['a broken offset', '{"type":"subscribe","run":"a","offset":0.5}', 1008],
    ['an offset beyond all files', '{"type":"subscribe","run":"a","offset":1e300}', 1008],
    ['no offset', '{"type":"subscribe","run":"a"}', 1008],
    ['bytes', Buffer.from('{}'), 1003],
    ['a message of more than 64 KiB', ' '.repeat(65_537), 1009],
  ])('%s', async (_, message, code) => {
    const { live } = await follow();
    live.say(message);
    const closed = await live.closed();
    expect(closed.code).toBe(code);
    if (code !== 1009) expect(closed.reason).toMatch(/ must be .*\.$/);
  });

  test('others stay connected', async () => {
    const { server, live } = await follow();
    const bad = await dial(server);
    bad.say('hello');
    await bad.closed();
    live.say({ type: 'subscribe', run: 'a', offset: 0 });
    expect(await live.next('metrics')).toBeDefined();
  });
});

test('the disk is looked at only while somebody is connected', async () => {
  const looks = vi.spyOn(LibrarySource.prototype, 'text');
  const looksWithin = async (ms: number) => {
    looks.mockClear();
    await new Promise((resolve) => setTimeout(resolve, ms));
    return looks.mock.calls.length;
  };
  const server = await serve(folderOf(RUN), { pollEvery: 20 });
  expect(await looksWithin(100)).toBe(0);
  const [first, second] = [await dial(server), await dial(server)];
  first.socket.terminate();
  expect(await looksWithin(200)).toBeGreaterThan(0);
  second.socket.terminate();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await looksWithin(100)).toBe(0);
  await dial(server);
  expect(await looksWithin(200)).toBeGreaterThan(0);
  looks.mockRestore();
});

test('viewers that come and go during a look at a slow disk start no second row of looks', async () => {
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const looks = vi.spyOn(LibrarySource.prototype, 'text').mockImplementation(async () => {
    await wait(60);
    return '{}';
  });
  const server = await serve(folderOf(), { pollEvery: 20 });
  for (let i = 0; i < 5; i++) {
    const viewer = await dial(server);
    await wait(i === 0 ? 0 : 30); // a look is under way
    viewer.socket.terminate();
    await wait(20);
  }
  await dial(server);
  await wait(100);
  looks.mockClear();
  await wait(1300); // a look of 60 ms may be repeated every 660 ms
  expect(looks.mock.calls.length).toBeLessThanOrEqual(3);
  looks.mockRestore();
});
