import type { LayerRun, Wires, Workshop } from './run.ts';

/** A layer that changes no number. */
export function copyWires(size: number, wires: Wires, { kernels }: Workshop): LayerRun {
  const { input, output, inputGradient, outputGradient } = wires;
  return {
    forward({ rows }) {
      kernels.copy(input.offset, output.offset, rows * size);
    },
    backward({ rows }) {
      if (inputGradient === null) return;
      kernels.copy(outputGradient.offset, inputGradient.offset, rows * size);
    },
  };
}
