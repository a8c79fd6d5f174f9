// Tiles of a matrix product that stay in registers: C = start + A · B for a few rows and columns.
//
// Every element is start + ((0 + a₀ b₀) + a₁ b₁) + … in this order in every tile, so that a row's
// bits do not depend on how many other rows there are. Strides are in bytes. B's rows, and those of
// `start`, are read in whole registers: what lies beyond a row goes into lanes that are not written.

import { firstLanes, multiplyAdd, storeFirst, sumEach } from './lanes';

/** Writes start + sum, not below 0 if `rectify`: `width` columns, 1 to 8, from two registers. */
@inline
export function finish8(
  c: usize,
  start: usize,
  low: v128,
  high: v128,
  width: i32,
  rectify: bool,
): void {
  low = f32x4.add(v128.load(start), low);
  high = f32x4.add(v128.load(start, 16), high);
  if (rectify) {
    low = f32x4.pmax(low, f32x4.splat(0));
    high = f32x4.pmax(high, f32x4.splat(0));
  }
  if (width == 8) {
    v128.store(c, low);
    v128.store(c, high, 16);
  } else {
    storeFirst(c, low, width);
    if (width > 4) storeFirst(c + 16, high, width - 4);
  }
}

/** Writes start + sum, not below 0 if `rectify`: `width` columns, 1 to 4. */
@inline
function finish4(c: usize, start: usize, sum: v128, width: i32, rectify: bool): void {
  sum = f32x4.add(v128.load(start), sum);
  if (rectify) sum = f32x4.pmax(f32x4.splat(0), sum);
  storeFirst(c, sum, width);
}

/** Rows of 1 to 8 columns, four at a time. */
export function tiles4x8(
  m: i32,
  width: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  rectify: bool,
): void {
  for (let i = 0; i < m; i += 4) {
    const rows = min(4, m - i);
    // Rows that are not there read the first one's numbers again, and are not written.
    let a0 = a;
    let a1 = rows > 1 ? a + aRow : a;
    let a2 = rows > 2 ? a + 2 * aRow : a;
    let a3 = rows > 3 ? a + 3 * aRow : a;
    let c00 = f32x4.splat(0);
    let c01 = f32x4.splat(0);
    let c10 = f32x4.splat(0);
    let c11 = f32x4.splat(0);
    let c20 = f32x4.splat(0);
    let c21 = f32x4.splat(0);
    let c30 = f32x4.splat(0);
    let c31 = f32x4.splat(0);
    let row = b;
    for (let l = 0; l < k; l++) {
      const b0 = v128.load(row);
      const b1 = v128.load(row, 16);
      let x = v128.load32_splat(a0);
      c00 = multiplyAdd(x, b0, c00);
      c01 = multiplyAdd(x, b1, c01);
      x = v128.load32_splat(a1);
      c10 = multiplyAdd(x, b0, c10);
      c11 = multiplyAdd(x, b1, c11);
      x = v128.load32_splat(a2);
      c20 = multiplyAdd(x, b0, c20);
      c21 = multiplyAdd(x, b1, c21);
      x = v128.load32_splat(a3);
      c30 = multiplyAdd(x, b0, c30);
      c31 = multiplyAdd(x, b1, c31);
      a0 += aColumn;
      a1 += aColumn;
      a2 += aColumn;
      a3 += aColumn;
      row += bRow;
    }
    finish8(c, start, c00, c01, width, rectify);
    if (rows > 1) finish8(c + cRow, start + startRow, c10, c11, width, rectify);
    if (rows > 2) finish8(c + 2 * cRow, start + 2 * startRow, c20, c21, width, rectify);
    if (rows > 3) finish8(c + 3 * cRow, start + 3 * startRow, c30, c31, width, rectify);
    a += 4 * aRow;
    c += 4 * cRow;
    start += 4 * startRow;
  }
}

