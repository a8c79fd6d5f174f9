// Matrix products: blocks of k and m that the caches hold, panels of 8 or 16 columns, tiles in registers.

import { activate, LINEAR, RELU } from './activations';
import { addColumnSums, copy, fill } from './arrays';
import { at, firstLanes } from './lanes';
import {
  IS_FUSED,
  PANEL,
  packPanel,
  packStrips,
  packTransposed,
  packWidePanel,
  packWideTransposed,
  WIDE_PANEL,
} from './packing';
import { panelTiles, stripTiles } from './panel-tiles';
import { dots4, narrowTiles, tile1x16, tile1x32, tiles4x4, tiles4x8 } from './tiles';
import { widePanelTiles, wideStripTiles } from './wide-tiles';

const MOST_K = 256; // a panel of B is 8 or 16 KiB: fits into a small first-level cache
const MOST_M = IS_FUSED ? 264 : 256; // a block of A is 256 KiB, in the second-level cache

const PANELS: usize = memory.data((MOST_K + 3) * WIDE_PANEL * 4, 64);
const STRIPS: usize = memory.data(MOST_K * MOST_M * 4, 64);
const ZEROS: usize = memory.data<f32>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
], 16);

// Rows that are looked through for zeros at a time, and from how many outputs on.
const MOST_ROWS = 256;
const FEWEST_OUTPUTS = 16;
const IS_FULL: usize = memory.data(MOST_ROWS);

let isWide = false;

/** Whether wide tiles are used from now on, where products and sums are fused. */
export function useWideTiles(on: i32): void {
  isWide = on != 0;
}

// How B lies in memory.
const PLAIN = 0; // [k × n]
const TRANSPOSED = 1; // [n × k]

/**
 * C = start + A · B, then not below 0 if `rectify`; element (i, l) of A is at a + i aRow + l aColumn.
 *
 * `start` is ZEROS, or has rows `startRow` apart: C itself, or with 0 the same row for each.
 */
function product(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  layout: i32,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  rectify: bool,
): void {
  // As many numbers of each sum at a time, whatever m and n are.
  const blocks = max(1, (k + MOST_K - 1) / MOST_K);
  const size = (k + blocks - 1) / blocks;
  const isColumn = n == 1 && cRow == 4 && layout == PLAIN;
  for (let l = 0; l < k || l == 0; l += size) {
    const depth = min(size, k - l);
    const aBlock = a + <usize>l * aColumn;
    const bBlock = b + <usize>l * (layout == TRANSPOSED ? 4 : bRow);
    const isLast = rectify && l + size >= k;
    if (m < 4) {
      for (let i = 0; i < m; i++) {
        const row = aBlock + <usize>i * aRow;
        const rowStart = start + <usize>i * startRow;
        if (layout == TRANSPOSED && aColumn == 4) {
          dotsOfRow(n, depth, row, bBlock, bRow, c + <usize>i * cRow, rowStart);
        } else {
          rowProduct(n, depth, row, aColumn, bBlock, bRow, c + <usize>i * cRow, rowStart, isLast);
        }
      }
    } else if (isColumn && aRow == 4 && (start == ZEROS || startRow == 4)) {
      rowProduct(m, depth, bBlock, bRow, aBlock, aColumn, c, start, isLast); // Cᵀ = Bᵀ · Aᵀ
    } else {
      for (let i = 0; i < m; i += MOST_M) {
        panels(
          min(MOST_M, m - i), n, depth, aBlock + <usize>i * aRow, aRow, aColumn, bBlock, bRow,
          layout, c + <usize>i * cRow, cRow, start + <usize>i * startRow, startRow, isLast,
        );
      }
    }
    start = c;
    startRow = cRow;
    if (k == 0) return;
  }
}

/** The columns of one row, A's numbers times rows of B. */
function rowProduct(
  n: i32,
  k: i32,
  a: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  c: usize,
  start: usize,
  rectify: bool,
): void {
  const isZero = start == ZEROS;
  for (let j = 0; j < n; j += 32) {
    const width = min(32, n - j);
    const from = isZero ? ZEROS : start + at(j);
    if (width > 16) tile1x32(width, k, a, aColumn, b + at(j), bRow, c + at(j), from, rectify);
    else tile1x16(width, k, a, aColumn, b + at(j), bRow, c + at(j), from, rectify);
  }
}

