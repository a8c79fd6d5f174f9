import { checkLength } from '../../core/check.ts';
import type { Transitions } from '../../core/transitions.ts';
import type { StepSizes } from './rollout-columns.ts';
import type { ActingEstimates } from './rollout-options.ts';

/** @throws RangeError unless a step has a row of these sizes for each of `n` copies. */
export function checkStep(
  where: string,
  transitions: Transitions,
  estimates: ActingEstimates,
  n: number,
  sizes: StepSizes,
): void {
  // Only who is refused pays for the words.
  if (isStep(transitions, estimates, n, sizes)) return;
  checkLength(`${where}: rewards`, transitions.rewards, n);
  checkLength(`${where}: observations`, transitions.observations, n * sizes.observation);
  checkLength(`${where}: actions`, transitions.actions, n * sizes.action);
  checkLength(`${where}: terminated`, transitions.terminated, n);
  checkLength(`${where}: truncated`, transitions.truncated, n);
  checkLength(`${where}: values`, estimates.values, n);
  checkLength(`${where}: logProbabilities`, estimates.logProbabilities, n);
  checkLength(`${where}: actionMasks`, estimates.actionMasks ?? [], n * sizes.mask);
  checkLength(`${where}: policies`, estimates.policies ?? [], n * sizes.policy);
}

function isStep(
  transitions: Transitions,
  estimates: ActingEstimates,
  n: number,
  sizes: StepSizes,
): boolean {
  return (
    transitions.rewards.length === n &&
    transitions.observations.length === n * sizes.observation &&
    transitions.actions.length === n * sizes.action &&
    transitions.terminated.length === n &&
    transitions.truncated.length === n &&
    estimates.values.length === n &&
    estimates.logProbabilities.length === n &&
    (estimates.actionMasks?.length ?? 0) === n * sizes.mask &&
    (estimates.policies?.length ?? 0) === n * sizes.policy
  );
}
