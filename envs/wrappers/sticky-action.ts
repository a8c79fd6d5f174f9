import { checkBetween, checkInteger, show } from '../../core/check.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { countedFromZero, rowReader, writeRow } from '../../core/spaces/rows.ts';
import { createActions } from '../../core/transitions.ts';
import { legalityOf } from './legality.ts';
import { requireActionRows } from './requirements.ts';
import { type Action, defineWrapper, type SameWrapper } from './wrapper.ts';

/** How actions stick. */
export interface StickyActionOptions {
  /** Chance that the last action is taken again in place of the chosen one, in [0, 1). Default 0.25. */
  readonly probability?: number;
  /** Steps for which it is then taken, at least 1; or the least and greatest of an even draw. Default 1. */
  readonly duration?: number | readonly [number, number];
}

/** The options of `stickyAction` where none are given. */
export const STICKY_ACTION_DEFAULTS: Required<StickyActionOptions> = {
  probability: 0.25,
  duration: 1,
};

const NAME = 'sticky-action';

// Where each quantity lives in memory; the last action follows.
const HAS_LAST = 0; // 1 from the second step of an episode on
const REMAINING = 1; // steps for which the last action is still to be taken
const LAST = 2;

/**
 * Takes the last action again, at times, in place of the chosen one: what keeps an agent from
 * learning a fixed sequence by heart.
 *
 * A last action that has become illegal gives way to the chosen one.
 *
 * Source: Machado et al. (2018), "Revisiting the Arcade Learning Environment: evaluation protocols
 * and open problems for general agents", section 5; durations: Gymnasium's StickyAction.
 */
export const stickyAction: SameWrapper<StickyActionOptions> = defineWrapper({
  name: NAME,
  description: 'Takes the last action again, at times, in place of the chosen one.',
  defaults: STICKY_ACTION_DEFAULTS,
  rules(world, { probability, duration }) {
    const size = requireActionRows(NAME, world);
    checkBetween(`${NAME}: probability`, probability, 0, 1);
    if (probability === 1) {
      throw new RangeError(`${NAME}: probability must be below 1, got 1.`);
    }
    const [shortest, longest] = checkDuration(duration);
    const space = countedFromZero(world.actionSpace);
    const row = createActions(space, 1);
    const readLast = rowReader(space, row);
    const isLegal = legalityOf(world);
    return {
      memorySize: LAST + size,
      begin(memory) {
        memory[HAS_LAST] = 0;
        memory[REMAINING] = 0;
      },
      step(memory, inner, action, rng) {
        const stuck = memory[REMAINING] > 0;
        if (stuck || (memory[HAS_LAST] === 1 && rng.uniform() < probability)) {
          if (!stuck) memory[REMAINING] = shortest + rng.below(longest - shortest + 1);
          memory[REMAINING]--;
          for (let i = 0; i < size; i++) row[i] = memory[LAST + i];
          const last = readLast() as Action;
          if (isLegal(inner, last)) return inner.step(last);
          memory[REMAINING] = 0;
        }
        writeRow<Space>(space, action as ElementOf<Space>, row);
        for (let i = 0; i < size; i++) memory[LAST + i] = row[i];
        memory[HAS_LAST] = 1;
        return inner.step(action);
      },
    };
  },
});

function checkDuration(duration: number | readonly number[]): readonly number[] {
  const range = typeof duration === 'number' ? [duration, duration] : duration;
  if (!Array.isArray(range) || range.length !== 2) {
    throw new RangeError(
      `${NAME}: duration must be a number of steps or a pair of them, got ${show(duration)}.`,
    );
  }
  checkInteger(`${NAME}: duration`, range[0], 1);
  checkInteger(`${NAME}: duration`, range[1], range[0]);
  return range;
}
