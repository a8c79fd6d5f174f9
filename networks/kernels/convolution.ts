/**
 * What makes a matrix product of a convolution.
 *
 * A patch is what a kernel sees at one place: `kernelHeight × kernelWidth × channels` numbers, the
 * channels fastest. Patches are counted over the whole batch, row by row: patch
 * (row · outputHeight + i) · outputWidth + j has its upper left corner at line
 * i · strideHeight − top and column j · strideWidth − left of its row's image. Neighbors in a patch
 * are `dilation` apart; what is outside of the image is 0.
 */
export interface ConvolutionKernels {
  /**
   * Lays patches out as the lines of a matrix: columns [count × patch size] from images at x.
   *
   * @param first The first patch; `count` of them from there on.
   */
  im2col(
    first: number,
    count: number,
    height: number,
    width: number,
    channels: number,
    outputHeight: number,
    outputWidth: number,
    kernelHeight: number,
    kernelWidth: number,
    strideHeight: number,
    strideWidth: number,
    dilationHeight: number,
    dilationWidth: number,
    top: number,
    left: number,
    x: number,
    columns: number,
  ): void;

  /**
   * Adds each number of `columns` to the pixel at dx that it came from: the gradient of `im2col`.
   *
   * In the order of the columns, so that each sum has the same bits everywhere.
   */
  col2im(
    first: number,
    count: number,
    height: number,
    width: number,
    channels: number,
    outputHeight: number,
    outputWidth: number,
    kernelHeight: number,
    kernelWidth: number,
    strideHeight: number,
    strideWidth: number,
    dilationHeight: number,
    dilationWidth: number,
    top: number,
    left: number,
    columns: number,
    dx: number,
  ): void;
}
