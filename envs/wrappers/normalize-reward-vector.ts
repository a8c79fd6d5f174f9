import { checkBetween, checkPositive, resolveOptions } from '../../core/check.ts';
import type { EnvVector } from '../../core/env-vector.ts';
import {
  checkSavedHeader,
  copySavedArray,
  type SavedData,
  savedHeader,
  savedObject,
} from '../../core/saved.ts';
import type { Space } from '../../core/space.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { RunningStatistics } from './running-statistics.ts';
import { createStatistics, readStatistics, type StatisticsData } from './saved-statistics.ts';
import { replaceColumns, VectorAround } from './vector-around.ts';

/** How the rewards of many copies are normalized. */
export interface NormalizeRewardVectorOptions {
  /** γ of the return whose variance is taken, in [0, 1]. Default 0.99. */
  readonly discount?: number;
  /** Added to the variance, above 0. Default 10⁻⁸. */
  readonly epsilon?: number;
  /** The greatest size of a normalized reward, above 0; `Infinity` for none. Default `Infinity`. */
  readonly clip?: number;
  /** Whether rewards change the statistics; false to hold them fixed. Default true. */
  readonly update?: boolean;
  /** Statistics to begin with. Default `null`: none. */
  readonly statistics?: StatisticsData | null;
}

/** The options of `NormalizeRewardVector` where none are given. */
export const NORMALIZE_REWARD_VECTOR_DEFAULTS: Required<NormalizeRewardVectorOptions> = {
  discount: 0.99,
  epsilon: 1e-8,
  clip: Infinity,
  update: true,
  statistics: null,
};

const NAME = 'NormalizeRewardVector';

/**
 * Divides rewards by √(variance of the discounted return + ε), by running statistics of all copies.
 *
 *     Gᵢ ← γ Gᵢ (1 − terminatedᵢ) + rᵢ, and 0 where an episode has ended, once it is taken in
 *
 * Source: Gymnasium's vector NormalizeReward in the mode that begins the next episode at once.
 */
export class NormalizeRewardVector<
  O extends Space = Space,
  A extends Space = Space,
> extends VectorAround<O, A> {
  /** Whether rewards change the statistics. */
  update: boolean;
  readonly #discount: number;
  readonly #epsilon: number;
  readonly #clip: number;
  readonly #row: Float64Array;
  readonly #running: RunningStatistics;
  readonly #returns: Float64Array;
  readonly #rewards: Float64Array;
  readonly #outer: (transitions: Transitions) => Transitions;

  /** @throws RangeError if an option is out of range. */
  constructor(envs: EnvVector<O, A>, options: NormalizeRewardVectorOptions = {}) {
    const resolved = resolveOptions(NAME, NORMALIZE_REWARD_VECTOR_DEFAULTS, options);
    const { discount, epsilon, clip, update, statistics } = resolved;
    checkBetween(`${NAME}: discount`, discount, 0, 1);
    checkPositive(`${NAME}: epsilon`, epsilon);
    if (clip !== Infinity) checkPositive(`${NAME}: clip`, clip);
    super(envs, envs.observationSpace, envs.observations);
    this.update = update;
    this.#discount = discount;
    this.#epsilon = epsilon;
    this.#clip = clip;
    this.#row = createStatistics(NAME, 1, statistics);
    this.#running = new RunningStatistics(1, this.#row);
    this.#returns = new Float64Array(envs.numEnvs);
    this.#rewards = new Float64Array(envs.numEnvs);
    this.#outer = replaceColumns({ rewards: this.#rewards });
  }

  /** What has been gathered of discounted returns, as JSON. */
  get statistics(): StatisticsData {
    return readStatistics(1, this.#row);
  }

  step(actions: ActionColumn): Transitions {
    const transitions = this.envs.step(actions);
    const { rewards, terminated, truncated } = transitions;
    for (let i = 0; i < this.numEnvs; i++) {
      const past = terminated[i] ? 0 : this.#discount * this.#returns[i];
      this.#returns[i] = past + rewards[i];
    }
    if (this.update) this.#running.add(this.#returns, this.numEnvs);
    const deviation = Math.sqrt(this.#running.variance(0) + this.#epsilon);
    for (let i = 0; i < this.numEnvs; i++) {
      const reward = rewards[i] / deviation;
      this.#rewards[i] = Math.min(Math.max(reward, -this.#clip), this.#clip);
      if (terminated[i] || truncated[i]) this.#returns[i] = 0;
    }
    return this.#outer(transitions);
  }

  snapshot(): SavedData {
    return {
      ...savedHeader('normalize-reward-vector', 1),
      inner: this.envs.snapshot(),
      statistics: this.#row.slice(),
      returns: this.#returns.slice(),
    };
  }

  restore(saved: SavedData): void {
    const where = `${NAME}.restore`;
    checkSavedHeader(where, saved, 'normalize-reward-vector', 1);
    const row = new Float64Array(this.#row.length);
    const returns = new Float64Array(this.numEnvs);
    copySavedArray(where, saved, 'statistics', row);
    copySavedArray(where, saved, 'returns', returns);
    this.envs.restore(savedObject(where, saved, 'inner'));
    this.#row.set(row);
    this.#returns.set(returns);
  }
}
