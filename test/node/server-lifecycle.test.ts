import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { startViewerServer } from '../../node/server/viewer-server.ts';
import { ask, cleanUp, dial, folderOf, serve } from './server-fixture.ts';

/** Takes a port, 0 for any, until the end of the test. */
async function takePort(port: number): Promise<number> {
  const server = createServer();
  cleanUp(() => new Promise((resolve) => server.close(resolve)));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

describe('a server', () => {
  test('without a wish takes port 7860 or one near it, and the next where that is taken', async () => {
    const viewerFolder = folderOf({ 'index.html': '' });
    const start = async () => {
      const server = await startViewerServer({ root: folderOf(), viewerFolder });
      cleanUp(() => server.close());
      return server;
    };
    const first = await start();
    const second = await start();
    expect(first.port).toBeGreaterThanOrEqual(7860);
    expect(second.port).toBeGreaterThan(first.port);
  });

  test('asked for a port that is taken says so', async () => {
    const port = await takePort(0);
    await expect(serve(folderOf(), { port })).rejects.toThrow(
      `startViewerServer: port ${port} of 127.0.0.1 must be free, got one in use. Give another port, or 0 for any.`,
    );
  });

  test.each([-1, 65536, 1.5, Number.NaN])('does not take %d for a port', async (port) => {
    await expect(serve(folderOf(), { port })).rejects.toThrow(RangeError);
  });

  test('answers on both addresses of the loopback, and no other', async () => {
    const server = await serve(folderOf());
    const headers = { Host: `localhost:${server.port}` };
    expect((await ask(server, '/', { headers })).status).toBe(200);
    expect((await ask(server, '/', { headers, address: '::1' })).status).toBe(200);
    await expect(ask(server, '/', { headers, address: '127.0.0.2' })).rejects.toThrow(
      'ECONNREFUSED',
    );
  });

  test('listens where it is told to', async () => {
    const server = await serve(folderOf(), { host: '127.0.0.2' });
    expect(server.url).toBe(`http://127.0.0.2:${server.port}/#k=${server.token}`);
    expect((await ask(server, '/', { address: '127.0.0.2' })).status).toBe(200);
    const headers = { Host: `127.0.0.1:${server.port}` };
    expect((await ask(server, '/', { address: '127.0.0.2', headers })).status).toBe(421);
    await expect(ask(server, '/')).rejects.toThrow('ECONNREFUSED');
    const six = await serve(folderOf(), { host: '::1' });
    expect(six.url).toContain(`http://[::1]:${six.port}/#k=`);
  });

  test('does not listen on an address of another machine', async () => {
    await expect(serve(folderOf(), { host: '192.0.2.1' })).rejects.toThrow(
      /^startViewerServer: host must be an address of this machine, got 192\.0\.2\.1/,
    );
  });

  test('needs a root that exists, a folder or a recording', async () => {
    const root = folderOf({ 'notes.txt': '' });
    await expect(serve(`${root}/missing`)).rejects.toThrow(
      /^startViewerServer: root must be a folder or a \.rlrec file, got .*ENOENT/,
    );
    await expect(serve(`${root}/notes.txt`)).rejects.toThrow(/root must be a folder or a \.rlrec/);
  });
});

describe('close', () => {
  test('ends live sockets, open connections and the port, and may be called twice', async () => {
    const server = await serve(folderOf());
    const live = await dial(server);
    const idle = connect(server.port, '127.0.0.1');
    await new Promise((resolve) => idle.once('connect', resolve));
    const idleClosed = new Promise((resolve) => idle.once('close', resolve));
    const liveClosed = live.closed();
    await Promise.all([server.close(), server.close()]);
    expect(await liveClosed).toEqual({ code: 1001, reason: 'The server is closing.' });
    await idleClosed;
    await expect(ask(server, '/')).rejects.toThrow('ECONNREFUSED');
    await expect(ask(server, '/', { address: '::1' })).rejects.toThrow('ECONNREFUSED');
    await takePort(server.port);
  });

  test('does not wait for a viewer that never answers', async () => {
    const server = await serve(folderOf());
    const live = await dial(server);
    live.socket.pause();
    const begin = performance.now();
    await server.close();
    expect(performance.now() - begin).toBeLessThan(1500);
  });

  test('leaves nothing that keeps the process alive', async () => {
    const module = pathToFileURL('node/server/viewer-server.ts').href;
    const script = `
      import { WebSocket } from 'ws';
      import { startViewerServer } from ${JSON.stringify(module)};
      const [root, viewerFolder] = process.argv.slice(1);
      const server = await startViewerServer({ root, viewerFolder, port: 0 });
      const address = '127.0.0.1:' + server.port;
      await (await fetch('http://' + address + '/')).text();
      const protocols = ['palaestra.v1', 'token.' + server.token];
      const socket = new WebSocket('ws://' + address + '/api/live', protocols, { origin: 'http://' + address });
      await new Promise((resolve) => socket.once('message', resolve));
      socket.send(JSON.stringify({ type: 'subscribe', run: 'a', offset: 0 }));
      await new Promise((resolve) => setTimeout(resolve, 700)); // past a poll
      await server.close();
      console.log('closed');
    `;
    const folders = [folderOf(), folderOf({ 'index.html': '' })];
    const flags = ['--import', 'tsx', '--input-type=module', '-e', script];
    const child = spawn(process.execPath, [...flags, ...folders], { stdio: 'pipe' });
    cleanUp(() => child.kill());
    let closedAt = Infinity;
    child.stdout.on('data', () => {
      closedAt = performance.now();
    });
    const code = await new Promise((resolve) => child.on('exit', resolve));
    expect(code).toBe(0);
    expect(performance.now() - closedAt).toBeLessThan(1500); // no timer is waited for
  }, 15_000);
});
