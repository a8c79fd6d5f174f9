import { type FileHandle, open } from 'node:fs/promises';
import type { ByteSource } from '../training/zip/byte-source.ts';

/** A file as a source of bytes: pieces are read when they are asked for. */
export interface FileSource extends ByteSource {
  close(): Promise<void>;
}

/** @throws Error if there is no such file, or it cannot be read. */
export async function openFileSource(path: string): Promise<FileSource> {
  const file = await openFile(path);
  try {
    const stats = await file.stat();
    if (!stats.isFile()) throw new Error(`${path} must be a file, it is a folder or a device.`);
    return {
      size: stats.size,
      read: (start, end) => readPiece(file, start, end),
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function openFile(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r');
  } catch (error) {
    const missing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const why = missing ? 'There is no such file' : 'The file cannot be read';
    throw new Error(`${why}: ${path}.`, { cause: error });
  }
}

async function readPiece(file: FileHandle, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  let filled = 0;
  while (filled < bytes.length) {
    const { bytesRead } = await file.read(bytes, filled, bytes.length - filled, start + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}