/** Rows of 1 to 4 columns, four at a time. */
export function tiles4x4(
  m: i32,
  width: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  rectify: bool,
): void {
  for (let i = 0; i < m; i += 4) {
    const rows = min(4, m - i);
    // Rows that are not there read the first one's numbers again, and are not written.
    let a0 = a;
    let a1 = rows > 1 ? a + aRow : a;
    let a2 = rows > 2 ? a + 2 * aRow : a;
    let a3 = rows > 3 ? a + 3 * aRow : a;
    let c0 = f32x4.splat(0);
    let c1 = f32x4.splat(0);
    let c2 = f32x4.splat(0);
    let c3 = f32x4.splat(0);
    let row = b;
    for (let l = 0; l < k; l++) {
      const b0 = v128.load(row);
      c0 = multiplyAdd(v128.load32_splat(a0), b0, c0);
      c1 = multiplyAdd(v128.load32_splat(a1), b0, c1);
      c2 = multiplyAdd(v128.load32_splat(a2), b0, c2);
      c3 = multiplyAdd(v128.load32_splat(a3), b0, c3);
      a0 += aColumn;
      a1 += aColumn;
      a2 += aColumn;
      a3 += aColumn;
      row += bRow;
    }
    finish4(c, start, c0, width, rectify);
    if (rows > 1) finish4(c + cRow, start + startRow, c1, width, rectify);
    if (rows > 2) finish4(c + 2 * cRow, start + 2 * startRow, c2, width, rectify);
    if (rows > 3) finish4(c + 3 * cRow, start + 3 * startRow, c3, width, rectify);
    a += 4 * aRow;
    c += 4 * cRow;
    start += 4 * startRow;
  }
}

/**
 * All rows that eight at a time make up, of 1 to 4 columns, where A's rows are whole: with fewer sums each
 * would wait for the one before.
 *
 * @returns how many rows these are.
 */
export function narrowTiles(
  m: i32,
  width: i32,
  k: i32,
  a: usize,
  aRow: usize,
  b: usize,
  bRow: usize,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  rectify: bool,
): i32 {
  let i = 0;
  for (; i + 8 <= m; i += 8) {
    let c0 = f32x4.splat(0);
    let c1 = f32x4.splat(0);
    let c2 = f32x4.splat(0);
    let c3 = f32x4.splat(0);
    let c4 = f32x4.splat(0);
    let c5 = f32x4.splat(0);
    let c6 = f32x4.splat(0);
    let c7 = f32x4.splat(0);
    let first = a + <usize>i * aRow;
    let row = b;
    let p: usize;
    let b0: v128;
    let left = k;
    while (left > 0) {
      // `left` is never below 0, but engines do not know: see `tallTiles`.
      b0 = v128.load(row);
      row += bRow;
      p = first;
      c0 = multiplyAdd(v128.load32_splat(p, 0), b0, c0);
      p += aRow;
      c1 = multiplyAdd(v128.load32_splat(p, 0), b0, c1);
      p += aRow;
      c2 = multiplyAdd(v128.load32_splat(p, 0), b0, c2);
      p += aRow;
      c3 = multiplyAdd(v128.load32_splat(p, 0), b0, c3);
      if (left == -1) break;
      p += aRow;
      c4 = multiplyAdd(v128.load32_splat(p, 0), b0, c4);
      p += aRow;
      c5 = multiplyAdd(v128.load32_splat(p, 0), b0, c5);
      p += aRow;
      c6 = multiplyAdd(v128.load32_splat(p, 0), b0, c6);
      p += aRow;
      c7 = multiplyAdd(v128.load32_splat(p, 0), b0, c7);
      if (--left == 0) break;
      b0 = v128.load(row);
      row += bRow;
      p = first;
      c0 = multiplyAdd(v128.load32_splat(p, 4), b0, c0);
      p += aRow;
      c1 = multiplyAdd(v128.load32_splat(p, 4), b0, c1);
      p += aRow;
      c2 = multiplyAdd(v128.load32_splat(p, 4), b0, c2);
      p += aRow;
      c3 = multiplyAdd(v128.load32_splat(p, 4), b0, c3);
      if (left == -2) break;
      p += aRow;
      c4 = multiplyAdd(v128.load32_splat(p, 4), b0, c4);
      p += aRow;
      c5 = multiplyAdd(v128.load32_splat(p, 4), b0, c5);
      p += aRow;
      c6 = multiplyAdd(v128.load32_splat(p, 4), b0, c6);
      p += aRow;
      c7 = multiplyAdd(v128.load32_splat(p, 4), b0, c7);
      if (--left == 0) break;
      first += 8;
    }
    finish4(c, start, c0, width, rectify);
    finish4(c + cRow, start + startRow, c1, width, rectify);
    finish4(c + 2 * cRow, start + 2 * startRow, c2, width, rectify);
    finish4(c + 3 * cRow, start + 3 * startRow, c3, width, rectify);
    finish4(c + 4 * cRow, start + 4 * startRow, c4, width, rectify);
    finish4(c + 5 * cRow, start + 5 * startRow, c5, width, rectify);
    finish4(c + 6 * cRow, start + 6 * startRow, c6, width, rectify);
    finish4(c + 7 * cRow, start + 7 * startRow, c7, width, rectify);
    c += 8 * cRow;
    start += 8 * startRow;
  }
  return i;
}

