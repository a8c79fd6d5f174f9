import type { IncomingMessage, ServerResponse } from 'node:http';
import { ownAuthorities, ownOrigin } from './authority.ts';
import { refuseRequest, refuseToken } from './guard.ts';
import type { LibrarySource } from './library-source.ts';
import { isRefusal, type Refusal, refusal, sendRefusal } from './refusal.ts';
import { splitUrlPath } from './safe-path.ts';
import { securityHeaders } from './security-headers.ts';
import { sendFile } from './send-file.ts';
import { locate, type ServedRoot } from './served-root.ts';
import { locateViewerFile, viewerCacheControl } from './viewer-folder.ts';

/** What answers are made from. */
export interface Served {
  readonly root: ServedRoot;
  readonly library: LibrarySource;
  /** The built viewer, links resolved. */
  readonly viewerFolder: string;
  readonly token: string;
  /** The address that the user chose to listen on, if any. */
  readonly host: string | undefined;
}

const FILE_PREFIX = '/api/file/';

/** Answers one request. Never rejects: what goes wrong becomes an answer or a cut connection. */
export async function handleRequest(
  served: Served,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const refused = open(served, request, response) ?? (await answer(served, request, response));
    if (refused !== undefined) sendRefusal(response, refused);
  } catch {
    if (response.headersSent) response.destroy();
    else sendRefusal(response, refusal(500, 'The server could not read its files.'));
  }
}

/** Sets the headers of every answer, and lets through only what may come in. */
function open(
  { host }: Served,
  request: IncomingMessage,
  response: ServerResponse,
): Refusal | undefined {
  const port = request.socket.localPort ?? 0;
  const refused = refuseRequest(request, ownAuthorities(host, port));
  const fallback = ownOrigin(host, port).slice('http://'.length);
  const authority = refused === undefined ? (request.headers.host ?? fallback) : fallback;
  for (const [name, value] of Object.entries(securityHeaders(authority))) {
    response.setHeader(name, value);
  }
  return refused;
}

async function answer(
  served: Served,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Refusal | undefined> {
  const target = request.url ?? '';
  if (!target.startsWith('/')) return refusal(400, 'The target must begin with a slash.');
  const pathname = target.split('?', 1)[0];
  if (pathname !== '/api' && !pathname.startsWith('/api/')) {
    return answerViewer(served, pathname, request, response);
  }
  const refused = refuseToken(request, served.token);
  if (refused !== undefined) return refused;
  if (pathname === '/api/library') return answerLibrary(served, request, response);
  if (pathname.startsWith(FILE_PREFIX)) return answerFile(served, pathname, request, response);
  return refusal(404, 'There is no such thing here. Use /api/library, /api/file/… or /api/live.');
}

async function answerViewer(
  { viewerFolder }: Served,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Refusal | undefined> {
  const file = await locateViewerFile(viewerFolder, pathname);
  if (isRefusal(file)) return file;
  await sendFile(request, response, file, viewerCacheControl(pathname));
  return undefined;
}

async function answerLibrary(
  { library }: Served,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<undefined> {
  const text = await library.text();
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Content-Length', Buffer.byteLength(text));
  response.end(request.method === 'HEAD' ? undefined : text);
}

async function answerFile(
  { root }: Served,
  pathname: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<Refusal | undefined> {
  const names = splitUrlPath(pathname.slice(FILE_PREFIX.length));
  if (isRefusal(names)) return names;
  const file = await locate(root, names);
  if (isRefusal(file)) return file;
  await sendFile(request, response, file, 'no-store');
  return undefined;
}
