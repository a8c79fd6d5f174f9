import { spawnSync } from 'node:child_process';
import { linkSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isRefusal } from '../../node/server/refusal.ts';
import { isSafeName, splitPath, splitUrlPath } from '../../node/server/safe-path.ts';
import { isInside, locate, openRoot } from '../../node/server/served-root.ts';
import { ask, askRaw, folderOf, serve, write } from './server-fixture.ts';

const SECRET = 'what nobody may see';

/** A folder of runs beside files that must never be served. */
function nested(): { outside: string; root: string } {
  const outside = folderOf({
    'secret.rlrec': SECRET,
    'config.json': SECRET,
    'runs-too/config.json': SECRET,
    'runs/a/config.json': '{}',
    'runs/a/metrics.jsonl': '{}\n',
    'runs/a/episodes/1.rlrec': 'one',
    'runs/a/lock.json': SECRET,
    'runs/a/checkpoints/1.zip': SECRET,
    'runs/a/log.txt': SECRET,
    'runs/.hidden/config.json': SECRET,
  });
  return { outside, root: join(outside, 'runs') };
}

describe('a path', () => {
  test.each([
    ['/api/file/a/config.json', '{}'],
    ['/api/file/a/metrics.jsonl', '{}\n'],
    ['/api/file/a/episodes/1.rlrec', 'one'],
    ['/api/file/a/episodes/1%2Erlrec', 'one'],
    ['/api/file/a/episodes/1.rlrec?x=/../..', 'one'],
  ])('%s is served', async (path, text) => {
    expect(await ask(await serve(nested().root), path)).toMatchObject({ status: 200, text });
  });

  test.each([
    '../secret.rlrec',
    'a/../../secret.rlrec',
    '%2e%2e/secret.rlrec',
    '%2E%2E%2Fsecret.rlrec',
    '..%2fsecret.rlrec',
    '.%2e/secret.rlrec',
    '%252e%252e/secret.rlrec',
    '..%5csecret.rlrec',
    '..\\secret.rlrec',
    '%c0%ae%c0%ae/secret.rlrec',
    '%ff/secret.rlrec',
    '%/secret.rlrec',
    'a/%00/secret.rlrec',
    'secret.rlrec%00',
    'a/config.json%00.rlrec',
    'a/%0aconfig.json',
    '/etc/config.json',
    'ROOT/../secret.rlrec',
    'ROOT/a/config.json',
    'C:/secret.rlrec',
    'C:%5csecret.rlrec',
    '%5c%5chost%5cshare%5csecret.rlrec',
    './a/config.json',
    'a//config.json',
    'a/config.json/',
    '../runs-too/config.json',
    '.hidden/config.json',
    'a/lock.json',
    'a/log.txt',
    'a/checkpoints/1.zip',
    'a',
    'a/',
    'a/episodes',
    '',
    '.',
    '..',
    'missing/config.json',
  ])('%s is refused and tells nothing', async (path) => {
    const { root } = nested();
    const answer = await ask(await serve(root), `/api/file/${path.replace('ROOT', root)}`);
    expect([400, 403, 404]).toContain(answer.status);
    expect(answer.text).not.toContain(SECRET);
    expect(Object.keys(JSON.parse(answer.text))).toEqual(['error']);
  });

  test('that is very long is refused', async () => {
    const server = await serve(nested().root);
    expect((await ask(server, `/api/file/${'a/'.repeat(3000)}x.rlrec`)).status).toBe(414);
    expect((await ask(server, `/api/file/${'a'.repeat(300)}.rlrec`)).status).toBe(400);
    expect((await ask(server, `/${'a/'.repeat(3000)}`)).status).toBe(414);
  });

  test('with raw dots on the wire is refused', async () => {
    const server = await serve(nested().root);
    const rest = `Host: 127.0.0.1:${server.port}\r\nAuthorization: Bearer ${server.token}\r\nConnection: close\r\n\r\n`;
    for (const path of [
      '/api/file/../secret.rlrec',
      '/api/../../secret.rlrec',
      '/../secret.rlrec',
    ]) {
      const answer = await askRaw(server, `GET ${path} HTTP/1.1\r\n${rest}`);
      expect(answer).toMatch(/^HTTP\/1.1 40[04]/);
      expect(answer).not.toContain(SECRET);
    }
  });

  test('of the page stays within the viewer', async () => {
    const { outside, root } = nested();
    write(outside, 'viewer/index.html', 'page');
    write(outside, 'viewer/assets/a.js', 'code');
    symlinkSync(join(outside, 'config.json'), join(outside, 'viewer/assets/b.js'));
    const server = await serve(root, { viewerFolder: join(outside, 'viewer') });
    expect((await ask(server, '/assets/a.js')).text).toBe('code');
    for (const path of [
      '/../config.json',
      '/%2e%2e/config.json',
      '/..%2fconfig.json',
      '/assets/..%2f..%2fconfig.json',
      '/assets/%2e%2e/%2e%2e/config.json',
      '/assets/b.js',
      `/${join(outside, 'config.json')}`,
      '/assets',
      '/assets/',
      '//index.html',
    ]) {
      const { status, text } = await ask(server, path);
      expect([400, 404], path).toContain(status);
      expect(text).not.toContain(SECRET);
    }
  });
});

