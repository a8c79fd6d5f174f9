// Tiles of 9 to 16 columns, for engines that make one register of eight numbers out of two of four.
//
// V8 does so where two registers of one kind always go side by side ("revectorization"), as b0 and b1 do
// here. Twelve such double registers hold the sums, so that two fused products can begin in every cycle.
// Where nobody joins them, twenty-four registers are too many, and tiles of 8 columns are faster.
//
// Every element is the sum that it is in `panel-tiles.ts`, in the same order, to the bit.

import { multiplyAdd } from './lanes';
import { STRIP, stripAt } from './packing';
import { finish8 } from './tiles';

/** Writes start + sums, not below 0 if `rectify`: `width` columns, 9 to 16, from four registers. */
@inline
function finish16(
  c: usize,
  start: usize,
  c0: v128,
  c1: v128,
  c2: v128,
  c3: v128,
  width: i32,
  rectify: bool,
): void {
  finish8(c, start, c0, c1, 8, rectify);
  finish8(c + 32, start + 32, c2, c3, width - 8, rectify);
}

/** All rows that six at a time make up. */
@inline
function sixRows(
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
    let c02 = f32x4.splat(0);
    let c03 = f32x4.splat(0);
    let c10 = f32x4.splat(0);
    let c11 = f32x4.splat(0);
    let c12 = f32x4.splat(0);
    let c13 = f32x4.splat(0);
    let c20 = f32x4.splat(0);
    let c21 = f32x4.splat(0);
    let c22 = f32x4.splat(0);
    let c23 = f32x4.splat(0);
    let c30 = f32x4.splat(0);
    let c31 = f32x4.splat(0);
    let c32 = f32x4.splat(0);
    let c33 = f32x4.splat(0);
    let c40 = f32x4.splat(0);
    let c41 = f32x4.splat(0);
    let c42 = f32x4.splat(0);
    let c43 = f32x4.splat(0);
    let c50 = f32x4.splat(0);
    let c51 = f32x4.splat(0);
    let c52 = f32x4.splat(0);
    let c53 = f32x4.splat(0);
    let b0: v128, b1: v128, b2: v128, b3: v128, x: v128;
    let a0 = isStrip ? stripAt(a, i, k) : a + <usize>i * aRow;
    let a1 = a0 + aRow;
    let a2 = a1 + aRow;
    let a3 = a2 + aRow;
    let a4 = a3 + aRow;
    let a5 = a4 + aRow;
    let panel = b;
    let left = k;
    while (left > 0) {
      b0 = v128.load(panel, 0);
      b1 = v128.load(panel, 16);
      b2 = v128.load(panel, 32);
      b3 = v128.load(panel, 48);
      x = isStrip ? v128.load32_splat(a0, 0) : v128.load32_splat(a0, 0);
      c00 = multiplyAdd(x, b0, c00);
      c01 = multiplyAdd(x, b1, c01);
      c02 = multiplyAdd(x, b2, c02);
      c03 = multiplyAdd(x, b3, c03);
      x = isStrip ? v128.load32_splat(a0, 4) : v128.load32_splat(a1, 0);
      c10 = multiplyAdd(x, b0, c10);
      c11 = multiplyAdd(x, b1, c11);
      c12 = multiplyAdd(x, b2, c12);
      c13 = multiplyAdd(x, b3, c13);
      x = isStrip ? v128.load32_splat(a0, 8) : v128.load32_splat(a2, 0);
      c20 = multiplyAdd(x, b0, c20);
      c21 = multiplyAdd(x, b1, c21);
      c22 = multiplyAdd(x, b2, c22);
      c23 = multiplyAdd(x, b3, c23);
      x = isStrip ? v128.load32_splat(a0, 12) : v128.load32_splat(a3, 0);
      c30 = multiplyAdd(x, b0, c30);
      c31 = multiplyAdd(x, b1, c31);
      c32 = multiplyAdd(x, b2, c32);
      c33 = multiplyAdd(x, b3, c33);
      x = isStrip ? v128.load32_splat(a0, 16) : v128.load32_splat(a4, 0);
      c40 = multiplyAdd(x, b0, c40);
      c41 = multiplyAdd(x, b1, c41);
      c42 = multiplyAdd(x, b2, c42);
      c43 = multiplyAdd(x, b3, c43);
      x = isStrip ? v128.load32_splat(a0, 20) : v128.load32_splat(a5, 0);
      c50 = multiplyAdd(x, b0, c50);
      c51 = multiplyAdd(x, b1, c51);
      c52 = multiplyAdd(x, b2, c52);
      c53 = multiplyAdd(x, b3, c53);
      if (--left == 0) break;
      b0 = v128.load(panel, 64);
      b1 = v128.load(panel, 80);
      b2 = v128.load(panel, 96);
      b3 = v128.load(panel, 112);
      x = isStrip ? v128.load32_splat(a0, 4 * STRIP) : v128.load32_splat(a0, 4);
      c00 = multiplyAdd(x, b0, c00);
      c01 = multiplyAdd(x, b1, c01);
      c02 = multiplyAdd(x, b2, c02);
      c03 = multiplyAdd(x, b3, c03);
      x = isStrip ? v128.load32_splat(a0, 4 * (STRIP + 1)) : v128.load32_splat(a1, 4);
      c10 = multiplyAdd(x, b0, c10);
      c11 = multiplyAdd(x, b1, c11);
      c12 = multiplyAdd(x, b2, c12);
      c13 = multiplyAdd(x, b3, c13);
      x = isStrip ? v128.load32_splat(a0, 4 * (STRIP + 2)) : v128.load32_splat(a2, 4);
      c20 = multiplyAdd(x, b0, c20);
      c21 = multiplyAdd(x, b1, c21);
      c22 = multiplyAdd(x, b2, c22);
      c23 = multiplyAdd(x, b3, c23);
      x = isStrip ? v128.load32_splat(a0, 4 * (STRIP + 3)) : v128.load32_splat(a3, 4);
      c30 = multiplyAdd(x, b0, c30);
      c31 = multiplyAdd(x, b1, c31);
      c32 = multiplyAdd(x, b2, c32);
      c33 = multiplyAdd(x, b3, c33);
      x = isStrip ? v128.load32_splat(a0, 4 * (STRIP + 4)) : v128.load32_splat(a4, 4);
      c40 = multiplyAdd(x, b0, c40);
      c41 = multiplyAdd(x, b1, c41);
      c42 = multiplyAdd(x, b2, c42);
      c43 = multiplyAdd(x, b3, c43);
      x = isStrip ? v128.load32_splat(a0, 4 * (STRIP + 5)) : v128.load32_splat(a5, 4);
      c50 = multiplyAdd(x, b0, c50);
      c51 = multiplyAdd(x, b1, c51);
      c52 = multiplyAdd(x, b2, c52);
      c53 = multiplyAdd(x, b3, c53);
      if (--left == 0) break;
      a0 += isStrip ? 8 * STRIP : 8;
      if (!isStrip) {
        a1 += 8;
        a2 += 8;
        a3 += 8;
        a4 += 8;
        a5 += 8;
      }
      panel += 128;
    }
    finish16(c, start, c00, c01, c02, c03, width, rectify);
    finish16(c + cRow, start + startRow, c10, c11, c12, c13, width, rectify);
    finish16(c + 2 * cRow, start + 2 * startRow, c20, c21, c22, c23, width, rectify);
    finish16(c + 3 * cRow, start + 3 * startRow, c30, c31, c32, c33, width, rectify);
    finish16(c + 4 * cRow, start + 4 * startRow, c40, c41, c42, c43, width, rectify);
    finish16(c + 5 * cRow, start + 5 * startRow, c50, c51, c52, c53, width, rectify);
    c += 6 * cRow;
    start += 6 * startRow;
  }
}

