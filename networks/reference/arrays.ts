import type { ArrayKernels } from '../kernels/arrays.ts';
import type { NumbersOf } from './numbers-of.ts';

/** Whole rows and arrays, in plain TypeScript. */
export function arrayKernels(heap: NumbersOf): ArrayKernels {
  return {
    fill(x, value, n) {
      heap.numbers.fill(value, x, x + n);
    },

    copy(x, y, n) {
      heap.numbers.copyWithin(y, x, x + n);
    },

    copyRows(x, xStride, y, yStride, width, rows, accumulate) {
      const { numbers } = heap;
      for (let r = 0; r < rows; r++) {
        for (let i = 0; i < width; i++) {
          const before = accumulate === 1 ? numbers[y + r * yStride + i] : 0;
          numbers[y + r * yStride + i] = before + numbers[x + r * xStride + i];
        }
      }
    },

    addScaled(scale, x, y, n) {
      const { numbers } = heap;
      for (let i = 0; i < n; i++) numbers[y + i] += scale * numbers[x + i];
    },

    approach(rate, x, y, n) {
      const { numbers } = heap;
      for (let i = 0; i < n; i++) numbers[y + i] += rate * (numbers[x + i] - numbers[y + i]);
    },

    multiplyElements(x, y, z, n, accumulate) {
      const { numbers } = heap;
      for (let i = 0; i < n; i++) {
        const before = accumulate === 1 ? numbers[z + i] : 0;
        numbers[z + i] = before + numbers[x + i] * numbers[y + i];
      }
    },

    addRow(x, y, width, rows) {
      const { numbers } = heap;
      for (let r = 0; r < rows; r++) {
        for (let i = 0; i < width; i++) numbers[y + r * width + i] += numbers[x + i];
      }
    },

    addColumnSums(x, y, width, rows) {
      const { numbers } = heap;
      for (let r = 0; r < rows; r++) {
        for (let i = 0; i < width; i++) numbers[y + i] += numbers[x + r * width + i];
      }
    },
  };
}
