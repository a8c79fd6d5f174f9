/** Servers, requests and live sockets for the tests of the viewer's server. Loopback only. */

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { connect as netConnect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach } from 'vitest';
import { WebSocket } from 'ws';
import {
  startViewerServer,
  type ViewerServer,
  type ViewerServerOptions,
} from '../../node/server/viewer-server.ts';

const cleanups: (() => unknown)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** Runs when the test is over, last come first served. */
export function cleanUp(task: () => unknown): void {
  cleanups.push(task);
}

/** A folder of its own, holding `files` by their paths. */
export function folderOf(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'palaestra-server-')));
  cleanUp(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) write(folder, path, content);
  return folder;
}

/** Writes a file and the folders above it. */
export function write(folder: string, path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), content);
}

/** A server on any port, with a viewer of one page, closed after the test. */
export async function serve(
  root: string,
  options: Partial<ViewerServerOptions> = {},
): Promise<ViewerServer> {
  const viewerFolder = options.viewerFolder ?? folderOf({ 'index.html': '<title>page</title>' });
  const server = await startViewerServer({ port: 0, ...options, root, viewerFolder });
  cleanUp(() => server.close());
  return server;
}

/** An answer, read to its end. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly text: string;
}

/** What a request may differ in; `token: null` sends none. */
export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly token?: string | null;
  readonly address?: string;
}

/** Sends `path` exactly as it is, with the token unless told otherwise. */
export function ask(server: ViewerServer, path: string, options: Ask = {}): Promise<Answer> {
  const { method = 'GET', token = server.token, address = '127.0.0.1' } = options;
  const headers = {
    ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    ...options.headers,
  } as Record<string, string>;
  return new Promise((resolve, reject) => {
    const target = { host: address, port: server.port, path, method, headers, agent: false };
    const sent = httpRequest(target, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const body = Buffer.concat(chunks);
        const { statusCode: status = 0, headers } = response;
        resolve({ status, headers, body, text: body.toString() });
      });
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** The JSON of an answer. */
export async function askJson(server: ViewerServer, path: string): Promise<unknown> {
  return JSON.parse((await ask(server, path)).text);
}

/** Sends bytes as they are and returns all that comes back until the server hangs up. */
export function askRaw(server: ViewerServer, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = netConnect(server.port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}

/** A message of the live socket. */
export type LiveMessage = { readonly type: string } & Readonly<Record<string, unknown>>;

/** The client's end of a live socket. */
export class LiveSocket {
  readonly socket: WebSocket;
  readonly #waiting: LiveMessage[] = [];
  #wake: () => void = () => undefined;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data) => {
      this.#waiting.push(JSON.parse(String(data)));
      this.#wake();
    });
    cleanUp(() => socket.terminate());
  }

  /** Sends an object as JSON, a text or bytes as they are. */
  say(message: object | string | Buffer): void {
    const plain = typeof message === 'string' || Buffer.isBuffer(message);
    this.socket.send(plain ? message : JSON.stringify(message));
  }

  /** The next message of a type; others before it are dropped. */
  async next(type: string): Promise<LiveMessage> {
    for (;;) {
      const found = this.#waiting.findIndex((message) => message.type === type);
      if (found >= 0) return this.#waiting.splice(0, found + 1)[found];
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  /** Whether a message of the type comes within some ms. */
  async hears(type: string, within: number): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, within));
    return this.#waiting.some((message) => message.type === type);
  }

  /** How the server ends the connection. */
  closed(): Promise<{ code: number; reason: string }> {
    return new Promise((resolve) => {
      this.socket.on('close', (code, reason) => resolve({ code, reason: String(reason) }));
    });
  }
}

/** What the request for a live socket may differ in. */
export interface Dial {
  readonly path?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly protocols?: string[];
  readonly origin?: string | null;
}

/** Opens a live socket as the viewer's page does; rejects with the status of a refusal. */
export function dial(server: ViewerServer, options: Dial = {}): Promise<LiveSocket> {
  const { path = '/api/live', protocols = ['palaestra.v1', `token.${server.token}`] } = options;
  const own = `http://127.0.0.1:${server.port}`;
  const origin = options.origin === undefined ? own : options.origin;
  const socket = new WebSocket(`ws://127.0.0.1:${server.port}${path}`, protocols, {
    headers: { ...options.headers },
    ...(origin === null ? {} : { origin }),
  });
  const live = new LiveSocket(socket);
  return new Promise((resolve, reject) => {
    socket.on('open', () => resolve(live));
    socket.on('error', reject);
  });
}

/** The path of a run or recording in a library, and so on: enough of its type for the tests. */
export interface SeenLibrary {
  readonly root: string;
  readonly truncated?: true;
  readonly runs: readonly {
    readonly path: string;
    readonly live: boolean;
    readonly modified: number;
    readonly config: Readonly<Record<string, unknown>> | null;
    readonly metrics: { readonly size: number } | null;
    readonly recordings: readonly { readonly path: string; readonly size: number }[];
  }[];
  readonly recordings: readonly { readonly path: string; readonly size: number }[];
}

/** The library as the API tells it. */
export async function askLibrary(server: ViewerServer): Promise<SeenLibrary> {
  return (await askJson(server, '/api/library')) as SeenLibrary;
}
