import { show } from '../../core/check.ts';
import { type SavedData, savedObject } from '../../core/saved.ts';
import type { ResolvedReplayOptions } from '../replay-options.ts';

/** What two buffers must have in common for one to take over what the other has saved. */
export function savedLayout(capacity: number, options: ResolvedReplayOptions): SavedData {
  const { numSteps, storage, stack, shared, meanEpisodeLength } = options;
  return { capacity, numSteps, storage, stack, shared, ...(shared ? { meanEpisodeLength } : {}) };
}

/** @throws Error unless `saved` is of a buffer with this capacity and these options. */
export function checkLayout(
  where: string,
  saved: SavedData,
  capacity: number,
  options: ResolvedReplayOptions,
): void {
  const layout = savedObject(where, saved, 'layout');
  for (const [name, own] of Object.entries(savedLayout(capacity, options))) {
    if (layout[name] === own) continue;
    throw new Error(
      `${where}: expected a buffer with ${name} ${show(own)}, got ${show(layout[name])}.`,
    );
  }
}
