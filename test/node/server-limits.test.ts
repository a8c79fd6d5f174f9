import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { expect, test, vi } from 'vitest';
import { cleanUp, folderOf, serve } from './server-fixture.ts';

const servers: Server[] = [];

vi.mock('node:http', async (importOriginal) => {
  const real = await importOriginal<typeof import('node:http')>();
  const createServer = (...parameters: Parameters<typeof real.createServer>) => {
    const server = real.createServer(...parameters);
    servers.push(server);
    return server;
  };
  return { ...real, createServer };
});

test('a client that dawdles is cut off', async () => {
  await serve(folderOf());
  expect(servers.length).toBeGreaterThan(0);
  for (const server of servers) {
    expect(server.headersTimeout).toBe(10_000);
    expect(server.requestTimeout).toBe(30_000);
    expect(server.keepAliveTimeout).toBe(5_000);
    expect(server.timeout).toBe(120_000);
  }
});

test('at most 128 connections are open at once', async () => {
  const server = await serve(folderOf());
  const sockets: Socket[] = [];
  let closed = 0;
  cleanUp(() => sockets.map((socket) => socket.destroy()));
  for (let i = 0; i < 135; i++) {
    const socket = connect(server.port, '127.0.0.1');
    socket.on('error', () => undefined);
    socket.on('close', () => closed++);
    sockets.push(socket);
  }
  await expect.poll(() => closed, { timeout: 3000 }).toBe(7);
});
