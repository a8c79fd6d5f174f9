import { checkInteger, checkLength } from '../../core/check.ts';
import { checkRewarded, type Numbers, type Rewarded } from './rollout.ts';

/**
 * n-step returns: the next n rewards, and the value of the state they lead to.
 *
 *     Gₜ = rₜ₊₁ + γ rₜ₊₂ + … + γᵏ⁻¹ rₜ₊ₖ + γᵏ V(sₜ₊ₖ)
 *
 * where k is n, or less if the episode or the rollout ends before; V(sₜ₊ₖ) = 0 where it is terminal.
 *
 * @param discount γ, in [0, 1].
 * @param numSteps n, at least 1; as many as the rollout has give all rewards up to its end.
 * @param returns Receives Gₜ, `[numSteps × numEnvs]`.
 * @throws RangeError if an array's length or a parameter does not fit.
 *
 * Source: Sutton & Barto (2018), equation 7.1.
 */
export function estimateNStepReturns(
  rollout: Rewarded,
  discount: number,
  numSteps: number,
  returns: Numbers,
): void {
  const { numEnvs, rewards, nextValues, terminated, truncated } = rollout;
  checkRewarded('estimateNStepReturns', rollout, discount);
  checkInteger('estimateNStepReturns: numSteps', numSteps, 1);
  checkLength('estimateNStepReturns: returns', returns, rewards.length);

  for (let t = 0; t < rewards.length; t++) {
    let sum = rewards[t];
    let weight = discount; // γᵏ
    let last = t;
    for (let k = 1; k < numSteps; k++) {
      if (terminated[last] === 1 || truncated[last] === 1) break;
      if (last + numEnvs >= rewards.length) break;
      last += numEnvs;
      sum += weight * rewards[last];
      weight *= discount;
    }
    returns[t] = terminated[last] === 1 ? sum : sum + weight * nextValues[last];
  }
}
