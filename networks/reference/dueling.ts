import type { DuelingKernels } from '../kernels/dueling.ts';
import type { NumbersOf } from './numbers-of.ts';

/** The end of a dueling network, in plain TypeScript. */
export function duelingKernels(heap: NumbersOf): DuelingKernels {
  /** Of `n` numbers, `stride` from each to the next. */
  function sum(first: number, n: number, stride: number): number {
    let total = 0;
    for (let i = 0; i < n; i++) total += heap.numbers[first + i * stride];
    return total;
  }

  return {
    duel(rows, actions, size, x, q) {
      const { numbers } = heap;
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < size; j++) {
          const value = x + r * (1 + actions) * size + j;
          const target = q + r * actions * size + j;
          const mean = sum(value + size, actions, size) / actions;
          for (let a = 0; a < actions; a++) {
            numbers[target + a * size] = numbers[value] + numbers[value + (1 + a) * size] - mean;
          }
        }
      }
    },

    duelBackward(rows, actions, size, dq, dx) {
      const { numbers } = heap;
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < size; j++) {
          const value = dx + r * (1 + actions) * size + j;
          const source = dq + r * actions * size + j;
          const total = sum(source, actions, size);
          numbers[value] = total;
          for (let a = 0; a < actions; a++) {
            numbers[value + (1 + a) * size] = numbers[source + a * size] - total / actions;
          }
        }
      }
    },
  };
}
