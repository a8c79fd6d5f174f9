import {
  checkSavedHeader,
  copySavedArray,
  type SavedData,
  savedCount,
  savedHeader,
  savedNumber,
  savedObject,
} from '../core/saved.ts';
import type { Transitions } from '../core/transitions.ts';

/** An episode that has just ended in one copy of the world. */
export interface EpisodeSummary {
  /** Copy of the world it ran in. */
  readonly copy: number;
  /** Undiscounted sum of the rewards. */
  readonly episodeReturn: number;
  /** Steps. */
  readonly length: number;
  readonly outcome: 'terminated' | 'truncated';
}

/** What the episodes since the last record came to; `null` where none has ended. */
export interface EpisodeAverages {
  /** Episodes ended since the beginning. */
  readonly episodes: number;
  readonly meanReturn: number | null;
  readonly minReturn: number | null;
  readonly maxReturn: number | null;
  readonly meanLength: number | null;
}

/** Follows returns and lengths of the episodes of every copy of a world. */
export class EpisodeStatistics {
  readonly #returns: Float64Array; // of the running episode of each copy
  readonly #lengths: Float64Array;
  #episodes = 0;
  #recent = emptyWindow();

  /** @param numEnvs Copies of the world, at least 1. */
  constructor(numEnvs: number) {
    this.#returns = new Float64Array(numEnvs);
    this.#lengths = new Float64Array(numEnvs);
  }

  /** Episodes ended since the beginning. */
  get episodes(): number {
    return this.#episodes;
  }

  /**
   * Takes in one step of every copy.
   *
   * @param onEpisode Called for each episode that this step ended.
   */
  add(
    { rewards, terminated, truncated }: Transitions,
    onEpisode?: (summary: EpisodeSummary) => void,
  ): void {
    for (let copy = 0; copy < rewards.length; copy++) {
      this.#returns[copy] += rewards[copy];
      this.#lengths[copy]++;
      if (terminated[copy] === 0 && truncated[copy] === 0) continue;
      const episodeReturn = this.#returns[copy];
      const length = this.#lengths[copy];
      this.#count(episodeReturn, length);
      this.#returns[copy] = 0;
      this.#lengths[copy] = 0;
      const outcome = terminated[copy] === 1 ? 'terminated' : 'truncated';
      onEpisode?.({ copy, episodeReturn, length, outcome });
    }
  }

  /** Averages over the episodes since the last call, which then start anew. */
  takeAverages(): EpisodeAverages {
    const { count, returns, lengths, min, max } = this.#recent;
    this.#recent = emptyWindow();
    const none = count === 0;
    return {
      episodes: this.#episodes,
      meanReturn: none ? null : returns / count,
      minReturn: none ? null : min,
      maxReturn: none ? null : max,
      meanLength: none ? null : lengths / count,
    };
  }

  save(): SavedData {
    const { count, returns, lengths, min, max } = this.#recent;
    return {
      ...savedHeader('episode-statistics', 1),
      episodes: this.#episodes,
      returns: this.#returns.slice(),
      lengths: this.#lengths.slice(),
      recent: { count, returns, lengths, extremes: Float64Array.of(min, max) },
    };
  }

  /** @throws Error if `saved` is no such data for as many copies. */
  restore(saved: SavedData): void {
    const where = 'EpisodeStatistics.restore';
    checkSavedHeader(where, saved, 'episode-statistics', 1);
    const recent = savedObject(where, saved, 'recent');
    const extremes = new Float64Array(2);
    copySavedArray(where, recent, 'extremes', extremes);
    const window = {
      count: savedCount(where, recent, 'count'),
      returns: savedNumber(where, recent, 'returns'),
      lengths: savedNumber(where, recent, 'lengths'),
      min: extremes[0],
      max: extremes[1],
    };
    const episodes = savedCount(where, saved, 'episodes');
    copySavedArray(where, saved, 'returns', this.#returns);
    copySavedArray(where, saved, 'lengths', this.#lengths);
    this.#recent = window;
    this.#episodes = episodes;
  }

  #count(episodeReturn: number, length: number): void {
    const recent = this.#recent;
    this.#episodes++;
    recent.count++;
    recent.returns += episodeReturn;
    recent.lengths += length;
    recent.min = Math.min(recent.min, episodeReturn);
    recent.max = Math.max(recent.max, episodeReturn);
  }
}

function emptyWindow() {
  return { count: 0, returns: 0, lengths: 0, min: Infinity, max: -Infinity };
}
