/** The largest difference between two arrays, relative to the largest number of the second. */
export function relativeError(got: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (got.length !== expected.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let size = 0;
  for (let i = 0; i < expected.length; i++) {
    if (!(Math.abs(got[i] - expected[i]) < Number.POSITIVE_INFINITY))
      return Number.POSITIVE_INFINITY;
    difference = Math.max(difference, Math.abs(got[i] - expected[i]));
    size = Math.max(size, Math.abs(expected[i]));
  }
  return size === 0 ? difference : difference / size;
}
