import { checkInteger, hint, show } from '../../core/check.ts';
import type { AnyBox } from '../../core/space.ts';
import { requireBoxObservations } from './requirements.ts';
import { defineWrapper, type InnerWorld, type SameWrapper } from './wrapper.ts';

/** What is hidden. */
export interface MaskVelocityOptions {
  /**
   * Labels or indices of the elements that are hidden, at least one; `null` for those whose label
   * speaks of a velocity or a speed. Default `null`.
   */
  readonly elements?: readonly (string | number)[] | null;
}

/** The options of `maskVelocity` where none are given. */
export const MASK_VELOCITY_DEFAULTS: Required<MaskVelocityOptions> = { elements: null };

const NAME = 'mask-velocity';

/**
 * Shows 0, or the bound nearest to it, in place of velocities: so that an agent needs a memory.
 *
 * Source: RL Baselines3 Zoo's MaskVelocityWrapper.
 */
export const maskVelocity: SameWrapper<MaskVelocityOptions> = defineWrapper({
  name: NAME,
  description: 'Hides velocities from observations.',
  defaults: MASK_VELOCITY_DEFAULTS,
  rules(world, { elements }) {
    const space = requireBoxObservations(NAME, world);
    const hidden = hiddenElements(world, space, elements);
    const shown = hidden.map((i) => Math.min(Math.max(0, space.low[i]), space.high[i]));
    return {
      observe(_, inner, observation) {
        inner.observe(observation);
        for (let k = 0; k < hidden.length; k++) observation[hidden[k]] = shown[k];
      },
    };
  },
});

function hiddenElements(
  { name }: InnerWorld,
  { low, labels }: AnyBox,
  elements: readonly (string | number)[] | null,
): readonly number[] {
  if (elements === null) {
    const found = [...labels.keys()].filter((i) => /velocity|speed/i.test(labels[i]));
    if (found.length > 0) return found;
    throw new RangeError(
      `${NAME}: ${name} must have elements labeled as a velocity or speed, got ${show(labels)}. Name them as elements.`,
    );
  }
  if (!Array.isArray(elements) || elements.length === 0) {
    throw new RangeError(
      `${NAME}: elements must be a list of labels or indices, got ${show(elements)}.`,
    );
  }
  return elements.map((element) => {
    if (typeof element === 'number') {
      checkInteger(`${NAME}: an element`, element, 0, low.length - 1);
      return element;
    }
    const index = labels.indexOf(element);
    if (index >= 0) return index;
    throw new RangeError(
      `${NAME}: ${name} must have an element ${show(element)}, got ${show(labels)}.${hint(String(element), labels)}`,
    );
  });
}
