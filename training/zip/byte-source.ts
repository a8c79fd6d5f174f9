/** Bytes that can be read anywhere: a file, an array in memory, or a URL that takes ranges. */
export interface ByteSource {
  /** Length in bytes. */
  readonly size: number;

  /** The bytes from `start` up to, not including, `end`; `0 ≤ start ≤ end ≤ size`. */
  read(start: number, end: number): Promise<Uint8Array>;
}

/** An array in memory as a source. What it reads are views of `bytes`, not copies. */
export function bytesSource(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    read: async (start, end) => bytes.subarray(start, end),
  };
}

/** A stretch of bytes: from `start` up to, not including, `end`. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * A parser that asks for the bytes it needs: it yields a range and is given those bytes.
 *
 * So one parser serves both an array in memory (`parseSync`) and a slow source (`parseAsync`).
 */
export type Parse<T> = Generator<ByteRange, T, Uint8Array>;

/**
 * Runs a parser over a source.
 *
 * @throws Error if the source gives fewer or more bytes than were asked for.
 */
export async function parseAsync<T>(source: ByteSource, parse: Parse<T>): Promise<T> {
  let step = parse.next();
  while (!step.done) {
    const { start, end } = step.value;
    const bytes = await source.read(start, end);
    if (bytes.length !== end - start) {
      throw new Error(
        `ByteSource.read: bytes ${start} to ${end} must be ${end - start}, got ${bytes.length}. The file has changed or the server ignores ranges.`,
      );
    }
    step = parse.next(bytes);
  }
  return step.value;
}

/** Runs a parser over an array in memory. */
export function parseSync<T>(bytes: Uint8Array, parse: Parse<T>): T {
  let step = parse.next();
  while (!step.done) step = parse.next(bytes.subarray(step.value.start, step.value.end));
  return step.value;
}
