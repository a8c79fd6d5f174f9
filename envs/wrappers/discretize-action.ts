import { checkInteger, show } from '../../core/check.ts';
import { type Discrete, discrete } from '../../core/space.ts';
import { type MultiDiscrete, multiDiscrete } from '../../core/spaces/multi.ts';
import { requireRealActions } from './requirements.ts';
import { type ActionWrapper, defineWrapper } from './wrapper.ts';

/** How to cut a box of actions into cells. */
export interface DiscretizeActionOptions {
  /** Intervals along each element, at least 1 each, or one number for all. Default 5. */
  readonly bins?: number | readonly number[];
  /** Whether the interval of each element is chosen by itself. Default false. */
  readonly multiDiscrete?: boolean;
}

/** The options of `discretizeAction` where none are given. */
export const DISCRETIZE_ACTION_DEFAULTS: Required<DiscretizeActionOptions> = {
  bins: 5,
  multiDiscrete: false,
};

const NAME = 'discretize-action';

/**
 * Offers the centers of the cells of a box as actions.
 *
 * Each element's range is cut into intervals of one length. The cells are numbered row-major, the
 * last element fastest.
 */
export const discretizeAction: ActionWrapper<DiscretizeActionOptions, Discrete | MultiDiscrete> =
  defineWrapper({
    name: NAME,
    description: 'Offers the centers of cells as actions in place of real numbers.',
    defaults: DISCRETIZE_ACTION_DEFAULTS,
    rules(world, options) {
      const { shape, labels, low, high } = requireRealActions(NAME, world);
      const size = low.length;
      const bins = expandBins(options.bins, size);
      for (let i = 0; i < size; i++) {
        if (Number.isFinite(low[i]) && Number.isFinite(high[i])) continue;
        throw new RangeError(
          `${NAME}: ${world.name} must have actions with finite bounds, got ${low[i]} to ${high[i]} at element ${i}.`,
        );
      }
      const center = (i: number, bin: number): number =>
        low[i] + ((high[i] - low[i]) * (bin + 0.5)) / bins[i];
      const chosen = new Float32Array(size);
      if (options.multiDiscrete) {
        return {
          actionSpace: multiDiscrete(bins, { shape, labels }),
          step(_, inner, action) {
            const indices = action as Int32Array;
            for (let i = 0; i < size; i++) chosen[i] = center(i, indices[i]);
            return inner.step(chosen);
          },
        };
      }
      const numCells = bins.reduce((product, n) => product * n, 1);
      checkInteger(`${NAME}: the number of cells`, numCells, 1, 2 ** 24);
      return {
        actionSpace: discrete(numCells),
        step(_, inner, action) {
          let rest = action as number;
          for (let i = size - 1; i >= 0; i--) {
            chosen[i] = center(i, rest % bins[i]);
            rest = Math.floor(rest / bins[i]);
          }
          return inner.step(chosen);
        },
      };
    },
  });

function expandBins(bins: number | readonly number[], size: number): readonly number[] {
  const list = typeof bins === 'number' ? new Array<number>(size).fill(bins) : bins;
  if (!Array.isArray(list) || list.length !== size) {
    throw new RangeError(
      `${NAME}: bins must be a number or a list of ${size}, one for each element of the action, got ${show(bins)}.`,
    );
  }
  list.forEach((n, i) => {
    checkInteger(`${NAME}: bins[${i}]`, n, 1);
  });
  return list;
}