/** The columns of one row, each the product of that row and a row of B. */
function dotsOfRow(
  n: i32,
  k: i32,
  a: usize,
  b: usize,
  bRow: usize,
  c: usize,
  start: usize,
): void {
  const isZero = start == ZEROS;
  for (let j = 0; j < n; j += 4) {
    const from = isZero ? ZEROS : start + at(j);
    dots4(min(4, n - j), k, a, b + <usize>j * bRow, bRow, c + at(j), from);
  }
}

/** A block of rows: one panel of B after the other, in the first-level cache while rows go by. */
function panels(
  m: i32,
  n: i32,
  k: i32,
  a: usize,
  aRow: usize,
  aColumn: usize,
  b: usize,
  bRow: usize,
  layout: i32,
  c: usize,
  cRow: usize,
  start: usize,
  startRow: usize,
  rectify: bool,
): void {
  const isZero = start == ZEROS;
  // Rows of Aᵀ would be read with long steps once for each panel.
  const isPackedA = aRow == 4 && n > PANEL && m * k > 2048;
  if (isPackedA) packStrips(m, k, a, aColumn, STRIPS);
  const isTransposed = layout == TRANSPOSED;
  const isPanel = isTransposed || (m >= 8 && k * n > 2048);
  let j = 0;
  if (IS_FUSED && isWide && isPanel && (isPackedA || aColumn == 4)) {
    for (; n - j > PANEL; j += WIDE_PANEL) {
      const width = min(WIDE_PANEL, n - j);
      const target = c + at(j);
      const from = isZero ? ZEROS : start + at(j);
      if (isTransposed) packWideTransposed(width, k, b + <usize>j * bRow, bRow, PANELS);
      else packWidePanel(k, b + at(j), bRow, PANELS);
      if (isPackedA) {
        wideStripTiles(m, width, k, STRIPS, PANELS, target, cRow, from, startRow, rectify);
      } else {
        widePanelTiles(m, width, k, a, aRow, PANELS, target, cRow, from, startRow, rectify);
      }
    }
  }
  for (; j < n; j += PANEL) {
    const width = min(PANEL, n - j);
    const target = c + at(j);
    const from = isZero ? ZEROS : start + at(j);
    const columns = b + (isTransposed ? <usize>j * bRow : at(j));
    if (isTransposed) packTransposed(width, k, columns, bRow, PANELS);
    else if (isPanel) packPanel(k, columns, bRow, PANELS);
    const panel = isPanel ? PANELS : columns;
    const panelRow: usize = isPanel ? 32 : bRow;
    if (width <= 4) {
      const done = aColumn == 4
        ? narrowTiles(m, width, k, a, aRow, panel, panelRow, target, cRow, from, startRow, rectify)
        : 0;
      tiles4x4(
        m - done, width, k, a + <usize>done * aRow, aRow, aColumn, panel, panelRow,
        target + <usize>done * cRow, cRow, from + <usize>done * startRow, startRow, rectify,
      );
    } else if (isPanel && isPackedA) {
      stripTiles(m, width, k, STRIPS, panel, target, cRow, from, startRow, rectify);
    } else if (isPanel && aColumn == 4) {
      panelTiles(m, width, k, a, aRow, panel, target, cRow, from, startRow, rectify);
    } else {
      tiles4x8(
        m, width, k, a, aRow, aColumn, panel, panelRow, target, cRow, from, startRow, rectify,
      );
    }
  }
}

export function multiply(
  m: i32,
  n: i32,
  k: i32,
  a: i32,
  aStride: i32,
  b: i32,
  bStride: i32,
  c: i32,
  cStride: i32,
  accumulate: i32,
): void {
  const start = accumulate == 1 ? at(c) : ZEROS;
  const startRow = accumulate == 1 ? at(cStride) : 0;
  product(
    m, n, k, at(a), at(aStride), 4, at(b), at(bStride), PLAIN, at(c), at(cStride), start, startRow,
    false,
  );
}

