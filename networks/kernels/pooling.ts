/**
 * What is left of each window on an image, channel by channel.
 *
 * Window (i, j) has its upper left corner at line i · strideHeight − top and column
 * j · strideWidth − left. What is outside of the image does not count, and no window is wholly
 * outside.
 */
export interface PoolingKernels {
  /**
   * y = the largest of each window, `[rows × outputHeight × outputWidth × channels]`.
   *
   * @param chosen Written, as large as y: where in its window it stood, line by line from 0. The
   *   first of several equal ones.
   */
  maxPool(
    rows: number,
    height: number,
    width: number,
    channels: number,
    outputHeight: number,
    outputWidth: number,
    windowHeight: number,
    windowWidth: number,
    strideHeight: number,
    strideWidth: number,
    top: number,
    left: number,
    x: number,
    y: number,
    chosen: number,
  ): void;

  /** Adds each dy to the pixel at dx that was chosen. */
  maxPoolBackward(
    rows: number,
    height: number,
    width: number,
    channels: number,
    outputHeight: number,
    outputWidth: number,
    windowHeight: number,
    windowWidth: number,
    strideHeight: number,
    strideWidth: number,
    top: number,
    left: number,
    dy: number,
    chosen: number,
    dx: number,
  ): void;

  /** y = the mean of what is inside: added up line by line, then divided by the number of pixels. */
  averagePool(
    rows: number,
    height: number,
    width: number,
    channels: number,
    outputHeight: number,
    outputWidth: number,
    windowHeight: number,
    windowWidth: number,
    strideHeight: number,
    strideWidth: number,
    top: number,
    left: number,
    x: number,
    y: number,
  ): void;

  /** Adds dy, divided by the number of pixels inside, to each of these at dx. */
  averagePoolBackward(
    rows: number,
    height: number,
    width: number,
    channels: number,
    outputHeight: number,
    outputWidth: number,
    windowHeight: number,
    windowWidth: number,
    strideHeight: number,
    strideWidth: number,
    top: number,
    left: number,
    dy: number,
    dx: number,
  ): void;
}
