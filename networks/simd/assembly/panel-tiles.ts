// Tiles whose B is a packed panel, `[k × 8]`: the bulk of every large product.
//
// A's numbers are read row by row, or from a packed strip. Every element is the sum that it is in the
// tiles of `tiles.ts`, in the same order, to the bit. Several terms are written out, so that counting
// costs little beside products, and places are known when the code is compiled.

import { multiplyAdd } from './lanes';
import { IS_FUSED, STRIP, stripAt } from './packing';
import { finish8 } from './tiles';

/** The rows from `i` on, four at a time, of 1 to 8 columns. */
@inline
function shortTiles(
  isStrip: bool,
  i: i32,
  m: i32,
  width: i32,
  k: i32,
  a: usize,
  aRow: usize,
  b: usize,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  rectify: bool,
): void {
  for (; i < m; i += 4) {
    const rows = min(4, m - i);
    // Rows that are not there read the first one's numbers again, and are not written.
    let a0 = isStrip ? stripAt(a, i, k) : a + <usize>i * aRow;
    let a1 = rows > 1 ? a0 + aRow : a0;
    let a2 = rows > 2 ? a0 + 2 * aRow : a0;
    let a3 = rows > 3 ? a0 + 3 * aRow : a0;
    let c00 = f32x4.splat(0);
    let c01 = f32x4.splat(0);
    let c10 = f32x4.splat(0);
    let c11 = f32x4.splat(0);
    let c20 = f32x4.splat(0);
    let c21 = f32x4.splat(0);
    let c30 = f32x4.splat(0);
    let c31 = f32x4.splat(0);
    let b0: v128, b1: v128, x: v128;
    let panel = b;
    let left = k;
    while (left > 0) {
      b0 = v128.load(panel, 0);
      b1 = v128.load(panel, 16);
      x = isStrip ? v128.load32_splat(a0, 0) : v128.load32_splat(a0, 0);
      c00 = multiplyAdd(x, b0, c00);
      c01 = multiplyAdd(x, b1, c01);
      x = isStrip ? v128.load32_splat(a0, 4) : v128.load32_splat(a1, 0);
      c10 = multiplyAdd(x, b0, c10);
      c11 = multiplyAdd(x, b1, c11);
      x = isStrip ? v128.load32_splat(a0, 8) : v128.load32_splat(a2, 0);
      c20 = multiplyAdd(x, b0, c20);
      c21 = multiplyAdd(x, b1, c21);
      x = isStrip ? v128.load32_splat(a0, 12) : v128.load32_splat(a3, 0);
      c30 = multiplyAdd(x, b0, c30);
      c31 = multiplyAdd(x, b1, c31);
      if (--left == 0) break;
      b0 = v128.load(panel, 32);
      b1 = v128.load(panel, 48);
      x = isStrip ? v128.load32_splat(a0, 4 * STRIP) : v128.load32_splat(a0, 4);
      c00 = multiplyAdd(x, b0, c00);
      c01 = multiplyAdd(x, b1, c01);
      x = isStrip ? v128.load32_splat(a0, 4 * (STRIP + 1)) : v128.load32_splat(a1, 4);
      c10 = multiplyAdd(x, b0, c10);
      c11 = multiplyAdd(x, b1, c11);
      x = isStrip ? v128.load32_splat(a0, 4 * (STRIP + 2)) : v128.load32_splat(a2, 4);
      c20 = multiplyAdd(x, b0, c20);
      c21 = multiplyAdd(x, b1, c21);
      x = isStrip ? v128.load32_splat(a0, 4 * (STRIP + 3)) : v128.load32_splat(a3, 4);
      c30 = multiplyAdd(x, b0, c30);
      c31 = multiplyAdd(x, b1, c31);
      if (--left == 0) break;
      b0 = v128.load(panel, 64);
      b1 = v128.load(panel, 80);
      x = isStrip ? v128.load32_splat(a0, 4 * 2 * STRIP) : v128.load32_splat(a0, 8);
      c00 = multiplyAdd(x, b0, c00);
      c01 = multiplyAdd(x, b1, c01);
      x = isStrip ? v128.load32_splat(a0, 4 * (2 * STRIP + 1)) : v128.load32_splat(a1, 8);
      c10 = multiplyAdd(x, b0, c10);
      c11 = multiplyAdd(x, b1, c11);
      x = isStrip ? v128.load32_splat(a0, 4 * (2 * STRIP + 2)) : v128.load32_splat(a2, 8);
      c20 = multiplyAdd(x, b0, c20);
      c21 = multiplyAdd(x, b1, c21);
      x = isStrip ? v128.load32_splat(a0, 4 * (2 * STRIP + 3)) : v128.load32_splat(a3, 8);
      c30 = multiplyAdd(x, b0, c30);
      c31 = multiplyAdd(x, b1, c31);
      if (--left == 0) break;
      b0 = v128.load(panel, 96);
      b1 = v128.load(panel, 112);
      x = isStrip ? v128.load32_splat(a0, 4 * 3 * STRIP) : v128.load32_splat(a0, 12);
      c00 = multiplyAdd(x, b0, c00);
      c01 = multiplyAdd(x, b1, c01);
      x = isStrip ? v128.load32_splat(a0, 4 * (3 * STRIP + 1)) : v128.load32_splat(a1, 12);
      c10 = multiplyAdd(x, b0, c10);
      c11 = multiplyAdd(x, b1, c11);
      x = isStrip ? v128.load32_splat(a0, 4 * (3 * STRIP + 2)) : v128.load32_splat(a2, 12);
      c20 = multiplyAdd(x, b0, c20);
      c21 = multiplyAdd(x, b1, c21);
      x = isStrip ? v128.load32_splat(a0, 4 * (3 * STRIP + 3)) : v128.load32_splat(a3, 12);
      c30 = multiplyAdd(x, b0, c30);
      c31 = multiplyAdd(x, b1, c31);
      if (--left == 0) break;
      if (isStrip) {
        a0 += 16 * STRIP;
      } else {
        a0 += 16;
        a1 += 16;
        a2 += 16;
        a3 += 16;
      }
      panel += 128;
    }
    finish8(c, start, c00, c01, width, rectify);
    if (rows > 1) finish8(c + cRow, start + startRow, c10, c11, width, rectify);
    if (rows > 2) finish8(c + 2 * cRow, start + 2 * startRow, c20, c21, width, rectify);
    if (rows > 3) finish8(c + 3 * cRow, start + 3 * startRow, c30, c31, width, rectify);
    c += 4 * cRow;
    start += 4 * startRow;
  }
}

