import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Codec } from '../../../training/recording/codec.ts';
import { type ByteSource, bytesSource } from '../../../training/zip/byte-source.ts';
import { codec } from './sample.ts';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function memory(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/**
 * Runs `use` and measures how far memory grows beyond what it was, in bytes: heap and array
 * buffers, garbage that has not been collected included, at every read, before and after every
 * inflation, and at the end.
 */
export async function memoryGrowth(
  bytes: Uint8Array,
  use: (source: ByteSource, codec: Codec) => Promise<unknown>,
): Promise<{
  readonly growth: number;
  readonly error: Error | null;
  readonly milliseconds: number;
}> {
  collectGarbage();
  const before = memory();
  const started = performance.now();
  let most = before;
  const sample = <T>(value: T): T => {
    most = Math.max(most, memory());
    return value;
  };
  const watched: Codec = {
    deflate: codec.deflate,
    inflate: (data, size) => sample(codec.inflate(sample(data), size)),
  };
  const source = bytesSource(bytes);
  let error: Error | null = null;
  try {
    await use(
      { size: source.size, read: async (a, b) => sample(await source.read(a, b)) },
      watched,
    );
  } catch (caught) {
    error = caught as Error;
  }
  sample(null);
  return { growth: most - before, error, milliseconds: performance.now() - started };
}
