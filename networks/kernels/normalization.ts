/** Numbers brought to mean 0 and variance 1, then scaled and shifted. */
export interface NormalizationKernels {
  /**
   * Normalizes each row `[positions × channels]` in groups by themselves:
   * y = scale[c] · (x − mean) · inverse + shift[c] with inverse = 1 / √(variance + epsilon).
   *
   * A group is channels / groups neighbors at all positions; the variance is divided by their number.
   *
   * @param moments Written, `[rows × groups × 2]`: mean and inverse of each group.
   */
  normalizeGroups(
    rows: number,
    positions: number,
    channels: number,
    groups: number,
    epsilon: number,
    x: number,
    scale: number,
    shift: number,
    y: number,
    moments: number,
  ): void;

  /**
   * Adds the gradients of scale and shift, `[channels]`, and writes that of x.
   *
   * @param moments What `normalizeGroups` wrote.
   * @param dx −1 where nobody wants it.
   */
  normalizeGroupsBackward(
    rows: number,
    positions: number,
    channels: number,
    groups: number,
    x: number,
    scale: number,
    moments: number,
    dy: number,
    scaleGradient: number,
    shiftGradient: number,
    dx: number,
  ): void;

  /** Writes mean and variance, divided by `rows`, of each column of X [rows × channels]. */
  columnMoments(rows: number, channels: number, x: number, mean: number, variance: number): void;

  /** y = scale[c] · (x − mean[c]) / √(variance[c] + epsilon) + shift[c] for X [rows × channels]. */
  normalizeColumns(
    rows: number,
    channels: number,
    epsilon: number,
    x: number,
    mean: number,
    variance: number,
    scale: number,
    shift: number,
    y: number,
  ): void;

  /**
   * Adds the gradients of scale and shift, and writes that of x.
   *
   * @param isOwn 1 if mean and variance are those of x's own columns, and so depend on x.
   * @param dx −1 where nobody wants it.
   */
  normalizeColumnsBackward(
    rows: number,
    channels: number,
    epsilon: number,
    x: number,
    mean: number,
    variance: number,
    scale: number,
    dy: number,
    scaleGradient: number,
    shiftGradient: number,
    isOwn: number,
    dx: number,
  ): void;
}
