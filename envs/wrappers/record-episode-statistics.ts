import { show } from '../../core/check.ts';
import { defineWrapper, type SameWrapper } from './wrapper.ts';

/** Where the statistics are told. */
export interface RecordEpisodeStatisticsOptions {
  /** The key in `info`. Default `episode`. */
  readonly key?: string;
}

/** The options of `recordEpisodeStatistics` where none are given. */
export const RECORD_EPISODE_STATISTICS_DEFAULTS: Required<RecordEpisodeStatisticsOptions> = {
  key: 'episode',
};

/** What `info` tells of an episode that has ended. */
export interface EndedEpisode {
  /** The sum of its rewards. */
  readonly return: number;
  /** Its steps. */
  readonly length: number;
}

/**
 * Tells in `info.episode` the return and length of an episode with its last step.
 *
 * A time limit around this wrapper is not seen by it: put it inside. For many copies there is
 * `EpisodeStatisticsVector`.
 */
export const recordEpisodeStatistics: SameWrapper<RecordEpisodeStatisticsOptions> = defineWrapper({
  name: 'record-episode-statistics',
  description: 'Tells the return and length of an episode with its last step.',
  defaults: RECORD_EPISODE_STATISTICS_DEFAULTS,
  rules({ timeLimit }, { key }) {
    if (typeof key !== 'string' || key.length === 0) {
      throw new RangeError(
        `record-episode-statistics: key must be the name of a key, got ${show(key)}.`,
      );
    }
    return {
      keepsModel: true,
      memorySize: 2, // return, length
      begin(memory) {
        memory.fill(0);
      },
      step(memory, inner, action) {
        const reward = inner.step(action);
        memory[0] += reward;
        memory[1]++;
        return reward;
      },
      info(memory, inner): Readonly<Record<string, EndedEpisode>> {
        const [episodeReturn, length] = memory;
        const ended = length > 0 && (inner.hasEnded() || length >= timeLimit);
        return ended ? { [key]: { return: episodeReturn, length } } : {};
      },
    };
  },
});
