import type { FileHandle } from 'node:fs/promises';
import { openRegularFile } from './open-file.ts';

/** Bytes read at once, and the longest line that is sent. */
const CHUNK = 256 * 1024;
/** Bytes before the offset by which a rewritten file is told from one that has grown. */
const FINGERPRINT = 64;
const NEWLINE = 10;

/** Lines that were appended to a metrics file. */
export interface MetricsChunk {
  /** Byte offset of the first line. */
  readonly offset: number;
  /** Byte offset after the last line: where to go on. */
  readonly end: number;
  /** Each line that is a JSON object. */
  readonly lines: readonly object[];
  /** Present where the file was truncated or rewritten: forget all lines before. */
  readonly reset?: true;
}

/** What is said once of a file that was removed. */
const GONE: MetricsChunk = { offset: 0, end: 0, lines: [], reset: true };

/**
 * Reads a growing file of JSON lines, whole lines only.
 *
 * A file that shrank, or whose bytes before the offset are not those read before (a resumed run
 * cuts its metrics back to the checkpoint), is read again from its start.
 */
export class MetricsTail {
  #offset: number;
  /** The bytes before `#offset`; unknown until the first read. */
  #before: Buffer | undefined;

  /** @param offset Bytes that were read already; the end of a line. */
  constructor(offset: number) {
    this.#offset = offset;
  }

  /** @returns the next lines, at most 256 KiB of them; `undefined` where there is nothing new. */
  async next(file: string | undefined): Promise<MetricsChunk | undefined> {
    const opened = file === undefined ? undefined : await openRegularFile(file);
    if (opened === undefined) return this.#restart() ? GONE : undefined;
    try {
      const reset = !(await this.#isSameFile(opened.handle)) && this.#restart();
      return await this.#read(opened.handle, reset);
    } finally {
      await opened.handle.close();
    }
  }

  async #read(handle: FileHandle, reset: boolean): Promise<MetricsChunk | undefined> {
    const start = this.#offset;
    const bytes = await readAt(handle, start, CHUNK);
    const length = bytes.lastIndexOf(NEWLINE) + 1;
    // A line that fills the whole chunk is passed over; its rest is no JSON and falls away.
    this.#advance(bytes, length === 0 && bytes.length === CHUNK ? CHUNK : length);
    const lines = parseLines(bytes.subarray(0, length));
    if (lines.length === 0 && !reset) return undefined;
    return { offset: start, end: this.#offset, lines, ...(reset ? { reset } : {}) };
  }

  async #isSameFile(handle: FileHandle): Promise<boolean> {
    if (this.#offset === 0) return true;
    const length = this.#before?.length ?? Math.min(FINGERPRINT, this.#offset);
    const before = await readAt(handle, this.#offset - length, length);
    if (this.#before !== undefined) return before.equals(this.#before); // not if it shrank either
    this.#before = before;
    return before[length - 1] === NEWLINE;
  }

  #advance(bytes: Buffer, length: number): void {
    const known = Buffer.concat([this.#before ?? Buffer.alloc(0), bytes.subarray(0, length)]);
    this.#before = Buffer.from(known.subarray(Math.max(0, known.length - FINGERPRINT)));
    this.#offset += length;
  }

  /** @returns true where there was something to forget. */
  #restart(): boolean {
    const had = this.#offset > 0;
    this.#offset = 0;
    this.#before = undefined;
    return had;
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function parseLines(bytes: Buffer): object[] {
  const lines: object[] = [];
  for (const line of bytes.toString('utf8').split('\n')) {
    const value = parseLine(line);
    if (value !== undefined) lines.push(value);
  }
  return lines;
}

/** A broken line, as a crash may leave one, is passed over. */
function parseLine(line: string): object | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
