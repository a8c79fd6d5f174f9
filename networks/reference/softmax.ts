import { exp } from '../../core/math.ts';
import type { SoftmaxKernels } from '../kernels/softmax.ts';
import type { NumbersOf } from './numbers-of.ts';

/** Softmax by its definition, in plain TypeScript. */
export function softmaxKernels(heap: NumbersOf): SoftmaxKernels {
  return {
    softmax(rows, width, scale, causal, x, y) {
      const { numbers } = heap;
      for (let r = 0; r < rows; r++) {
        const [from, to] = [x + r * width, y + r * width];
        const seen = causal === 1 ? (r % width) + 1 : width;
        let largest = -Infinity;
        for (let i = 0; i < seen; i++) largest = Math.max(largest, scale * numbers[from + i]);
        let sum = 0;
        for (let i = 0; i < seen; i++) {
          numbers[to + i] = exp(scale * numbers[from + i] - largest);
          sum += numbers[to + i];
        }
        for (let i = 0; i < seen; i++) numbers[to + i] /= sum;
        numbers.fill(0, to + seen, to + width);
      }
    },

    softmaxBackward(rows, width, scale, y, dy, dx) {
      const { numbers } = heap;
      for (let row = 0; row < rows * width; row += width) {
        let mean = 0; // of dY, with the weights Y
        for (let i = row; i < row + width; i++) mean += numbers[y + i] * numbers[dy + i];
        for (let i = row; i < row + width; i++) {
          numbers[dx + i] = scale * numbers[y + i] * (numbers[dy + i] - mean);
        }
      }
    },
  };
}