/** One row of 17 to 32 columns. */
export function tile1x32(
  width: i32,
  k: i32,
  a: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  start: usize,
  rectify: bool,
): void {
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let c2 = f32x4.splat(0);
  let c3 = f32x4.splat(0);
  let c4 = f32x4.splat(0);
  let c5 = f32x4.splat(0);
  let c6 = f32x4.splat(0);
  let c7 = f32x4.splat(0);
  for (let l = 0; l < k; l++) {
    const x = v128.load32_splat(a);
    c0 = multiplyAdd(x, v128.load(b), c0);
    c1 = multiplyAdd(x, v128.load(b, 16), c1);
    c2 = multiplyAdd(x, v128.load(b, 32), c2);
    c3 = multiplyAdd(x, v128.load(b, 48), c3);
    // Never, but engines do not know: otherwise some read all of B's registers before the first
    // product, and these and the sums do not fit into sixteen.
    if (b == 0) break;
    c4 = multiplyAdd(x, v128.load(b, 64), c4);
    c5 = multiplyAdd(x, v128.load(b, 80), c5);
    c6 = multiplyAdd(x, v128.load(b, 96), c6);
    c7 = multiplyAdd(x, v128.load(b, 112), c7);
    a += aColumn;
    b += bRow;
  }
  finish8(c, start, c0, c1, 8, rectify);
  finish8(c + 32, start + 32, c2, c3, 8, rectify);
  finish8(c + 64, start + 64, c4, c5, min(width - 16, 8), rectify);
  if (width > 24) finish8(c + 96, start + 96, c6, c7, width - 24, rectify);
}

/** One row of 1 to 16 columns. */
export function tile1x16(
  width: i32,
  k: i32,
  a: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  start: usize,
  rectify: bool,
): void {
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let c2 = f32x4.splat(0);
  let c3 = f32x4.splat(0);
  for (let l = 0; l < k; l++) {
    const x = v128.load32_splat(a);
    c0 = multiplyAdd(x, v128.load(b), c0);
    c1 = multiplyAdd(x, v128.load(b, 16), c1);
    c2 = multiplyAdd(x, v128.load(b, 32), c2);
    c3 = multiplyAdd(x, v128.load(b, 48), c3);
    a += aColumn;
    b += bRow;
  }
  finish8(c, start, c0, c1, min(width, 8), rectify);
  if (width > 8) finish8(c + 32, start + 32, c2, c3, width - 8, rectify);
}

/** One row of 1 to 4 columns of A · Bᵀ: its numbers are sums over rows of B, so in another order. */
export function dots4(
  width: i32,
  k: i32,
  a: usize,
  b: usize,
  bRow: usize,
  c: usize,
  start: usize,
): void {
  let b0 = b;
  let b1 = width > 1 ? b + bRow : b;
  let b2 = width > 2 ? b + 2 * bRow : b;
  let b3 = width > 3 ? b + 3 * bRow : b;
  let c0 = f32x4.splat(0);
  let c1 = f32x4.splat(0);
  let c2 = f32x4.splat(0);
  let c3 = f32x4.splat(0);
  let left = k;
  for (; left >= 4; left -= 4) {
    const x = v128.load(a);
    c0 = multiplyAdd(x, v128.load(b0), c0);
    c1 = multiplyAdd(x, v128.load(b1), c1);
    c2 = multiplyAdd(x, v128.load(b2), c2);
    c3 = multiplyAdd(x, v128.load(b3), c3);
    a += 16;
    b0 += 16;
    b1 += 16;
    b2 += 16;
    b3 += 16;
  }
  if (left > 0) {
    const mask = firstLanes(left);
    const x = v128.and(v128.load(a), mask);
    c0 = multiplyAdd(x, v128.and(v128.load(b0), mask), c0);
    c1 = multiplyAdd(x, v128.and(v128.load(b1), mask), c1);
    c2 = multiplyAdd(x, v128.and(v128.load(b2), mask), c2);
    c3 = multiplyAdd(x, v128.and(v128.load(b3), mask), c3);
  }
  finish4(c, start, sumEach(c0, c1, c2, c3), width, false);
}
