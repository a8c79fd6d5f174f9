import type { NoiseKernels } from '../kernels/noise.ts';
import type { NumbersOf } from './numbers-of.ts';

/** Factorized noise by its definition, in plain TypeScript. */
export function noiseKernels(heap: NumbersOf): NoiseKernels {
  return {
    perturb(inputs, outputs, mean, deviation, inputNoise, outputNoise, weights) {
      const { numbers } = heap;
      for (let i = 0; i < inputs; i++) {
        for (let j = 0; j < outputs; j++) {
          const at = i * outputs + j;
          const noise = numbers[inputNoise + i] * numbers[outputNoise + j];
          numbers[weights + at] = numbers[mean + at] + numbers[deviation + at] * noise;
        }
      }
    },

    perturbBackward(inputs, outputs, gradient, inputNoise, outputNoise, mean, deviation) {
      const { numbers } = heap;
      for (let i = 0; i < inputs; i++) {
        for (let j = 0; j < outputs; j++) {
          const at = i * outputs + j;
          const noise = numbers[inputNoise + i] * numbers[outputNoise + j];
          numbers[mean + at] += numbers[gradient + at];
          numbers[deviation + at] += numbers[gradient + at] * noise;
        }
      }
    },
  };
}
