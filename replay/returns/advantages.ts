import { checkBetween, checkLength } from '../../core/check.ts';
import { checkRewarded, type Numbers, type Rollout } from './rollout.ts';

/**
 * Generalized advantage estimates, GAE(λ).
 *
 *     δₜ = rₜ₊₁ + γ V(sₜ₊₁) − V(sₜ)    with V(sₜ₊₁) = 0 where sₜ₊₁ is terminal
 *     Aₜ = δₜ + γ λ Aₜ₊₁               with Aₜ₊₁ = 0 where the episode ended at t
 *
 * @param discount γ, in [0, 1].
 * @param lambda λ, in [0, 1]: 0 gives the TD error, 1 the return minus V(sₜ).
 * @param advantages Receives Aₜ, `[numSteps × numEnvs]`.
 * @throws RangeError if an array's length or a parameter does not fit.
 *
 * Source: Schulman et al. (2016), "High-dimensional continuous control using generalized advantage
 * estimation", section 3.
 */
export function estimateAdvantages(
  rollout: Rollout,
  discount: number,
  lambda: number,
  advantages: Numbers,
): void {
  const { numEnvs, rewards, values, nextValues, terminated, truncated } = rollout;
  checkRewarded('estimateAdvantages', rollout, discount);
  checkBetween('estimateAdvantages: lambda', lambda, 0, 1);
  checkLength('estimateAdvantages: values', values, rewards.length);
  checkLength('estimateAdvantages: advantages', advantages, rewards.length);

  for (let t = rewards.length - 1; t >= 0; t--) {
    const last = terminated[t] === 1 || truncated[t] === 1 || t + numEnvs >= rewards.length;
    const later = last ? 0 : advantages[t + numEnvs];
    const nextValue = terminated[t] === 1 ? 0 : nextValues[t];
    const error = rewards[t] + discount * nextValue - values[t];
    advantages[t] = error + discount * lambda * later;
  }
}
