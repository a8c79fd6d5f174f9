import type { SavedData } from '../../../core/saved.ts';
import type { SavedPart } from '../../saved-parts.ts';

/** A replay buffer as a part of what an agent saves. */
export function replayPart(replay: {
  save(): SavedData;
  restore(saved: SavedData): void;
}): SavedPart {
  return { snapshot: () => replay.save(), restore: (saved) => replay.restore(saved) };
}
