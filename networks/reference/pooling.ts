import type { PoolingKernels } from '../kernels/pooling.ts';
import type { Slide } from '../layers/window.ts';
import type { NumbersOf } from './numbers-of.ts';
import { forEachTap } from './taps.ts';

/** Pooling by its definition, in plain TypeScript. */
export function poolingKernels(heap: NumbersOf): PoolingKernels {
  // biome-ignore format: the geometry, as the interface has it
  return {
    maxPool(
      rows, height, width, channels, outputHeight, outputWidth,
      windowHeight, windowWidth, strideHeight, strideWidth, top, left, x, y, chosen,
    ) {
      const { numbers } = heap;
      const slide: Slide = {
        height, width, channels, outputHeight, outputWidth, windowHeight, windowWidth,
        strideHeight, strideWidth, dilationHeight: 1, dilationWidth: 1, top, left,
      };
      const places = rows * outputHeight * outputWidth;
      numbers.fill(NONE, chosen, chosen + places * channels);
      for (let place = 0; place < places; place++) {
        forEachTap(slide, place, (tap, pixel) => {
          for (let c = 0; c < channels; c++) {
            const at = place * channels + c;
            const value = numbers[x + pixel + c];
            if (numbers[chosen + at] !== NONE && !(value > numbers[y + at])) continue;
            numbers[y + at] = value;
            numbers[chosen + at] = tap;
          }
        });
      }
    },

    maxPoolBackward(
      rows, height, width, channels, outputHeight, outputWidth,
      windowHeight, windowWidth, strideHeight, strideWidth, top, left, dy, chosen, dx,
    ) {
      const { numbers } = heap;
      const slide: Slide = {
        height, width, channels, outputHeight, outputWidth, windowHeight, windowWidth,
        strideHeight, strideWidth, dilationHeight: 1, dilationWidth: 1, top, left,
      };
      for (let place = 0; place < rows * outputHeight * outputWidth; place++) {
        forEachTap(slide, place, (tap, pixel) => {
          for (let c = 0; c < channels; c++) {
            const at = place * channels + c;
            if (numbers[chosen + at] === tap) numbers[dx + pixel + c] += numbers[dy + at];
          }
        });
      }
    },

    averagePool(
      rows, height, width, channels, outputHeight, outputWidth,
      windowHeight, windowWidth, strideHeight, strideWidth, top, left, x, y,
    ) {
      const { numbers } = heap;
      const slide: Slide = {
        height, width, channels, outputHeight, outputWidth, windowHeight, windowWidth,
        strideHeight, strideWidth, dilationHeight: 1, dilationWidth: 1, top, left,
      };
      const places = rows * outputHeight * outputWidth;
      numbers.fill(0, y, y + places * channels);
      for (let place = 0; place < places; place++) {
        const to = y + place * channels;
        forEachTap(slide, place, (_, pixel) => {
          for (let c = 0; c < channels; c++) numbers[to + c] += numbers[x + pixel + c];
        });
        const inside = countTaps(slide, place);
        for (let c = 0; c < channels; c++) numbers[to + c] /= inside;
      }
    },

    averagePoolBackward(
      rows, height, width, channels, outputHeight, outputWidth,
      windowHeight, windowWidth, strideHeight, strideWidth, top, left, dy, dx,
    ) {
      const { numbers } = heap;
      const slide: Slide = {
        height, width, channels, outputHeight, outputWidth, windowHeight, windowWidth,
        strideHeight, strideWidth, dilationHeight: 1, dilationWidth: 1, top, left,
      };
      for (let place = 0; place < rows * outputHeight * outputWidth; place++) {
        const inside = countTaps(slide, place);
        const from = dy + place * channels;
        forEachTap(slide, place, (_, pixel) => {
          for (let c = 0; c < channels; c++) numbers[dx + pixel + c] += numbers[from + c] / inside;
        });
      }
    },
  };
}

const NONE = -1; // no tap of the window yet

function countTaps(slide: Slide, place: number): number {
  let count = 0;
  forEachTap(slide, place, () => {
    count++;
  });
  return count;
}
