/** Whole rows and arrays. */
export interface ArrayKernels {
  /** x[i] = value. */
  fill(x: number, value: number, n: number): void;

  /** y[i] = x[i]; the two may overlap. */
  copy(x: number, y: number, n: number): void;

  /** y[r][i] = x[r][i] for `rows` rows of `width`; 1 in `accumulate` adds instead. */
  copyRows(
    x: number,
    xStride: number,
    y: number,
    yStride: number,
    width: number,
    rows: number,
    accumulate: number,
  ): void;

  /** y[i] += scale · x[i]; y may be x. */
  addScaled(scale: number, x: number, y: number, n: number): void;

  /** y[i] += rate · (x[i] − y[i]), in float64 and then rounded. */
  approach(rate: number, x: number, y: number, n: number): void;

  /** z[i] = x[i] · y[i]; `accumulate` adds. */
  multiplyElements(x: number, y: number, z: number, n: number, accumulate: number): void;

  /** y[r][i] += x[i]: a row added to each of `rows` rows. */
  addRow(x: number, y: number, width: number, rows: number): void;

  /** y[i] += Σᵣ x[r][i]: the gradient of `addRow`. */
  addColumnSums(x: number, y: number, width: number, rows: number): void;
}
