// Sums over the rows of a matrix.

/** Rows whose sum is made before it goes to the others: long sums lose fewer bits so. */
export const PART = 64;

/** Σ over `rows` rows of four columns, `stride` bytes from one row to the next. */
@inline
export function sumColumns(x: usize, rows: i32, stride: usize): v128 {
  let total = f32x4.splat(0);
  for (let r = 0; r < rows; r += PART) {
    let sums = f32x4.splat(0);
    for (let left = min(PART, rows - r); left > 0; left--) {
      sums = f32x4.add(sums, v128.load(x));
      x += stride;
    }
    total = f32x4.add(total, sums);
  }
  return total;
}
