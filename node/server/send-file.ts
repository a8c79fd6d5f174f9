import type { FileHandle } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { type ByteRange, parseRange } from './byte-range.ts';
import { contentType } from './content-type.ts';
import { type OpenFile, openRegularFile } from './open-file.ts';
import { refusal, sendRefusal } from './refusal.ts';

/**
 * Answers with the bytes of a file, or with the range of them that was asked for.
 *
 * @param file A real path that was checked to lie where it may.
 * @param cacheControl The `Cache-Control` of the answer.
 */
export async function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  file: string,
  cacheControl: string,
): Promise<void> {
  const opened = await openRegularFile(file);
  if (opened === undefined) {
    return sendRefusal(response, refusal(404, 'There is no such file here.'));
  }
  try {
    response.setHeader('Content-Type', contentType(file));
    response.setHeader('Cache-Control', cacheControl);
    await sendOpenFile(request, response, opened);
  } finally {
    await opened.handle.close();
  }
}

async function sendOpenFile(
  request: IncomingMessage,
  response: ServerResponse,
  { handle, stats }: OpenFile,
): Promise<void> {
  const { size } = stats;
  const tag = entityTag(stats);
  response.setHeader('ETag', tag);
  response.setHeader('Accept-Ranges', 'bytes');
  if (matches(request.headers['if-none-match'], tag)) return void response.writeHead(304).end();

  const range = requestedRange(request, size, tag);
  if (range === 'unsatisfiable') {
    response.setHeader('Content-Range', `bytes */${size}`);
    return sendRefusal(response, refusal(416, `The file has only ${size} bytes.`));
  }
  if (range !== 'all') {
    response.statusCode = 206;
    response.setHeader('Content-Range', `bytes ${range.start}-${range.end}/${size}`);
  }
  const { start, end } = range === 'all' ? { start: 0, end: size - 1 } : range;
  response.setHeader('Content-Length', end - start + 1);
  if (request.method === 'HEAD' || end < start) return void response.end();
  await sendBytes(response, handle, start, end);
}

/** Changes whenever the file does, to the microsecond. */
function entityTag({ size, mtimeMs }: { size: number; mtimeMs: number }): string {
  return `"${size}-${Math.round(mtimeMs * 1000)}"`;
}

/** Whether the client has this version already. */
function matches(header: string | undefined, tag: string): boolean {
  const tags = header?.split(',').map((item) => item.trim().replace(/^W\//, '')) ?? [];
  return tags.includes(tag) || header?.trim() === '*';
}

/** A range counts for GET only, and not if it was meant for another version (`If-Range`). */
function requestedRange(
  { headers, method }: IncomingMessage,
  size: number,
  tag: string,
): ByteRange | 'all' | 'unsatisfiable' {
  const meant = headers['if-range'];
  if (method !== 'GET' || (meant !== undefined && meant !== tag)) return 'all';
  return parseRange(headers.range, size);
}

/** Sends bytes `start` … `end`; cuts the connection should the file have shrunk meanwhile. */
async function sendBytes(
  response: ServerResponse,
  handle: FileHandle,
  start: number,
  end: number,
): Promise<void> {
  const reader = handle.createReadStream({ start, end, autoClose: false });
  try {
    await pipeline(reader, response, { end: false });
  } catch {
    response.destroy(); // the client went away, or the disk failed
  }
  if (reader.bytesRead === end - start + 1) response.end();
  else response.destroy();
}
