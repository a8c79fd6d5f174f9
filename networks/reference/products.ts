import type { ActivationKernels } from '../kernels/activations.ts';
import type { ArrayKernels } from '../kernels/arrays.ts';
import type { ProductKernels } from '../kernels/products.ts';
import type { NumbersOf } from './numbers-of.ts';

/** Matrix products by their definition, in plain TypeScript. */
export function productKernels(
  heap: NumbersOf,
  { addRow, addColumnSums }: ArrayKernels,
  { activate }: ActivationKernels,
): ProductKernels {
  /** C[i][j] = Σₗ a(i, l) · b(l, j), where each factor's steps say how it lies. */
  function product(
    [m, n, k]: readonly [number, number, number],
    [a, aRow, aColumn]: readonly [number, number, number],
    [b, bRow, bColumn]: readonly [number, number, number],
    [c, cRow]: readonly [number, number],
    accumulate: number,
  ): void {
    const { numbers } = heap;
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) {
        let sum = accumulate === 1 ? numbers[c + i * cRow + j] : 0;
        for (let l = 0; l < k; l++) {
          sum += numbers[a + i * aRow + l * aColumn] * numbers[b + l * bRow + j * bColumn];
        }
        numbers[c + i * cRow + j] = sum;
      }
    }
  }

  return {
    multiply(m, n, k, a, aStride, b, bStride, c, cStride, accumulate) {
      product([m, n, k], [a, aStride, 1], [b, bStride, 1], [c, cStride], accumulate);
    },

    multiplyByTransposed(m, n, k, a, aStride, b, bStride, c, cStride, accumulate) {
      product([m, n, k], [a, aStride, 1], [b, 1, bStride], [c, cStride], accumulate);
    },

    multiplyTransposed(m, n, k, a, aStride, b, bStride, c, cStride, accumulate) {
      product([m, n, k], [a, 1, aStride], [b, bStride, 1], [c, cStride], accumulate);
    },

    denseForward(rows, inputs, outputs, x, weights, bias, y, activation) {
      product([rows, outputs, inputs], [x, inputs, 1], [weights, outputs, 1], [y, outputs], 0);
      if (bias >= 0) addRow(bias, y, outputs, rows);
      activate(activation, y, y, rows * outputs);
    },

    denseBackward(rows, inputs, outputs, x, weights, dy, weightsGradient, biasGradient, dx) {
      const sizes = [inputs, outputs, rows] as const; // Xᵀ · dY
      if (weightsGradient >= 0) {
        product(sizes, [x, 1, inputs], [dy, outputs, 1], [weightsGradient, outputs], 1);
      }
      if (biasGradient >= 0) addColumnSums(dy, biasGradient, outputs, rows);
      if (dx < 0) return;
      product([rows, inputs, outputs], [dy, outputs, 1], [weights, 1, outputs], [dx, inputs], 0);
    },
  };
}
