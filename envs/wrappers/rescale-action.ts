import { type Box, box } from '../../core/space.ts';
import { requireRealActions } from './requirements.ts';
import { type NewBound, rescaling } from './rescale.ts';
import { type ActionWrapper, defineWrapper } from './wrapper.ts';

/** The bounds that actions are to have. */
export interface RescaleActionOptions {
  /** The lower bound of each element, or one for all; `null` to keep one, as infinite ones must be. Default −1. */
  readonly min?: NewBound;
  /** The upper bound of each element, likewise. Default 1. */
  readonly max?: NewBound;
}

/** The options of `rescaleAction` where none are given. */
export const RESCALE_ACTION_DEFAULTS: Required<RescaleActionOptions> = { min: -1, max: 1 };

const NAME = 'rescale-action';

/** Takes actions between other bounds, and maps them onto those of the world. */
export const rescaleAction: ActionWrapper<RescaleActionOptions, Box> = defineWrapper({
  name: NAME,
  description: 'Takes actions between other bounds.',
  defaults: RESCALE_ACTION_DEFAULTS,
  rules(world, { min, max }) {
    const space = requireRealActions(NAME, world);
    const { low, high, slope, shift } = rescaling(NAME, space, min, max);
    const point = low.findIndex((bound, i) => bound === high[i]);
    if (point >= 0) {
      throw new RangeError(
        `${NAME}: min[${point}] must be below max[${point}], got ${low[point]} for both.`,
      );
    }
    const mapped = new Float32Array(slope.length);
    return {
      actionSpace: box(low, high, { shape: space.shape, labels: space.labels }),
      step(_, inner, action) {
        const chosen = action as Float32Array;
        for (let i = 0; i < mapped.length; i++) mapped[i] = (chosen[i] - shift[i]) / slope[i];
        return inner.step(mapped);
      },
    };
  },
});
