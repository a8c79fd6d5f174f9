import { appendFileSync, renameSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRange } from '../../node/server/byte-range.ts';
import { defaultViewerFolder } from '../../node/server/viewer-folder.ts';
import { ask, folderOf, serve, write } from './server-fixture.ts';

const TEN = '0123456789';

async function serveTen() {
  const root = folderOf({ 'a.rlrec': TEN, 'empty.rlrec': '' });
  return { root, server: await serve(root) };
}

describe('a range of a file', () => {
  test.each([
    ['bytes=0-0', '0', 'bytes 0-0/10'],
    ['bytes=2-4', '234', 'bytes 2-4/10'],
    ['bytes=9-9', '9', 'bytes 9-9/10'],
    ['bytes=7-', '789', 'bytes 7-9/10'],
    ['bytes=0-', TEN, 'bytes 0-9/10'],
    ['bytes=8-100', '89', 'bytes 8-9/10'],
    ['bytes=8-99999999999999999999999', '89', 'bytes 8-9/10'],
    ['bytes=-3', '789', 'bytes 7-9/10'],
    ['bytes=-100', TEN, 'bytes 0-9/10'],
    ['BYTES=1-2', '12', 'bytes 1-2/10'],
  ])('%s is sent alone', async (range, text, contentRange) => {
    const { server } = await serveTen();
    const answer = await ask(server, '/api/file/a.rlrec', { headers: { Range: range } });
    expect(answer).toMatchObject({ status: 206, text });
    expect(answer.headers['content-range']).toBe(contentRange);
    expect(answer.headers['content-length']).toBe(String(text.length));
  });

  test.each(['bytes=10-', 'bytes=10-20', 'bytes=-0', `bytes=${'9'.repeat(400)}-`])(
    '%s lies outside',
    async (range) => {
      const { server } = await serveTen();
      const answer = await ask(server, '/api/file/a.rlrec', { headers: { Range: range } });
      expect(answer.status).toBe(416);
      expect(answer.headers['content-range']).toBe('bytes */10');
      expect(answer.text).not.toContain('0123');
    },
  );

  test.each(['bytes=', 'bytes=-', 'bytes=4-2', 'bytes=a-b', 'bytes=1-2,4-5', 'lines=1-2', '1-2'])(
    '%s is no range that we know, so the whole file is sent',
    async (range) => {
      const { server } = await serveTen();
      const answer = await ask(server, '/api/file/a.rlrec', { headers: { Range: range } });
      expect(answer).toMatchObject({ status: 200, text: TEN });
      expect(answer.headers['accept-ranges']).toBe('bytes');
    },
  );

  test('of an empty file does not exist', async () => {
    const { server } = await serveTen();
    const range = (value: string) =>
      ask(server, '/api/file/empty.rlrec', { headers: { Range: value } });
    expect((await range('bytes=0-')).status).toBe(416);
    expect((await range('bytes=-1')).status).toBe(416);
    expect(await ask(server, '/api/file/empty.rlrec')).toMatchObject({ status: 200, text: '' });
  });

  test('lies in the file, whatever was asked for', () => {
    const bound = fc.oneof(fc.nat(), fc.constant(''), fc.bigInt({ min: 0n }));
    fc.assert(
      fc.property(bound, bound, fc.nat(1000), (from, to, size) => {
        const range = parseRange(`bytes=${from}-${to}`, size);
        if (typeof range === 'string') return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.end).toBeGreaterThanOrEqual(range.start);
        expect(range.end).toBeLessThan(size);
      }),
      { numRuns: 1000, seed: 1 },
    );
  });

  test('counts only for the version that it was meant for', async () => {
    const { root, server } = await serveTen();
    const { etag = '' } = (await ask(server, '/api/file/a.rlrec')).headers;
    const ranged = (version: string) =>
      ask(server, '/api/file/a.rlrec', { headers: { Range: 'bytes=2-4', 'If-Range': version } });
    expect(await ranged(etag)).toMatchObject({ status: 206, text: '234' });
    expect(await ranged('"another"')).toMatchObject({ status: 200, text: TEN });
    expect(await ranged('Wed, 21 Oct 2015 07:28:00 GMT')).toMatchObject({ status: 200 });
    write(root, 'a.rlrec', 'abcdefghijk');
    expect(await ranged(etag)).toMatchObject({ status: 200, text: 'abcdefghijk' });
  });
});

