import { checkPositive, resolveOptions } from '../../../core/check.ts';

/** How the penalty β KL(π_old ‖ π) finds its β: JSON. */
export interface KlPenaltyOptions {
  /** d_targ, the divergence in nats that the updates from a rollout should come to, above 0. Default 0.01. */
  readonly target?: number;
  /** β at first, above 0. Default 1. */
  readonly initial?: number;
}

/** What stands for `klPenalty: {}`: the best of the paper's table 1. */
export const KL_PENALTY_DEFAULTS: Required<KlPenaltyOptions> = { target: 0.01, initial: 1 };

/** @throws RangeError if an option is unknown or not above 0. */
export function resolveKlPenalty(
  where: string,
  given: KlPenaltyOptions | null,
): Required<KlPenaltyOptions> | null {
  if (given === null) return null;
  const options = resolveOptions(where, KL_PENALTY_DEFAULTS, given);
  checkPositive(`${where}.target`, options.target);
  checkPositive(`${where}.initial`, options.initial);
  return options;
}

const TOLERANCE = 1.5;
const FARTHEST = 1024;

/**
 * β of a penalty, which follows how far the policy moves.
 *
 *     d < d_targ / 1.5: β ← β / 2,   d > d_targ · 1.5: β ← 2 β
 *
 * Source: Schulman et al. (2017), "Proximal policy optimization algorithms", section 4. Differs from the
 * source in that β stays within 1024 times, and a 1024th, of what it was at first: it would take as long
 * to come back as it was away.
 */
export class KlPenalty {
  /** β, then the divergence d after the updates from the last rollout: what is to be saved. */
  readonly state: Float64Array = new Float64Array(2);
  readonly #target: number;
  readonly #bounds: readonly [least: number, most: number];

  constructor({ target, initial }: Required<KlPenaltyOptions>) {
    this.state[0] = initial;
    this.#target = target;
    this.#bounds = [initial / FARTHEST, initial * FARTHEST];
  }

  /** β. */
  get weight(): number {
    return this.state[0];
  }

  /** Changes β by what the updates from a rollout came to. @param divergence d, at least 0. */
  adapt(divergence: number): void {
    const [least, most] = this.#bounds;
    const { weight } = this;
    if (divergence < this.#target / TOLERANCE) this.state[0] = Math.max(least, weight / 2);
    else if (divergence > this.#target * TOLERANCE) this.state[0] = Math.min(most, 2 * weight);
    this.state[1] = divergence;
  }

  metrics(): Readonly<Record<string, number>> {
    return { klWeight: this.state[0], exactDivergence: this.state[1] };
  }
}
