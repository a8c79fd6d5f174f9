import type { EpisodeEntry } from '../../training/recording/recording.ts';
import { formatNumber } from '../format/number.ts';
import type { ListedRecording, ListedRun } from '../net/library.ts';

/** An episode that can be gone to: of the open recording, or of another recording of its run. */
export interface Stop {
  readonly src: string;
  readonly episode: number;
  readonly title: string;
}

/**
 * Where "next" and "previous" lead: through the episodes of a recording that has several, else
 * through the recordings of the run.
 *
 * @param src Of the open recording.
 */
export function stopsOf(
  src: string,
  episodes: readonly EpisodeEntry[],
  run: ListedRun | null,
): readonly Stop[] {
  if (episodes.length > 1 || run === null) {
    return episodes.map((entry) => ({ src, episode: entry.index, title: episodeTitle(entry) }));
  }
  return inOrder(run.recordings).map(({ path, title }) => ({ src: path, episode: 0, title }));
}

/** The recordings of a run as they came: the first, by number, the last, the best, the newest. */
export function inOrder(recordings: readonly ListedRecording[]): readonly ListedRecording[] {
  return [...recordings].sort((a, b) => rank(a.title) - rank(b.title));
}

/** Position of what is on show among the stops; −1 where it is none of them. */
export function stopIndex(stops: readonly Stop[], src: string, episode: number): number {
  return stops.findIndex((stop) => stop.src === src && stop.episode === episode);
}

function episodeTitle({ meta, end, length }: EpisodeEntry): string {
  const result = end ? `return ${formatNumber(end.episodeReturn)}` : 'unfinished';
  return `episode ${meta.number}: ${result}, ${length} steps`;
}

function rank(title: string): number {
  const named = ['last', 'best', 'live'].indexOf(title);
  if (named >= 0) return Number.MAX_SAFE_INTEGER - 3 + named;
  return title === 'first' ? -1 : Number(/(\d+)$/.exec(title)?.[1] ?? Number.MAX_SAFE_INTEGER - 4);
}
