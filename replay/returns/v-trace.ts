import { checkBetween, checkLength, resolveOptions } from '../../core/check.ts';
import { checkRewarded, type Numbers, type Rollout } from './rollout.ts';

/** How to correct for acting by an older policy. */
export interface VtraceOptions {
  /** γ, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** λ, in [0, 1]: what each c is multiplied by. Default 1. */
  readonly lambda?: number;
  /** ρ̄, the greatest weight of a TD error, above 0; `Infinity` for no limit. Default 1. */
  readonly maxErrorRatio?: number;
  /** c̄, the greatest weight of a later step, above 0; `Infinity` for no limit. Default 1. */
  readonly maxTraceRatio?: number;
  /** The limit of ρ in advantages, above 0; `Infinity` for none. Default 1. */
  readonly maxAdvantageRatio?: number;
}

/** The options of `estimateVtrace` where none are given: the paper's. */
export const VTRACE_DEFAULTS: Required<VtraceOptions> = {
  discount: 0.99,
  lambda: 1,
  maxErrorRatio: 1,
  maxTraceRatio: 1,
  maxAdvantageRatio: 1,
};

/** Where `estimateVtrace` writes, `[numSteps × numEnvs]` each. */
export interface VtraceEstimates {
  /** vₜ, what V(sₜ) is to become. */
  readonly targets: Numbers;
  /** What the log-probability of the action at t is weighed by. */
  readonly advantages: Numbers;
}

/**
 * V-trace: value targets and advantages of a policy π from what another one, μ, did.
 *
 *     ρₜ = min(ρ̄, π(aₜ|sₜ) / μ(aₜ|sₜ))    cₜ = λ min(c̄, π(aₜ|sₜ) / μ(aₜ|sₜ))
 *     δₜ = ρₜ (rₜ₊₁ + γ V(sₜ₊₁) − V(sₜ))
 *     vₜ = V(sₜ) + δₜ + γ cₜ (vₜ₊₁ − V(sₜ₊₁))
 *     Aₜ = ρₜ (rₜ₊₁ + γ vₜ₊₁ − V(sₜ))
 *
 * with vₜ₊₁ = V(sₜ₊₁) where the rollout ends or the episode was cut at t, and both 0 where sₜ₊₁ is
 * terminal.
 *
 * @param ratios π(aₜ|sₜ) / μ(aₜ|sₜ), `[numSteps × numEnvs]`.
 * @throws RangeError if an array's length or an option does not fit.
 *
 * Source: Espeholt et al. (2018), "IMPALA: Scalable distributed deep-RL with importance weighted
 * actor-learner architectures", section 4.1 and remark 2.
 */
export function estimateVtrace(
  rollout: Rollout,
  ratios: Numbers,
  { targets, advantages }: VtraceEstimates,
  options?: VtraceOptions,
): void {
  const { numEnvs, rewards, values, nextValues, terminated, truncated } = rollout;
  const { discount, lambda, ...limits } = resolveVtrace(options);
  checkRewarded('estimateVtrace', rollout, discount);
  for (const [name, column] of Object.entries({ values, ratios, targets, advantages })) {
    checkLength(`estimateVtrace: ${name}`, column, rewards.length);
  }

  for (let t = rewards.length - 1; t >= 0; t--) {
    const ratio = ratios[t];
    const last = terminated[t] === 1 || truncated[t] === 1 || t + numEnvs >= rewards.length;
    const nextValue = terminated[t] === 1 ? 0 : nextValues[t];
    const nextTarget = last ? nextValue : targets[t + numEnvs];
    const later = last ? 0 : targets[t + numEnvs] - values[t + numEnvs]; // vₜ₊₁ − V(sₜ₊₁)
    const error = rewards[t] + discount * nextValue - values[t];
    const trace = lambda * Math.min(limits.maxTraceRatio, ratio); // cₜ
    targets[t] =
      values[t] + Math.min(limits.maxErrorRatio, ratio) * error + discount * trace * later;
    advantages[t] =
      Math.min(limits.maxAdvantageRatio, ratio) * (rewards[t] + discount * nextTarget - values[t]);
  }
}

function resolveVtrace(options?: VtraceOptions): Required<VtraceOptions> {
  const resolved = resolveOptions('estimateVtrace', VTRACE_DEFAULTS, options);
  checkBetween('estimateVtrace: lambda', resolved.lambda, 0, 1);
  for (const name of ['maxErrorRatio', 'maxTraceRatio', 'maxAdvantageRatio'] as const) {
    checkBetween(`estimateVtrace: ${name}`, resolved[name], Number.MIN_VALUE, Infinity);
  }
  return resolved;
}
