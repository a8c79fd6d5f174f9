import { checkBetween, checkLength } from '../../core/check.ts';
import { checkRewarded, type Numbers, type Rewarded } from './rollout.ts';

/**
 * λ-returns.
 *
 *     Gₜ = rₜ₊₁ + γ ((1 − λ) V(sₜ₊₁) + λ Gₜ₊₁)
 *
 * with V(sₜ₊₁) in place of Gₜ₊₁ where the rollout ends or the episode was cut at t, and 0 in place of
 * both where sₜ₊₁ is terminal. For Q(λ) give maxₐ Q(sₜ₊₁, a) as values.
 *
 * @param discount γ, in [0, 1].
 * @param lambda λ, in [0, 1]: 0 gives the one-step target, 1 the sum of rewards up to the end.
 * @param returns Receives Gₜ, `[numSteps × numEnvs]`.
 * @throws RangeError if an array's length or a parameter does not fit.
 *
 * Source: Sutton & Barto (2018), equation 12.18, with all of it off after a terminal state.
 */
export function estimateLambdaReturns(
  rollout: Rewarded,
  discount: number,
  lambda: number,
  returns: Numbers,
): void {
  const { numEnvs, rewards, nextValues, terminated, truncated } = rollout;
  checkRewarded('estimateLambdaReturns', rollout, discount);
  checkBetween('estimateLambdaReturns: lambda', lambda, 0, 1);
  checkLength('estimateLambdaReturns: returns', returns, rewards.length);

  for (let t = rewards.length - 1; t >= 0; t--) {
    if (terminated[t] === 1) {
      returns[t] = rewards[t];
      continue;
    }
    const last = truncated[t] === 1 || t + numEnvs >= rewards.length;
    const later = last ? nextValues[t] : returns[t + numEnvs];
    returns[t] = rewards[t] + discount * ((1 - lambda) * nextValues[t] + lambda * later);
  }
}