export function multiplyByTransposed(
  m: i32,
  n: i32,
  k: i32,
  a: i32,
  aStride: i32,
  b: i32,
  bStride: i32,
  c: i32,
  cStride: i32,
  accumulate: i32,
): void {
  const start = accumulate == 1 ? at(c) : ZEROS;
  const startRow = accumulate == 1 ? at(cStride) : 0;
  product(
    m, n, k, at(a), at(aStride), 4, at(b), at(bStride), TRANSPOSED, at(c), at(cStride), start,
    startRow, false,
  );
}

export function multiplyTransposed(
  m: i32,
  n: i32,
  k: i32,
  a: i32,
  aStride: i32,
  b: i32,
  bStride: i32,
  c: i32,
  cStride: i32,
  accumulate: i32,
): void {
  const start = accumulate == 1 ? at(c) : ZEROS;
  const startRow = accumulate == 1 ? at(cStride) : 0;
  product(
    m, n, k, at(a), 4, at(aStride), at(b), at(bStride), PLAIN, at(c), at(cStride), start, startRow,
    false,
  );
}

export function denseForward(
  rows: i32,
  inputs: i32,
  outputs: i32,
  x: i32,
  weights: i32,
  bias: i32,
  y: i32,
  activation: i32,
): void {
  product(
    rows, outputs, inputs, at(x), at(inputs), 4, at(weights), at(outputs), PLAIN, at(y), at(outputs),
    bias >= 0 ? at(bias) : ZEROS, 0, activation == RELU,
  );
  if (activation != LINEAR && activation != RELU) activate(activation, y, y, rows * outputs);
}

export function denseBackward(
  rows: i32,
  inputs: i32,
  outputs: i32,
  x: i32,
  weights: i32,
  dy: i32,
  weightsGradient: i32,
  biasGradient: i32,
  dx: i32,
): void {
  if (weightsGradient >= 0) {
    multiplyTransposed(
      inputs, outputs, rows, x, inputs, dy, outputs, weightsGradient, outputs, 1,
    ); // Xᵀ · dY
  }
  if (biasGradient >= 0) addColumnSums(dy, biasGradient, outputs, rows);
  if (dx < 0) return;
  if (weightsGradient < 0 && outputs >= FEWEST_OUTPUTS) {
    sparseInputGradient(rows, inputs, outputs, weights, dy, dx);
  } else {
    multiplyByTransposed(rows, inputs, outputs, dy, outputs, weights, outputs, dx, inputs, 0);
  }
}

/**
 * dY · Wᵀ where rows of dY may be zeros, as behind an estimate that is not the least one: these cost
 * nothing. The others are moved together, multiplied, and moved apart again.
 */
function sparseInputGradient(
  rows: i32,
  inputs: i32,
  outputs: i32,
  weights: i32,
  dy: i32,
  dx: i32,
): void {
  for (let first = 0; first < rows; first += MOST_ROWS) {
    const n = min(MOST_ROWS, rows - first);
    const from = dy + first * outputs;
    const to = dx + first * inputs;
    let count = 0;
    for (let r = 0; r < n; r++) {
      const isFull = isSome(at(from + r * outputs), outputs);
      store<bool>(IS_FULL + r, isFull);
      if (!isFull) continue;
      if (count < r) copy(from + r * outputs, from + count * outputs, outputs);
      count++;
    }
    // Fewer than four rows would be summed in another order, unless there are no more.
    if (count > 0) {
      const m = min(max(4, count), n);
      multiplyByTransposed(m, inputs, outputs, from, outputs, weights, outputs, to, inputs, 0);
    }
    for (let r = n - 1; r >= 0; r--) {
      if (!load<bool>(IS_FULL + r)) fill(to + r * inputs, 0, inputs);
      else if (--count < r) copy(to + count * inputs, to + r * inputs, inputs);
    }
  }
}

/** Whether any of `n` numbers is not 0. */
function isSome(x: usize, n: i32): bool {
  for (; n >= 4; n -= 4) {
    if (v128.any_true(f32x4.ne(v128.load(x), f32x4.splat(0)))) return true;
    x += 16;
  }
  return v128.any_true(v128.and(f32x4.ne(v128.load(x), f32x4.splat(0)), firstLanes(n)));
}
