import { type Box, box } from '../../core/space.ts';
import { requireRealActions } from './requirements.ts';
import { type ActionWrapper, defineWrapper } from './wrapper.ts';

const NAME = 'clip-action';

/** Takes any real numbers as actions, and clips them to the world's bounds. */
export const clipAction: ActionWrapper<object, Box> = defineWrapper({
  name: NAME,
  description: 'Takes any real numbers as actions and clips them to the bounds.',
  defaults: {},
  rules(world) {
    const { shape, labels, low, high } = requireRealActions(NAME, world);
    const clipped = new Float32Array(low.length);
    return {
      actionSpace: box(
        new Float32Array(low.length).fill(-Infinity),
        new Float32Array(low.length).fill(Infinity),
        { shape, labels },
      ),
      step(_, inner, action) {
        const chosen = action as Float32Array;
        for (let i = 0; i < clipped.length; i++) {
          clipped[i] = Math.min(Math.max(chosen[i], low[i]), high[i]);
        }
        return inner.step(clipped);
      },
    };
  },
});
