import type { ConvolutionKernels } from '../kernels/convolution.ts';
import type { Slide } from '../layers/window.ts';
import type { NumbersOf } from './numbers-of.ts';
import { forEachTap } from './taps.ts';

/** Patches of images, in plain TypeScript. */
export function convolutionKernels(heap: NumbersOf): ConvolutionKernels {
  // biome-ignore format: the geometry, as the interface has it
  return {
    im2col(
      first, count, height, width, channels, outputHeight, outputWidth,
      windowHeight, windowWidth, strideHeight, strideWidth, dilationHeight, dilationWidth,
      top, left, x, columns,
    ) {
      const { numbers } = heap;
      const slide: Slide = {
        height, width, channels, outputHeight, outputWidth, windowHeight, windowWidth,
        strideHeight, strideWidth, dilationHeight, dilationWidth, top, left,
      };
      const size = windowHeight * windowWidth * channels;
      numbers.fill(0, columns, columns + count * size);
      for (let p = 0; p < count; p++) {
        forEachTap(slide, first + p, (tap, pixel) => {
          const to = columns + p * size + tap * channels;
          for (let c = 0; c < channels; c++) numbers[to + c] = numbers[x + pixel + c];
        });
      }
    },

    col2im(
      first, count, height, width, channels, outputHeight, outputWidth,
      windowHeight, windowWidth, strideHeight, strideWidth, dilationHeight, dilationWidth,
      top, left, columns, dx,
    ) {
      const { numbers } = heap;
      const slide: Slide = {
        height, width, channels, outputHeight, outputWidth, windowHeight, windowWidth,
        strideHeight, strideWidth, dilationHeight, dilationWidth, top, left,
      };
      const size = windowHeight * windowWidth * channels;
      for (let p = 0; p < count; p++) {
        forEachTap(slide, first + p, (tap, pixel) => {
          const from = columns + p * size + tap * channels;
          for (let c = 0; c < channels; c++) numbers[dx + pixel + c] += numbers[from + c];
        });
      }
    },
  };
}
