import { checkInteger, checkLength, resolveOptions, show } from '../core/check.ts';
import type { LearnerNumbers, LearnerOptions, LearnerTargets } from './learner.ts';
import type { NetworkPlan } from './plan.ts';
import type { PlacedLoss } from './resolve-losses.ts';

/** @throws RangeError if an option is unknown or out of range. */
export function resolveLearnerOptions(options: LearnerOptions): Required<LearnerOptions> {
  const defaults = { losses: [], optimizer: null as never, seed: 0 };
  const resolved = resolveOptions<LearnerOptions>('Learner', defaults, options);
  checkInteger('Learner: seed', resolved.seed, 0);
  return resolved;
}

/** @throws RangeError unless there are targets for each of the losses. */
export function checkTargets(
  losses: readonly PlacedLoss[],
  targets: readonly LearnerTargets[],
): void {
  if (Array.isArray(targets) && targets.length === losses.length) return;
  throw new RangeError(
    `Learner.update: targets must be a list with one for each of the ${losses.length} losses, got ${
      Array.isArray(targets) ? targets.length : show(targets)
    }.`,
  );
}

/** @throws RangeError if a length differs. */
export function checkNumbers(
  { parameters, statistics, optimizer, updates }: LearnerNumbers,
  { parameterCount, statisticCount }: NetworkPlan,
  optimizerLength: number,
): void {
  checkLength('Learner.write: parameters', parameters, parameterCount);
  checkLength('Learner.write: statistics', statistics, statisticCount);
  checkLength('Learner.write: optimizer', optimizer, optimizerLength);
  checkInteger('Learner.write: updates', updates, 0);
}
