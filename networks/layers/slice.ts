import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { LayerPlan } from '../plan.ts';
import { showShape, sizeOf } from '../specification/shape.ts';
import type { LayerDefinition } from './definition.ts';
import type { LayerRun, Wires, Workshop } from './run.ts';

/** A stretch of the last axis; the rest goes no further. */
export interface Slice {
  readonly kind: 'slice';
  /** Index of its first number, from 0. */
  readonly start: number;
  /** Its numbers, at least 1. */
  readonly length: number;
}

/**
 * Takes a stretch of the last axis: features of a vector, channels of an image.
 *
 * Branches that begin with one each see their own part of what comes in, here an image of 10 × 10 × 4
 * before six other numbers:
 *
 *     concatenate([
 *       [slice(0, 400), reshape([10, 10, 4]), ...minatarConvnet()],
 *       [slice(400, 6)],
 *     ])
 *
 * @param start Index of its first number, at least 0.
 * @param length Its numbers, at least 1.
 * @throws RangeError if one is no such integer.
 */
export function slice(start: number, length: number): Slice {
  return sliceDefinition.resolve('slice', { start, length });
}

interface Fields {
  readonly start?: number;
  readonly length?: number;
}

const DEFAULTS: Required<Fields> = { start: 0, length: 0 };

/** What the library knows of slices. */
export const sliceDefinition: LayerDefinition<Slice> = {
  kind: 'slice',

  resolve(where, options) {
    const given: Fields = options;
    const { start, length } = resolveOptions(where, DEFAULTS, given);
    checkInteger(`${where}: start`, start, 0);
    checkInteger(`${where}: length`, length, 1);
    return { kind: 'slice', start, length };
  },

  plan({ start, length }, input, planner) {
    if (start + length > input[input.length - 1]) {
      planner.refuse(
        `cannot take numbers ${start} to ${start + length - 1} of the last axis of ${showShape(input)}.`,
      );
    }
    return { output: [...input.slice(0, -1), length], multiplyAdds: 0 };
  },

  build: runSlice,
};

function runSlice(
  { layer, input }: LayerPlan<Slice>,
  wires: Wires,
  { kernels }: Workshop,
): LayerRun {
  const { start, length } = layer;
  const width = input[input.length - 1];
  const positions = sizeOf(input.slice(0, -1));
  return {
    forward({ rows }) {
      const from = wires.input.offset + start;
      kernels.copyRows(from, width, wires.output.offset, length, length, rows * positions, 0);
    },
    backward({ rows }) {
      const { inputGradient, outputGradient } = wires;
      if (inputGradient === null) return;
      kernels.fill(inputGradient.offset, 0, rows * positions * width);
      const to = inputGradient.offset + start;
      kernels.copyRows(outputGradient.offset, length, to, width, length, rows * positions, 0);
    },
  };
}
