import { describe, expect, test } from 'vitest';
import { ask, askRaw, dial, folderOf, serve } from './server-fixture.ts';

const RUN = { 'run/config.json': '{"a":1}', 'run/metrics.jsonl': '' };

describe('the token', () => {
  test('is 128 random bits in hex, in the fragment of the address', async () => {
    const [a, b] = [await serve(folderOf()), await serve(folderOf())];
    expect(a.token).toMatch(/^[0-9a-f]{32}$/);
    expect(a.token).not.toBe(b.token);
    expect(a.url).toBe(`http://127.0.0.1:${a.port}/#k=${a.token}`);
  });

  test.each(['/api/library', '/api/file/run/config.json', '/api', '/api/nothing'])(
    'opens %s, which is shut without it',
    async (path) => {
      const server = await serve(folderOf(RUN));
      const wrong = `${server.token.slice(0, -1)}${server.token.endsWith('0') ? '1' : '0'}`;
      for (const token of [null, '', 'x', wrong, `${server.token}0`]) {
        expect((await ask(server, path, { token })).status).toBe(401);
      }
      expect((await ask(server, path)).status).not.toBe(401);
    },
  );

  test('counts only as a bearer header, not in the address or a cookie', async () => {
    const server = await serve(folderOf(RUN));
    const cookie = { headers: { Cookie: `token=${server.token}` }, token: null };
    const basic = { headers: { Authorization: `Basic ${server.token}` }, token: null };
    expect((await ask(server, '/api/library', cookie)).status).toBe(401);
    expect((await ask(server, '/api/library', basic)).status).toBe(401);
    const query = `/api/library?k=${server.token}&token=${server.token}`;
    expect((await ask(server, query, { token: null })).status).toBe(401);
  });

  test('is not needed for the page, which holds no data', async () => {
    const server = await serve(folderOf(RUN));
    expect((await ask(server, '/', { token: null })).status).toBe(200);
  });

  test('may be given, but not a weak one, which the error does not repeat', async () => {
    const token = 'abcdefghij-ABCDEFGHIJ_0123';
    expect((await serve(folderOf(), { token })).token).toBe(token);
    await expect(serve(folderOf(), { token: 'hunter2' })).rejects.toThrow(
      /^startViewerServer: token must have 22 to 128 letters.*got 7 characters/,
    );
    await expect(serve(folderOf(), { token: `${token}, x` })).rejects.toThrow(RangeError);
    await expect(serve(folderOf(), { token: 'hunter2' })).rejects.not.toThrow(/hunter2/);
  });

  test('never comes back in an answer', async () => {
    const server = await serve(folderOf(RUN));
    for (const path of ['/', '/api/library', '/api/nothing', `/api/file/${server.token}`]) {
      const { headers, text } = await ask(server, path);
      expect(JSON.stringify(headers) + text).not.toContain(server.token);
    }
    const live = await dial(server);
    expect(live.socket.protocol).toBe('palaestra.v1');
  });
});

describe('the Host header', () => {
  test.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    '127.0.0.1:1',
    '127.0.0.1.evil.example:PORT',
    'localhost.evil.example:PORT',
    '127.0.0.1:PORT.evil.example',
    '127.0.0.1:PORT@evil.example',
    '0.0.0.0:PORT',
    '[::]:PORT',
    '2130706433:PORT',
    'localhost.:PORT',
  ])('%s is refused for data and page alike', async (host) => {
    const server = await serve(folderOf(RUN));
    const headers = { Host: host.replace('PORT', String(server.port)) };
    expect((await ask(server, '/api/library', { headers })).status).toBe(421);
    expect((await ask(server, '/', { headers })).status).toBe(421);
  });

  test.each(['127.0.0.1', 'localhost', 'LocalHost', '[::1]'])('%s is ours', async (name) => {
    const server = await serve(folderOf(RUN));
    const headers = { Host: `${name}:${server.port}` };
    expect((await ask(server, '/api/library', { headers })).status).toBe(200);
  });

  test('must be there, and once', async () => {
    const server = await serve(folderOf(RUN));
    const own = `Host: 127.0.0.1:${server.port}\r\n`;
    expect(await askRaw(server, 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1.1 421/);
    const twice = `GET / HTTP/1.1\r\n${own}Host: evil.example\r\nConnection: close\r\n\r\n`;
    expect(await askRaw(server, twice)).toMatch(/^HTTP\/1.1 4(00|21)/);
  });

  test('is not overridden by an absolute target', async () => {
    const server = await serve(folderOf(RUN));
    const head = `Host: 127.0.0.1:${server.port}\r\nConnection: close\r\n\r\n`;
    expect(await askRaw(server, `GET http://evil.example/ HTTP/1.1\r\n${head}`)).toMatch(
      /^HTTP\/1.1 400/,
    );
  });

  test('of a chosen address is that address, and no foreign name', async () => {
    const server = await serve(folderOf(RUN), { host: '0.0.0.0' });
    expect((await ask(server, '/api/library')).status).toBe(200);
    const headers = { Host: `evil.example:${server.port}` };
    expect((await ask(server, '/api/library', { headers })).status).toBe(421);
  });
});

