import { readFileSync } from 'node:fs';
import { crc32 } from '../../training/zip/crc32.ts';

/** A recorded image: the CRC-32 of its bytes, and its first numbers. */
export interface ImageDigest {
  readonly crc32: number;
  readonly first: readonly number[];
}

/** What `bench/peers/make_image_golden.py` has recorded. */
export interface RecordedImages {
  readonly resizes: readonly (ImageDigest & {
    readonly seed: number;
    readonly from: readonly [number, number, number];
    readonly to: readonly [number, number];
  })[];
  readonly grays: readonly (ImageDigest & {
    readonly seed: number;
    readonly shape: readonly number[];
  })[];
  readonly games: readonly RecordedGame[];
}

/** A run of `dodge` under Gymnasium's AtariPreprocessing. */
export interface RecordedGame {
  readonly seed: number;
  readonly options: Readonly<Record<string, unknown>>;
  /** Frames after which the game truncates by itself; `null` for none. */
  readonly limit: number | null;
  readonly shape: readonly number[];
  readonly start: ImageDigest;
  readonly steps: readonly {
    readonly action: number;
    readonly reward: number;
    readonly terminated: boolean;
    readonly truncated: boolean;
    /** Of the observation. */
    readonly crc32: number;
    /** Of the first observation of the next episode, where one ended. */
    readonly next?: number;
  }[];
}

/** The recorded images. */
export function recordedImages(): RecordedImages {
  return JSON.parse(readFileSync(new URL('../golden/images.json', import.meta.url), 'utf8'));
}

/** The image that the recording calls by this seed, `size` bytes. */
export function recordedInput(seed: number, size: number): Uint8Array {
  return Uint8Array.from(
    { length: size },
    (_, i) => ((31 * i * i + 17 * i + 101 * seed) % 65521) % 256,
  );
}

/** The CRC-32 of the bytes of an array, little-endian. */
export function digestOf(array: Uint8Array | Float32Array): number {
  return crc32(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
}