describe('a file', () => {
  test('of several megabytes arrives whole', async () => {
    const bytes = Buffer.alloc(5_000_000, 'palaestra');
    const server = await serve(folderOf({ 'a.rlrec': bytes }));
    const answer = await ask(server, '/api/file/a.rlrec');
    expect(answer.headers['content-length']).toBe('5000000');
    expect(answer.body.equals(bytes)).toBe(true);
  });

  test('changes its tag when its bytes or its time change, and has it again otherwise', async () => {
    const { root, server } = await serveTen();
    const tag = async () => (await ask(server, '/api/file/a.rlrec')).headers.etag;
    const before = await tag();
    expect(before).toMatch(/^"10-\d+"$/);
    expect(await tag()).toBe(before);
    utimesSync(join(root, 'a.rlrec'), 1000, 1000.001);
    const touched = await tag();
    expect(touched).not.toBe(before);
    appendFileSync(join(root, 'a.rlrec'), 'x');
    expect(await tag()).not.toBe(touched);
  });

  test('that the client has already is not sent again', async () => {
    const { server } = await serveTen();
    const { etag = '' } = (await ask(server, '/api/file/a.rlrec')).headers;
    const known = (header: string) =>
      ask(server, '/api/file/a.rlrec', { headers: { 'If-None-Match': header } });
    expect(await known(etag)).toMatchObject({ status: 304, text: '' });
    expect(await known(`"x", W/${etag}`)).toMatchObject({ status: 304 });
    expect(await known('"x"')).toMatchObject({ status: 200, text: TEN });
  });

  test('asked for by HEAD tells its length and sends nothing', async () => {
    const { server } = await serveTen();
    const headers = { Range: 'bytes=2-4' };
    const answer = await ask(server, '/api/file/a.rlrec', { method: 'HEAD', headers });
    expect(answer).toMatchObject({ status: 200, text: '' });
    expect(answer.headers['content-length']).toBe('10');
    const missing = await ask(server, '/api/file/b.rlrec', { method: 'HEAD' });
    expect(missing).toMatchObject({ status: 404, text: '' });
    const library = await ask(server, '/api/library', { method: 'HEAD' });
    expect(library).toMatchObject({ status: 200, text: '' });
  });

  test('that is replaced by a new one is sent anew', async () => {
    const { root, server } = await serveTen();
    write(root, 'new', 'new bytes!');
    renameSync(join(root, 'new'), join(root, 'a.rlrec'));
    expect((await ask(server, '/api/file/a.rlrec')).text).toBe('new bytes!');
  });

  test('may have any name that a run may have', async () => {
    const name = 'ppo Größe 100% #1?&+:;';
    const server = await serve(folderOf({ [`${name}/config.json`]: '{}' }));
    const path = `/api/file/${encodeURIComponent(name)}/config.json`;
    expect((await ask(server, path)).status).toBe(200);
  });
});

describe('the page', () => {
  const files = {
    'index.html': '<title>page</title>',
    'assets/index-BxY3_k9Z.js': 'code',
    'assets/style.css': 'p {}',
    'engine.wasm': 'wasm',
    'demo.rlrec': 'demo',
  };

  test.each([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/?src=runs/a.rlrec', 'text/html; charset=utf-8', 'no-cache'],
    ['/index.html', 'text/html; charset=utf-8', 'no-cache'],
    [
      '/assets/index-BxY3_k9Z.js',
      'text/javascript; charset=utf-8',
      'private, max-age=31536000, immutable',
    ],
    ['/assets/style.css', 'text/css; charset=utf-8', 'no-cache'],
    ['/engine.wasm', 'application/wasm', 'no-cache'],
    ['/demo.rlrec', 'application/octet-stream', 'no-cache'],
  ])('%s has the type %s and the cache rule %s', async (path, type, cache) => {
    const server = await serve(folderOf(), { viewerFolder: folderOf(files) });
    const { status, headers } = await ask(server, path, { token: null });
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(type);
    expect(headers['cache-control']).toBe(cache);
    expect(headers.etag).toBeDefined();
  });

  test('is needed before a server starts', async () => {
    const viewerFolder = folderOf();
    await expect(serve(folderOf(), { viewerFolder })).rejects.toThrow(
      /^startViewerServer: viewerFolder must hold index\.html, got .*Run `npm run build:viewer`\.$/,
    );
  });

  test('lies in dist/viewer of the package, for its source and its compiled form', () => {
    const root = folderOf({
      'package.json': '{}',
      'node/server/x.ts': '',
      'dist/node/server/x.js': '',
    });
    const viewer = join(root, 'dist', 'viewer');
    const url = (path: string) => pathToFileURL(join(root, path)).href;
    expect(defaultViewerFolder(url('node/server/x.ts'))).toBe(viewer);
    expect(defaultViewerFolder(url('dist/node/server/x.js'))).toBe(viewer);
  });
});