describe('a link', () => {
  test('out of the root is neither served nor listed', async () => {
    const { outside, root } = nested();
    symlinkSync(join(outside, 'secret.rlrec'), join(root, 'a/episodes/2.rlrec'));
    symlinkSync('../../../secret.rlrec', join(root, 'a/episodes/3.rlrec'));
    symlinkSync(outside, join(root, 'b'));
    symlinkSync(join(outside, 'runs-too'), join(root, 'c'));
    symlinkSync('/', join(root, 'd'));
    const server = await serve(root);
    for (const path of [
      'a/episodes/2.rlrec',
      'a/episodes/3.rlrec',
      'b/config.json',
      'c/config.json',
    ]) {
      const { status, text } = await ask(server, `/api/file/${path}`);
      expect(status).toBe(403);
      expect(text).not.toContain(SECRET);
    }
    const { text } = await ask(server, '/api/library');
    expect(text).not.toMatch(/2\.rlrec|3\.rlrec|secret|"path":"[bcd]/);
  });

  test('within the root is followed, but not to a file that may not be served', async () => {
    const { root } = nested();
    symlinkSync('a', join(root, 'latest'));
    symlinkSync('1.rlrec', join(root, 'a/episodes/best.rlrec'));
    symlinkSync('../log.txt', join(root, 'a/episodes/log.rlrec'));
    const server = await serve(root);
    expect((await ask(server, '/api/file/latest/config.json')).status).toBe(200);
    expect((await ask(server, '/api/file/a/episodes/best.rlrec')).text).toBe('one');
    const { status, text } = await ask(server, '/api/file/a/episodes/log.rlrec');
    expect(status).toBe(404);
    expect(text).not.toContain(SECRET);
  });

  test('that goes round in circles is no trap', async () => {
    const { root } = nested();
    symlinkSync('.', join(root, 'loop'));
    symlinkSync('self', join(root, 'self'));
    const server = await serve(root);
    expect((await ask(server, '/api/library')).status).toBe(200);
    expect((await ask(server, '/api/file/self/config.json')).status).toBe(404);
  });
});

test('only regular files are served, so a pipe or a folder of that name holds nobody up', async () => {
  const { root } = nested();
  expect(spawnSync('mkfifo', [join(root, 'a/episodes/pipe.rlrec')]).status).toBe(0);
  mkdirSync(join(root, 'a/episodes/folder.rlrec'));
  const server = await serve(root);
  expect((await ask(server, '/api/file/a/episodes/pipe.rlrec')).status).toBe(404);
  expect((await ask(server, '/api/file/a/episodes/folder.rlrec')).status).toBe(404);
  expect((await ask(server, '/api/library')).text).not.toMatch(/pipe|folder/);
});

test('one recording as the root opens nothing beside it', async () => {
  const { root } = nested();
  linkSync(join(root, 'a/episodes/1.rlrec'), join(root, 'a/episodes/2.rlrec'));
  const server = await serve(join(root, 'a/episodes/1.rlrec'));
  expect((await ask(server, '/api/file/1.rlrec')).text).toBe('one');
  for (const path of ['2.rlrec', 'episodes/1.rlrec', '1.rlrec/1.rlrec', 'config.json']) {
    expect((await ask(server, `/api/file/${path}`)).status, path).toBe(404);
  }
});

test('one run as the root opens nothing beside it', async () => {
  const { root } = nested();
  write(root, 'b/config.json', SECRET);
  const server = await serve(join(root, 'a'));
  expect((await ask(server, '/api/file/a/config.json')).text).toBe('{}');
  for (const path of ['config.json', 'b/config.json', 'episodes/1.rlrec', 'a/a/config.json']) {
    expect((await ask(server, `/api/file/${path}`)).status, path).toBe(404);
  }
});

test('a link to a recording is served only if its own name is that of one', async () => {
  const { root } = nested();
  symlinkSync('1.rlrec', join(root, 'a/episodes/notes.txt'));
  const server = await serve(root);
  expect((await ask(server, '/api/file/a/episodes/notes.txt')).status).toBe(404);
});

describe('a name in a path', () => {
  test.each([
    '',
    '.',
    '..',
    '.a',
    'a/b',
    '/',
    'a\\b',
    'C:',
    'c:a',
    'a\0',
    'a\n',
    '\x7f',
    '\ud800',
    'a'.repeat(256),
  ])('may not be %j', (name) => {
    expect(isSafeName(name)).toBe(false);
  });

  test.each(['a', 'a..b', 'a.', '~', 'PPO 3:2', '日本', '%2e', 'a'.repeat(255)])(
    'may be %j',
    (name) => {
      expect(isSafeName(name)).toBe(true);
      expect(splitPath(`a/${name}`)).toEqual(['a', name]);
      expect(splitUrlPath(`a/${encodeURIComponent(name)}`)).toEqual(['a', name]);
    },
  );

  test('and all of them together have an end', () => {
    const long = `a/${'b/'.repeat(2050)}c`;
    expect(splitPath(long)).toMatchObject({ status: 414 });
    expect(splitUrlPath(long)).toMatchObject({ status: 414 });
  });
});

/** Pieces that an attacker would put together, plain and encoded. */
const piece = fc.constantFrom(
  ...['..', '.', '/', '\\', '%2e', '%2E%2E', '%2f', '%5c', '%00', '%25', 'a', 'runs', 'C:', '~'],
  ...['secret.rlrec', 'config.json', 'a/config.json', 'episodes', '1.rlrec', '//', '%', 'é', ' '],
);

test('whatever path is asked for, what is found lies in the root and may be served', async () => {
  const { outside, root } = nested();
  symlinkSync(outside, join(root, 'a/episodes/runs'));
  const served = await openRoot(root);
  const paths = fc.oneof(
    fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
    fc.string({ maxLength: 40 }),
    fc.string({ maxLength: 20, unit: 'binary' }),
  );
  await fc.assert(
    fc.asyncProperty(paths, async (path) => {
      const names = splitUrlPath(path);
      if (isRefusal(names)) return;
      expect(names.every(isSafeName)).toBe(true);
      const found = await locate(served, names);
      if (isRefusal(found)) return;
      expect(found.startsWith(`${root}/a/`)).toBe(true);
      expect(found).toMatch(/\/(config\.json|metrics\.jsonl|[^/]+\.rlrec)$/);
    }),
    { numRuns: 1500, seed: 1 },
  );
});

test('a sibling whose name begins with that of the root lies outside', () => {
  const root = { kind: 'runs', name: 'runs', path: '/x/runs' } as const;
  expect(isInside(root, '/x/runs')).toBe(true);
  expect(isInside(root, '/x/runs/a')).toBe(true);
  expect(isInside(root, '/x/runs/..a')).toBe(true);
  for (const path of ['/x/runs-too', '/x', '/', '/x/run', '/y/runs/a']) {
    expect(isInside(root, path), path).toBe(false);
  }
});