describe('the Origin header', () => {
  const FOREIGN = [
    'http://evil.example',
    'null',
    'https://127.0.0.1:PORT',
    'http://localhost:PORT',
    'http://127.0.0.1:1',
    'http://127.0.0.1',
  ];

  test.each(FOREIGN)('%s is refused', async (origin) => {
    const server = await serve(folderOf(RUN));
    const headers = { Origin: origin.replace('PORT', String(server.port)) };
    expect((await ask(server, '/api/library', { headers })).status).toBe(403);
    expect((await ask(server, '/', { headers })).status).toBe(403);
  });

  test('may be absent or our own in a request', async () => {
    const server = await serve(folderOf(RUN));
    const headers = { Origin: `http://127.0.0.1:${server.port}` };
    expect((await ask(server, '/api/library', { headers })).status).toBe(200);
    expect((await ask(server, '/api/library')).status).toBe(200);
  });

  test.each([...FOREIGN, null])('%s is refused a live socket', async (origin) => {
    const server = await serve(folderOf(RUN));
    const actual = origin?.replace('PORT', String(server.port)) ?? null;
    await expect(dial(server, { origin: actual })).rejects.toThrow('403');
  });
});

describe('a live socket', () => {
  test('needs the token among its subprotocols', async () => {
    const server = await serve(folderOf(RUN));
    const dialWith = (...protocols: string[]) => dial(server, { protocols });
    await expect(dialWith('palaestra.v1')).rejects.toThrow('401');
    await expect(dialWith('palaestra.v1', 'token.x')).rejects.toThrow('401');
    await expect(dialWith('palaestra.v1', server.token)).rejects.toThrow('401');
    await expect(dialWith(`token.${server.token}`)).rejects.toThrow('400');
    await expect(dial(server)).resolves.toBeDefined();
  });

  test('needs our own Host and the right path', async () => {
    const server = await serve(folderOf(RUN));
    const host = `evil.example:${server.port}`;
    const rebound = { headers: { Host: host }, origin: `http://${host}` };
    await expect(dial(server, rebound)).rejects.toThrow('421');
    await expect(dial(server, { path: '/api/library' })).rejects.toThrow('404');
    await expect(dial(server, { path: '/' })).rejects.toThrow('404');
  });

  test('is given to a limited number of viewers at once', async () => {
    const server = await serve(folderOf(RUN));
    const sockets = await Promise.all(Array.from({ length: 16 }, () => dial(server)));
    await expect(dial(server)).rejects.toThrow('503');
    const gone = sockets[0].closed();
    sockets[0].socket.close();
    await gone;
    await expect
      .poll(() =>
        dial(server)
          .then(() => true)
          .catch(() => false),
      )
      .toBe(true);
  });
});

describe('a request', () => {
  test.each(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND'])(
    'with the verb %s is refused',
    async (method) => {
      const server = await serve(folderOf(RUN));
      for (const path of ['/', '/api/library', '/api/file/run/config.json']) {
        const { status, headers } = await ask(server, path, { method });
        expect(status).toBe(405);
        expect(headers.allow).toBe('GET, HEAD');
      }
    },
  );

  test('is told errors as small JSON', async () => {
    const { text, headers, status } = await ask(await serve(folderOf()), '/api/nothing');
    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(text)).toEqual({ error: expect.stringMatching(/\.$/) });
  });

  test('with huge headers is refused', async () => {
    const headers = { 'X-Filler': 'x'.repeat(20_000) };
    expect((await ask(await serve(folderOf()), '/', { headers })).status).toBe(431);
  });
});

describe('every answer', () => {
  test.each(['/', '/api/library', '/api/file/run/config.json', '/nothing', '/api/nothing'])(
    'at %s restricts what a browser may do with it',
    async (path) => {
      const server = await serve(folderOf(RUN));
      const { headers } = await ask(server, path);
      expect(headers['content-security-policy']).toBe(
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; img-src 'self' blob: data:; worker-src 'self' blob:; style-src 'self'; " +
          `connect-src 'self' ws://127.0.0.1:${server.port}; ` +
          "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['cross-origin-resource-policy']).toBe('same-origin');
      expect(headers['cross-origin-opener-policy']).toBe('same-origin');
      expect(headers['cross-origin-embedder-policy']).toBe('require-corp');
      expect(headers['referrer-policy']).toBe('no-referrer');
      expect(headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  test('names the live socket of the host that was asked', async () => {
    const server = await serve(folderOf());
    const policy = async (host: string) =>
      (await ask(server, '/', { headers: { Host: host } })).headers['content-security-policy'];
    expect(await policy(`localhost:${server.port}`)).toContain(`ws://localhost:${server.port};`);
    expect(await policy('evil.example')).toContain(`ws://127.0.0.1:${server.port};`);
  });

  test('with data is not to be stored', async () => {
    const server = await serve(folderOf(RUN));
    for (const path of ['/api/library', '/api/file/run/config.json', '/api/nothing']) {
      expect((await ask(server, path)).headers['cache-control']).toBe('no-store');
    }
  });
});