/** The rows from `i` on, four at a time. */
@inline
function fourRows(
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
    let c00 = f32x4.splat(0);
    let c01 = f32x4.splat(0);
    let c02 = f32x4.splat(0);
    let c03 = f32x4.splat(0);
    let c10 = f32x4.splat(0);
    let c11 = f32x4.splat(0);
    let c12 = f32x4.splat(0);
    let c13 = f32x4.splat(0);
    let c20 = f32x4.splat(0);
    let c21 = f32x4.splat(0);
    let c22 = f32x4.splat(0);
    let c23 = f32x4.splat(0);
    let c30 = f32x4.splat(0);
    let c31 = f32x4.splat(0);
    let c32 = f32x4.splat(0);
    let c33 = f32x4.splat(0);
    let b0: v128, b1: v128, b2: v128, b3: v128, x: v128;
    let a0 = isStrip ? stripAt(a, i, k) : a + <usize>i * aRow;
    let a1 = rows > 1 ? a0 + aRow : a0;
    let a2 = rows > 2 ? a0 + 2 * aRow : a0;
    let a3 = rows > 3 ? a0 + 3 * aRow : a0;
    let panel = b;
    let left = k;
    while (left > 0) {
      b0 = v128.load(panel, 0);
      b1 = v128.load(panel, 16);
      b2 = v128.load(panel, 32);
      b3 = v128.load(panel, 48);
      x = isStrip ? v128.load32_splat(a0, 0) : v128.load32_splat(a0, 0);
      c00 = multiplyAdd(x, b0, c00);
      c01 = multiplyAdd(x, b1, c01);
      c02 = multiplyAdd(x, b2, c02);
      c03 = multiplyAdd(x, b3, c03);
      x = isStrip ? v128.load32_splat(a0, 4) : v128.load32_splat(a1, 0);
      c10 = multiplyAdd(x, b0, c10);
      c11 = multiplyAdd(x, b1, c11);
      c12 = multiplyAdd(x, b2, c12);
      c13 = multiplyAdd(x, b3, c13);
      x = isStrip ? v128.load32_splat(a0, 8) : v128.load32_splat(a2, 0);
      c20 = multiplyAdd(x, b0, c20);
      c21 = multiplyAdd(x, b1, c21);
      c22 = multiplyAdd(x, b2, c22);
      c23 = multiplyAdd(x, b3, c23);
      x = isStrip ? v128.load32_splat(a0, 12) : v128.load32_splat(a3, 0);
      c30 = multiplyAdd(x, b0, c30);
      c31 = multiplyAdd(x, b1, c31);
      c32 = multiplyAdd(x, b2, c32);
      c33 = multiplyAdd(x, b3, c33);
      left--;
      a0 += isStrip ? 4 * STRIP : 4;
      if (!isStrip) {
        a1 += 4;
        a2 += 4;
        a3 += 4;
      }
      panel += 64;
    }
    finish16(c, start, c00, c01, c02, c03, width, rectify);
    if (rows > 1) {
      finish16(c + cRow, start + startRow, c10, c11, c12, c13, width, rectify);
    }
    if (rows > 2) {
      finish16(c + 2 * cRow, start + 2 * startRow, c20, c21, c22, c23, width, rectify);
    }
    if (rows > 3) {
      finish16(c + 3 * cRow, start + 3 * startRow, c30, c31, c32, c33, width, rectify);
    }
    c += 4 * cRow;
    start += 4 * startRow;
  }
}

/** The rows of 9 to 16 columns, with B in a wide panel. */
export function widePanelTiles(
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
  sixRows(false, m, width, k, a, aRow, b, c, cRow, start, startRow, rectify);
  const done = m / 6 * 6;
  c += <usize>done * cRow;
  start += <usize>done * startRow;
  fourRows(false, done, m, width, k, a, aRow, b, c, cRow, start, startRow, rectify);
}

/** The same with A in strips. */
export function wideStripTiles(
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
  sixRows(true, m, width, k, a, 4, b, c, cRow, start, startRow, rectify);
  const done = m / 6 * 6;
  c += <usize>done * cRow;
  start += <usize>done * startRow;
  fourRows(true, done, m, width, k, a, 4, b, c, cRow, start, startRow, rectify);
}
