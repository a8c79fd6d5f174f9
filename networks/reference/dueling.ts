import type { DuelingKernels } from '../kernels/dueling.ts';
import type { NumbersOf } from './numbers-of.ts';

/** The end of a dueling network, in plain TypeScript. */
export function duelingKernels(heap: NumbersOf): DuelingKernels {
  function sum(first: number, n: number): number {
    let total = 0;
    for (let i = 0; i < n; i++) total += heap.numbers[first + i];
    return total;
  }

  return {
    duel(rows, actions, x, q) {
      const { numbers } = heap;
      for (let r = 0; r < rows; r++) {
        const value = x + r * (1 + actions);
        const mean = sum(value + 1, actions) / actions;
        for (let a = 0; a < actions; a++) {
          numbers[q + r * actions + a] = numbers[value] + numbers[value + 1 + a] - mean;
        }
      }
    },

    duelBackward(rows, actions, dq, dx) {
      const { numbers } = heap;
      for (let r = 0; r < rows; r++) {
        const value = dx + r * (1 + actions);
        const total = sum(dq + r * actions, actions);
        numbers[value] = total;
        for (let a = 0; a < actions; a++) {
          numbers[value + 1 + a] = numbers[dq + r * actions + a] - total / actions;
        }
      }
    },
  };
}
