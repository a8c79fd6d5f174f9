import { checkBetween, checkInteger, checkPositive, resolveOptions } from '../../../core/check.ts';
import type { Rng } from '../../../core/rng.ts';
import { checkSchedule, type Schedule } from '../../../core/schedule.ts';
import { adam } from '../../../networks/optimizers/adam.ts';
import type { Task } from '../../task.ts';
import { ActorCritic } from './actor-critic.ts';
import {
  completeOnPolicy,
  ON_POLICY_DEFAULTS,
  type OnPolicyOptions,
  type ResolvedOnPolicy,
} from './actor-critic-options.ts';
import { type KlPenaltyOptions, resolveKlPenalty } from './kl-penalty.ts';
import { PpoUpdates } from './ppo-updates.ts';
import { RolloutAgent } from './rollout-agent.ts';
import { RolloutCollector } from './rollout-collector.ts';

/** How to act and learn. */
export interface PpoOptions extends OnPolicyOptions {
  /** Steps of each copy in a rollout, at least 1. Default 128. */
  readonly numSteps?: number;
  /** Times that a rollout is learned from, at least 1. Default 4. */
  readonly epochs?: number;
  /**
   * Batches of an epoch, from 1 to the rows of a rollout. Where they do not divide these, an epoch leaves
   * the rest out, other rows each time. Default 4.
   */
  readonly minibatches?: number;
  /** λ of the advantages, in [0, 1]. Default 0.95. */
  readonly lambda?: number;
  /**
   * ε of the interval of π / π_old, above 0; a schedule runs over environment steps. `null` for none:
   * then there must be a `klPenalty`. Default 0.2.
   */
  readonly clip?: Schedule | null;
  /** A penalty β KL(π_old ‖ π) beside the clip, or in its place; `null` for none. Default null. */
  readonly klPenalty?: KlPenaltyOptions | null;
  /** By how much V may move from what it was, above 0; `null` for no bound. Default 0.2. */
  readonly valueClip?: number | null;
  /** Whether the advantages of a batch are brought to mean 0 and deviation 1. Default true. */
  readonly normalizeAdvantages?: boolean;
  /** KL(π_old ‖ π) from which on a rollout is not learned from again; `null` for none. Default null. */
  readonly targetDivergence?: number | null;
}

/**
 * The options that `new Ppo(task)` stands for: those of CleanRL's `ppo.py`, but for its falling rate.
 * The weight of the entropy is 0.01; Adam has a learning rate of 0.00025, ε = 1e-5, and gradients cut
 * to a norm of 0.5.
 */
export const PPO_DEFAULTS: Required<PpoOptions> = {
  ...ON_POLICY_DEFAULTS,
  numSteps: 128,
  epochs: 4,
  minibatches: 4,
  lambda: 0.95,
  clip: 0.2,
  klPenalty: null,
  valueClip: 0.2,
  entropyWeight: 0.01,
  normalizeAdvantages: true,
  targetDivergence: null,
  optimizer: adam({ learningRate: 2.5e-4, epsilon: 1e-5, clip: { globalNorm: 0.5 } }),
};

/**
 * Proximal policy optimization with a clipped objective, or with a penalty whose weight adapts itself.
 *
 *     loop: act for numSteps steps with π_old
 *           A ← GAE(λ), R ← A + V_old
 *           for each epoch, for each minibatch: θ ← θ − α ∇ L(θ)      (`ppoLoss`)
 *           with a penalty: d ← mean KL(π_old ‖ π), β follows it              (`KlPenalty`)
 *
 * Source: Schulman et al. (2017), "Proximal policy optimization algorithms", sections 3 to 5. Details as in
 * Huang et al. (2022), "The 37 implementation details of proximal policy optimization". Differs from
 * them in that a time limit does not end the value: V(s′) of the true successor is added.
 */
export class Ppo extends RolloutAgent<Required<PpoOptions>> {
  readonly name = 'ppo';

  /**
   * @throws RangeError if actions are neither `Discrete` nor real, or an option is unknown or out of
   *   range, or the layers do not fit the observations.
   */
  constructor(task: Task, options: PpoOptions = {}) {
    const where = 'Ppo';
    const resolved = resolvePpoOptions(where, options, task);
    const { numSteps, klPenalty, minibatches: count } = resolved;
    const actorCritic = new ActorCritic(where, task, resolved);
    const collector = new RolloutCollector(where, task, actorCritic, numSteps, klPenalty !== null);
    const { rollout } = collector;
    checkInteger(`${where}: minibatches`, count, 1, rollout.rows);
    const rows = Math.floor(rollout.rows / count);
    const minibatches = { count, rows, shuffle: (rng: Rng) => rollout.shuffle(rng) };
    const learning = { actorCritic, rollout, minibatches };
    const updates = new PpoUpdates(`${where}.learn`, learning, resolved);
    super(resolved, { where, actorCritic, collector, updates });
  }
}

function resolvePpoOptions(where: string, given: PpoOptions, task: Task) {
  const options = resolveOptions<PpoOptions>(where, PPO_DEFAULTS, given) as Required<PpoOptions>;
  return checkPpoOptions(where, task, options);
}

/** Options that are complete, with their layers and the penalty. */
export type ResolvedPpo = ResolvedOnPolicy<PpoOptions> & {
  readonly klPenalty: Required<KlPenaltyOptions> | null;
};

/**
 * Checks options, but for the number of minibatches, and names the layers that are meant.
 *
 * @throws RangeError if an option is out of range.
 */
export function checkPpoOptions(
  where: string,
  task: Task,
  options: Required<PpoOptions>,
): ResolvedPpo {
  checkInteger(`${where}: numSteps`, options.numSteps, 1);
  checkInteger(`${where}: epochs`, options.epochs, 1);
  checkBetween(`${where}: lambda`, options.lambda, 0, 1);
  const { clip } = options;
  const klPenalty = resolveKlPenalty(`${where}: klPenalty`, options.klPenalty);
  if (clip !== null) checkSchedule(`${where}: clip`, clip, Number.MIN_VALUE, Number.MAX_VALUE);
  else if (klPenalty === null) {
    throw new RangeError(
      `${where}: clip must be a number or a schedule where there is no klPenalty, got null.`,
    );
  }
  if (options.valueClip !== null) checkPositive(`${where}: valueClip`, options.valueClip);
  const { targetDivergence } = options;
  if (targetDivergence !== null) checkPositive(`${where}: targetDivergence`, targetDivergence);
  return { ...completeOnPolicy<PpoOptions>(where, options, task), klPenalty };
}
