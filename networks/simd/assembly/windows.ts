// Windows that slide over images, and what of them is inside.

/** The first of `size` taps, `dilation` apart from `begin` on, that is not before 0; or `size`. */
@inline
export function firstInside(begin: i32, dilation: i32, size: i32): i32 {
  return begin >= 0 ? 0 : min(size, (dilation - 1 - begin) / dilation);
}

/** One more than the last of these taps that is before `length`; at least `first`. */
@inline
export function endInside(
  begin: i32,
  dilation: i32,
  size: i32,
  length: i32,
  first: i32,
): i32 {
  const room = length - begin;
  return max(first, room <= 0 ? 0 : min(size, (room + dilation - 1) / dilation));
}
