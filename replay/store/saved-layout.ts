import { show } from '../../core/check.ts';
import { type SavedData, savedObject } from '../../core/saved.ts';
import type { ResolvedStorageOptions } from '../storage-options.ts';

/** What two buffers must have in common for one to take over what the other has saved. */
export function savedLayout(capacity: number, options: ResolvedStorageOptions): SavedData {
  const { storage, stack, shared, meanEpisodeLength } = options;
  return { capacity, storage, stack, shared, ...(shared ? { meanEpisodeLength } : {}) };
}

/** @throws Error unless `saved` is of a buffer with this layout. */
export function checkLayout(where: string, saved: SavedData, own: SavedData): void {
  const layout = savedObject(where, saved, 'layout');
  for (const [name, value] of Object.entries(own)) {
    if (layout[name] === value) continue;
    throw new Error(
      `${where}: expected a buffer with ${name} ${show(value)}, got ${show(layout[name])}.`,
    );
  }
}
