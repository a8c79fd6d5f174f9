// Copies of parts of matrices that lie as the tiles read them: one number after the other.

import { at } from './lanes';

/** Whether products and sums are fused. */
export const IS_FUSED = ASC_FEATURE_RELAXED_SIMD;

/** Columns of a panel of B, and of a wide one. */
export const PANEL = 8;
export const WIDE_PANEL = 16;

/** Rows of a strip of A: two tiles. */
export const STRIP = IS_FUSED ? 12 : 8;

/** Copies k rows of 8 columns: `[k × 8]`. */
export function packPanel(k: i32, b: usize, bRow: usize, panel: usize): void {
  for (let l = 0; l < k; l++) {
    v128.store(panel, v128.load(b));
    v128.store(panel, v128.load(b, 16), 16);
    b += bRow;
    panel += 32;
  }
}

/** Copies k rows of 16 columns: `[k × 16]`. */
export function packWidePanel(k: i32, b: usize, bRow: usize, panel: usize): void {
  for (let l = 0; l < k; l++) {
    v128.store(panel, v128.load(b));
    v128.store(panel, v128.load(b, 16), 16);
    v128.store(panel, v128.load(b, 32), 32);
    v128.store(panel, v128.load(b, 48), 48);
    b += bRow;
    panel += 64;
  }
}

/** Copies k columns of `width` rows of B, up to 8, as a panel of Bᵀ: `[k × 8]`, and up to 3 rows more. */
export function packTransposed(width: i32, k: i32, b: usize, bRow: usize, panel: usize): void {
  for (let j = 0; j < width; j += 4) {
    transpose(min(width - j, 4), k, b + <usize>j * bRow, bRow, panel + at(j), 32);
  }
}

/** The same of up to 16 rows as a wide panel: `[k × 16]`, and up to 3 rows more. */
export function packWideTransposed(width: i32, k: i32, b: usize, bRow: usize, panel: usize): void {
  for (let j = 0; j < width; j += 4) {
    transpose(min(width - j, 4), k, b + <usize>j * bRow, bRow, panel + at(j), 64);
  }
}

/** Four columns of a panel, whose rows are `panelRow` apart. */
@inline
function transpose(
  width: i32,
  k: i32,
  b: usize,
  bRow: usize,
  panel: usize,
  panelRow: usize,
): void {
  let b0 = b;
  let b1 = width > 1 ? b + bRow : b;
  let b2 = width > 2 ? b + 2 * bRow : b;
  let b3 = width > 3 ? b + 3 * bRow : b;
  for (let l = 0; l < k; l += 4) {
    const r0 = v128.load(b0);
    const r1 = v128.load(b1);
    const r2 = v128.load(b2);
    const r3 = v128.load(b3);
    const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
    const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
    const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
    const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
    v128.store(panel, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
    v128.store(panel + panelRow, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
    v128.store(panel + 2 * panelRow, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
    v128.store(panel + 3 * panelRow, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
    b0 += 16;
    b1 += 16;
    b2 += 16;
    b3 += 16;
    panel += 4 * panelRow;
  }
}

/** Copies m columns of A `[k × m]` as strips of Aᵀ: `[m / STRIP] × [k × STRIP]`. */
export function packStrips(m: i32, k: i32, a: usize, aRow: usize, strips: usize): void {
  for (let i = 0; i < m; i += STRIP) {
    let source = a + <usize>i * 4;
    for (let l = 0; l < k; l++) {
      v128.store(strips, v128.load(source));
      v128.store(strips, v128.load(source, 16), 16);
      if (STRIP == 12) v128.store(strips, v128.load(source, 32), 32);
      source += aRow;
      strips += 4 * STRIP;
    }
  }
}

/** Where row i begins in the strips. */
@inline
export function stripAt(strips: usize, i: i32, k: i32): usize {
  return strips + at(i / STRIP * k * STRIP + i % STRIP);
}
