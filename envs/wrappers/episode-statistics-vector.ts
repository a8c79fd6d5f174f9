import { checkInteger, resolveOptions } from '../../core/check.ts';
import type { EnvVector } from '../../core/env-vector.ts';
import {
  checkSavedHeader,
  copySavedArray,
  type SavedData,
  savedCount,
  savedHeader,
  savedObject,
} from '../../core/saved.ts';
import type { Space } from '../../core/space.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';
import { VectorAround } from './vector-around.ts';

/** How many episodes are remembered. */
export interface EpisodeStatisticsVectorOptions {
  /** Of how many of the last episodes return and length are kept, at least 1. Default 100. */
  readonly capacity?: number;
}

/** The options of `EpisodeStatisticsVector` where none are given. */
export const EPISODE_STATISTICS_VECTOR_DEFAULTS: Required<EpisodeStatisticsVectorOptions> = {
  capacity: 100,
};

const NAME = 'EpisodeStatisticsVector';

/**
 * Follows return and length of the episodes of every copy, and keeps those of the last ones.
 *
 * Put it inside wrappers that change rewards to follow what the world gives.
 *
 * Source: Gymnasium's vector RecordEpisodeStatistics; here as columns in place of `info`.
 */
export class EpisodeStatisticsVector<
  O extends Space = Space,
  A extends Space = Space,
> extends VectorAround<O, A> {
  /** `[numEnvs]` — 1 where the last step ended an episode. */
  readonly ended: Uint8Array;
  /** `[numEnvs]` — the return of that episode; 0 where none ended. */
  readonly endedReturns: Float64Array;
  /** `[numEnvs]` — its length; 0 where none ended. */
  readonly endedLengths: Float64Array;

  readonly #returns: Float64Array; // of the running episodes
  readonly #lengths: Float64Array;
  readonly #lastReturns: Float64Array; // a ring
  readonly #lastLengths: Float64Array;
  #numEpisodes = 0;

  /** @throws RangeError if an option is out of range. */
  constructor(envs: EnvVector<O, A>, options: EpisodeStatisticsVectorOptions = {}) {
    const { capacity } = resolveOptions(NAME, EPISODE_STATISTICS_VECTOR_DEFAULTS, options);
    checkInteger(`${NAME}: capacity`, capacity, 1);
    super(envs, envs.observationSpace, envs.observations);
    const { numEnvs } = envs;
    this.ended = new Uint8Array(numEnvs);
    this.endedReturns = new Float64Array(numEnvs);
    this.endedLengths = new Float64Array(numEnvs);
    this.#returns = new Float64Array(numEnvs);
    this.#lengths = new Float64Array(numEnvs);
    this.#lastReturns = new Float64Array(capacity);
    this.#lastLengths = new Float64Array(capacity);
  }

  /** Episodes that have ended. */
  get numEpisodes(): number {
    return this.#numEpisodes;
  }

  /** Returns of the last episodes, the oldest first; a fresh array of at most `capacity`. */
  get lastReturns(): Float64Array {
    return this.#unrolled(this.#lastReturns);
  }

  /** Lengths of the last episodes, likewise. */
  get lastLengths(): Float64Array {
    return this.#unrolled(this.#lastLengths);
  }

  step(actions: ActionColumn): Transitions {
    const transitions = this.envs.step(actions);
    const { rewards, terminated, truncated } = transitions;
    for (let i = 0; i < this.numEnvs; i++) {
      this.#returns[i] += rewards[i];
      this.#lengths[i]++;
      this.ended[i] = terminated[i] | truncated[i];
      this.endedReturns[i] = this.ended[i] ? this.#returns[i] : 0;
      this.endedLengths[i] = this.ended[i] ? this.#lengths[i] : 0;
      if (this.ended[i]) this.#end(i);
    }
    return transitions;
  }

  snapshot(): SavedData {
    return {
      ...savedHeader('episode-statistics-vector', 1),
      inner: this.envs.snapshot(),
      returns: this.#returns.slice(),
      lengths: this.#lengths.slice(),
      lastReturns: this.#lastReturns.slice(),
      lastLengths: this.#lastLengths.slice(),
      numEpisodes: this.#numEpisodes,
    };
  }

  restore(saved: SavedData): void {
    const where = `${NAME}.restore`;
    checkSavedHeader(where, saved, 'episode-statistics-vector', 1);
    const numEpisodes = savedCount(where, saved, 'numEpisodes');
    const arrays = {
      returns: this.#returns,
      lengths: this.#lengths,
      lastReturns: this.#lastReturns,
      lastLengths: this.#lastLengths,
    };
    for (const [key, array] of Object.entries(arrays)) {
      copySavedArray(where, saved, key, array.slice()); // all of them, before anything changes
    }
    this.envs.restore(savedObject(where, saved, 'inner'));
    for (const [key, array] of Object.entries(arrays)) copySavedArray(where, saved, key, array);
    this.#numEpisodes = numEpisodes;
    this.ended.fill(0);
    this.endedReturns.fill(0);
    this.endedLengths.fill(0);
  }

  #end(i: number): void {
    const at = this.#numEpisodes % this.#lastReturns.length;
    this.#lastReturns[at] = this.#returns[i];
    this.#lastLengths[at] = this.#lengths[i];
    this.#numEpisodes++;
    this.#returns[i] = 0;
    this.#lengths[i] = 0;
  }

  #unrolled(ring: Float64Array): Float64Array {
    const count = Math.min(this.#numEpisodes, ring.length);
    const first = this.#numEpisodes - count;
    return Float64Array.from({ length: count }, (_, k) => ring[(first + k) % ring.length]);
  }
}
