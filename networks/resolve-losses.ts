import { checkFinite, checkOneOf } from '../core/check.ts';
import type { LearnerLoss } from './learner.ts';
import { type LossSpecification, resolveLoss } from './losses/registry.ts';
import type { NetworkPlan } from './plan.ts';

/** A loss in its place. */
export interface PlacedLoss {
  readonly loss: LossSpecification;
  /** Which numbers of each row of outputs it is of. */
  readonly head: { readonly offset: number; readonly size: number };
  readonly scale: number;
}

/**
 * Losses that are learned together, checked and completed.
 *
 * @throws RangeError if there is none, a loss or a head is unknown, or a scale is no finite number.
 */
export function resolveLosses(
  { heads, outputSize }: NetworkPlan,
  losses: readonly LearnerLoss[],
): readonly PlacedLoss[] {
  if (!Array.isArray(losses) || losses.length === 0) {
    throw new RangeError('Learner: losses must be a list of at least one loss.');
  }
  const names = heads.map(({ name }) => name);
  return losses.map(({ loss, head, scale = 1 }: LearnerLoss, i): PlacedLoss => {
    const where = `Learner: losses[${i}]`;
    checkFinite(`${where}.scale`, scale);
    if (head !== undefined) checkOneOf(`${where}.head`, head, names);
    const { offset, size } = heads.find(({ name }) => name === head) ?? {
      offset: 0,
      size: outputSize,
    };
    return { loss: resolveLoss(`${where}.loss`, loss), head: { offset, size }, scale };
  });
}
