import { resolveOptions, show } from '../../core/check.ts';
import { sizeOf } from '../specification/shape.ts';
import type { LayerDefinition } from './definition.ts';
import type { Workshop } from './run.ts';

/** Numbers left out at random while training, the others made larger so that their mean stays. */
export interface Dropout {
  readonly kind: 'dropout';
  /** Chance of each number to be left out. */
  readonly rate: number;
}

/**
 * Dropout: in training passes each number becomes 0 with chance `rate`, else it is divided by
 * 1 − `rate`. Other passes leave all as it is, and draw nothing.
 *
 * @param rate At least 0 and below 1.
 * @throws RangeError if it is not.
 *
 * Source: Srivastava et al. (2014), "Dropout: a simple way to prevent neural networks from
 * overfitting". Differs from the source in that numbers are made larger in training, not smaller
 * afterwards.
 */
export function dropout(rate: number): Dropout {
  return dropoutDefinition.resolve('dropout', { rate });
}

interface Fields {
  readonly rate?: number;
}

const DEFAULTS: Required<Fields> = { rate: 0.5 };

/** What the library knows of dropout. */
export const dropoutDefinition: LayerDefinition<Dropout> = {
  kind: 'dropout',

  resolve(where, options) {
    const { rate } = resolveOptions<Fields>(where, DEFAULTS, options);
    if (!(typeof rate === 'number' && rate >= 0 && rate < 1)) {
      throw new RangeError(`${where}: rate must be at least 0 and below 1, got ${show(rate)}.`);
    }
    return { kind: 'dropout', rate };
  },

  plan: (_, input) => ({ output: input, multiplyAdds: 0 }),

  build({ layer, input: shape }, wires, workshop) {
    const { input, output, inputGradient, outputGradient } = wires;
    const { kernels } = workshop;
    const size = sizeOf(shape);
    const mask = workshop.perRow(size); // of the last training pass
    return {
      forward({ rows, training }) {
        const n = rows * size;
        const x = input.offset;
        const y = output.offset;
        if (training) {
          drawMask(workshop, mask.offset, n, layer.rate);
          kernels.multiplyElements(x, mask.offset, y, n, 0);
        } else kernels.copy(x, y, n);
      },

      backward({ rows, training }) {
        if (inputGradient === null) return;
        const n = rows * size;
        const dy = outputGradient.offset;
        const dx = inputGradient.offset;
        if (training) kernels.multiplyElements(dy, mask.offset, dx, n, 0);
        else kernels.copy(dy, dx, n);
      },
    };
  },
};

/** Draws `n` numbers that are 0 with chance `rate`, else 1 / (1 − rate). */
function drawMask({ numbers, rng }: Workshop, mask: number, n: number, rate: number): void {
  const kept = 1 / (1 - rate);
  for (let i = 0; i < n; i++) numbers[mask + i] = rng.uniform() < rate ? 0 : kept;
}