/**
 * All rows that six at a time make up, of 1 to 8 columns.
 *
 * Twelve sums, more than the eight of the other tiles: a fused product takes four cycles and two begin
 * in each, so that eight sums leave no cycle to spare. Where products are not fused their results take
 * registers as well, and twelve sums do not fit.
 */
@inline
function tallTiles(
  isStrip: bool,
  m: i32,
  width: i32,
  k: i32,
  a: usize,
  aRow: usize,
  b: usize,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  rectify: bool,
): void {
  for (let i = 0; i + 6 <= m; i += 6) {
    let c00 = f32x4.splat(0);
    let c01 = f32x4.splat(0);
    let c10 = f32x4.splat(0);
    let c11 = f32x4.splat(0);
    let c20 = f32x4.splat(0);
    let c21 = f32x4.splat(0);
    let c30 = f32x4.splat(0);
    let c31 = f32x4.splat(0);
    let c40 = f32x4.splat(0);
    let c41 = f32x4.splat(0);
    let c50 = f32x4.splat(0);
    let c51 = f32x4.splat(0);
    let b0: v128, b1: v128, x: v128;
    let first = isStrip ? stripAt(a, i, k) : a + <usize>i * aRow;
    let panel = b;
    let row: usize;
    let left = k;
    while (left > 0) {
      // `left` is never below 0, but engines do not know: otherwise some read all rows' numbers before the
      // first product, and these and the sums do not fit into sixteen registers.
      b0 = v128.load(panel, 0);
      b1 = v128.load(panel, 16);
      row = first;
      x = isStrip ? v128.load32_splat(first, 0) : v128.load32_splat(row, 0);
      c00 = multiplyAdd(x, b0, c00);
      c01 = multiplyAdd(x, b1, c01);
      if (left == -1) break;
      row += aRow;
      x = isStrip ? v128.load32_splat(first, 4) : v128.load32_splat(row, 0);
      c10 = multiplyAdd(x, b0, c10);
      c11 = multiplyAdd(x, b1, c11);
      if (left == -2) break;
      row += aRow;
      x = isStrip ? v128.load32_splat(first, 8) : v128.load32_splat(row, 0);
      c20 = multiplyAdd(x, b0, c20);
      c21 = multiplyAdd(x, b1, c21);
      if (left == -3) break;
      row += aRow;
      x = isStrip ? v128.load32_splat(first, 12) : v128.load32_splat(row, 0);
      c30 = multiplyAdd(x, b0, c30);
      c31 = multiplyAdd(x, b1, c31);
      if (left == -4) break;
      row += aRow;
      x = isStrip ? v128.load32_splat(first, 16) : v128.load32_splat(row, 0);
      c40 = multiplyAdd(x, b0, c40);
      c41 = multiplyAdd(x, b1, c41);
      if (left == -5) break;
      row += aRow;
      x = isStrip ? v128.load32_splat(first, 20) : v128.load32_splat(row, 0);
      c50 = multiplyAdd(x, b0, c50);
      c51 = multiplyAdd(x, b1, c51);
      if (--left == 0) break;
      b0 = v128.load(panel, 32);
      b1 = v128.load(panel, 48);
      row = first;
      x = isStrip ? v128.load32_splat(first, 4 * STRIP) : v128.load32_splat(row, 4);
      c00 = multiplyAdd(x, b0, c00);
      c01 = multiplyAdd(x, b1, c01);
      if (left == -9) break;
      row += aRow;
      x = isStrip ? v128.load32_splat(first, 4 * (STRIP + 1)) : v128.load32_splat(row, 4);
      c10 = multiplyAdd(x, b0, c10);
      c11 = multiplyAdd(x, b1, c11);
      if (left == -10) break;
      row += aRow;
      x = isStrip ? v128.load32_splat(first, 4 * (STRIP + 2)) : v128.load32_splat(row, 4);
      c20 = multiplyAdd(x, b0, c20);
      c21 = multiplyAdd(x, b1, c21);
      if (left == -11) break;
      row += aRow;
      x = isStrip ? v128.load32_splat(first, 4 * (STRIP + 3)) : v128.load32_splat(row, 4);
      c30 = multiplyAdd(x, b0, c30);
      c31 = multiplyAdd(x, b1, c31);
      if (left == -12) break;
      row += aRow;
      x = isStrip ? v128.load32_splat(first, 4 * (STRIP + 4)) : v128.load32_splat(row, 4);
      c40 = multiplyAdd(x, b0, c40);
      c41 = multiplyAdd(x, b1, c41);
      if (left == -13) break;
      row += aRow;
      x = isStrip ? v128.load32_splat(first, 4 * (STRIP + 5)) : v128.load32_splat(row, 4);
      c50 = multiplyAdd(x, b0, c50);
      c51 = multiplyAdd(x, b1, c51);
      if (--left == 0) break;
      first += isStrip ? 8 * STRIP : 8;
      panel += 64;
    }
    finish8(c, start, c00, c01, width, rectify);
    finish8(c + cRow, start + startRow, c10, c11, width, rectify);
    finish8(c + 2 * cRow, start + 2 * startRow, c20, c21, width, rectify);
    finish8(c + 3 * cRow, start + 3 * startRow, c30, c31, width, rectify);
    finish8(c + 4 * cRow, start + 4 * startRow, c40, c41, width, rectify);
    finish8(c + 5 * cRow, start + 5 * startRow, c50, c51, width, rectify);
    c += 6 * cRow;
    start += 6 * startRow;
  }
}

/** The rows of 1 to 8 columns. */
export function panelTiles(
  m: i32,
  width: i32,
  k: i32,
  a: usize,
  aRow: usize,
  b: usize,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  rectify: bool,
): void {
  if (IS_FUSED) tallTiles(false, m, width, k, a, aRow, b, c, cRow, start, startRow, rectify);
  const done = IS_FUSED ? m / 6 * 6 : 0;
  c += <usize>done * cRow;
  start += <usize>done * startRow;
  shortTiles(false, done, m, width, k, a, aRow, b, c, cRow, start, startRow, rectify);
}

/** The rows of 1 to 8 columns, with A in strips. */
export function stripTiles(
  m: i32,
  width: i32,
  k: i32,
  a: usize,
  b: usize,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  rectify: bool,
): void {
  if (IS_FUSED) tallTiles(true, m, width, k, a, 4, b, c, cRow, start, startRow, rectify);
  const done = IS_FUSED ? m / 6 * 6 : 0;
  c += <usize>done * cRow;
  start += <usize>done * startRow;
  shortTiles(true, done, m, width, k, a, 4, b, c, cRow, start, startRow, rectify);
}
