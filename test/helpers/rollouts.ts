import { Alea } from '../../core/alea.ts';

/** A rollout of random numbers, in columns `[numSteps × numEnvs]`. */
export interface RandomRollout {
  readonly numEnvs: number;
  readonly rewards: Float64Array;
  readonly values: Float64Array;
  readonly nextValues: Float64Array;
  readonly terminated: Uint8Array;
  readonly truncated: Uint8Array;
  /** π/μ of what was done. */
  readonly ratios: Float64Array;
}

/** Random numbers with some terminations and truncations; V(sₜ₊₁) is the next V(sₜ) within episodes. */
export function randomRollout(seed: number, numSteps: number, numEnvs: number): RandomRollout {
  const rng = new Alea(seed);
  const n = numSteps * numEnvs;
  const draw = () => Float64Array.from({ length: n }, () => rng.normal());
  const ends = Array.from({ length: n }, () => rng.uniform());
  const [rewards, values, nextValues] = [draw(), draw(), draw()];
  for (let t = 0; t + numEnvs < n; t++) if (ends[t] >= 0.3) nextValues[t] = values[t + numEnvs];
  return {
    numEnvs,
    rewards,
    values,
    nextValues,
    terminated: Uint8Array.from(ends, (end) => (end < 0.15 ? 1 : 0)),
    truncated: Uint8Array.from(ends, (end) => (end >= 0.15 && end < 0.3 ? 1 : 0)),
    ratios: Float64Array.from({ length: n }, () => 3 * rng.uniform()),
  };
}

/** The rows of one episode from row t on, as far as the rollout knows it. */
export function restOfEpisode(rollout: RandomRollout, t: number): number[] {
  const rows = [t];
  for (;;) {
    const last = rows[rows.length - 1];
    const next = last + rollout.numEnvs;
    const ended = rollout.terminated[last] === 1 || rollout.truncated[last] === 1;
    if (ended || next >= rollout.rewards.length) return rows;
    rows.push(next);
  }
}

/** The sum of the rewards of `rows`, and the value where they lead: what n-step returns are. */
export function returnOver(
  rollout: RandomRollout,
  rows: readonly number[],
  discount: number,
): number {
  const last = rows[rows.length - 1];
  const sum = rows.reduce((total, row, k) => total + discount ** k * rollout.rewards[row], 0);
  const value = rollout.terminated[last] === 1 ? 0 : rollout.nextValues[last];
  return sum + discount ** rows.length * value;
}

/** (1 − λ) Σ λⁿ⁻¹ Gₜ:ₜ₊ₙ + λᴺ⁻¹ Gₜ:ₜ₊ₙ: the forward view of λ-returns, N rows being left. */
export function forwardLambdaReturn(
  rollout: RandomRollout,
  t: number,
  discount: number,
  lambda: number,
): number {
  const rows = restOfEpisode(rollout, t);
  const returns = rows.map((_, n) => returnOver(rollout, rows.slice(0, n + 1), discount));
  const whole = returns.length - 1;
  const shorter = returns.slice(0, whole).reduce((sum, value, n) => sum + lambda ** n * value, 0);
  return (1 - lambda) * shorter + lambda ** whole * returns[whole];
}
