/** Bytes `start` … `end` of a file, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reads a `Range` header for a file of `size` bytes.
 *
 * @returns the range; `'all'` where there is none, it is malformed or it asks for several; or
 * `'unsatisfiable'` where no byte of the file lies in it.
 *
 * Source: RFC 9110, section 14.
 */
export function parseRange(
  header: string | undefined,
  size: number,
): ByteRange | 'all' | 'unsatisfiable' {
  const parts = header?.match(/^bytes=(\d*)-(\d*)$/i);
  if (!parts || (parts[1] === '' && parts[2] === '')) return 'all';
  if (parts[1] === '') return lastBytes(Number(parts[2]), size);
  const start = Number(parts[1]);
  const end = parts[2] === '' ? Infinity : Number(parts[2]);
  if (end < start) return 'all';
  return start < size ? { start, end: Math.min(end, size - 1) } : 'unsatisfiable';
}

function lastBytes(count: number, size: number): ByteRange | 'unsatisfiable' {
  if (count === 0 || size === 0) return 'unsatisfiable';
  return { start: Math.max(0, size - count), end: size - 1 };
}
