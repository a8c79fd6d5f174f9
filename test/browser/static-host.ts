import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { VIEWER_FOLDER } from './viewer.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
};

/** A host of plain files, as project pages are: the viewer in a subfolder, no ranges, no server. */
export interface StaticHost {
  /** Address of the viewer. */
  readonly url: string;
  close(): void;
}

/** @param extra More files beside the viewer, by their path in its folder. */
export async function startStaticHost(
  extra: Readonly<Record<string, Uint8Array | string>>,
): Promise<StaticHost> {
  const server: Server = createServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '/').replace(/[?#].*/, ''));
    const name = path.replace(/^\/some\/where\//, '') || 'index.html';
    const content = extra[name] ?? readBuilt(name);
    if (content === null) {
      response.writeHead(404).end();
      return;
    }
    const type = TYPES[extname(name)] ?? 'application/octet-stream';
    response.writeHead(200, { 'Content-Type': type }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/some/where/`, close: () => server.close() };
}

function readBuilt(name: string): Buffer | null {
  if (!/^[\w./-]+$/.test(name) || name.includes('..')) return null;
  try {
    return readFileSync(join(VIEWER_FOLDER, name));
  } catch {
    return null;
  }
}
