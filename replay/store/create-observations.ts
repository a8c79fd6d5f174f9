import type { Allocator } from '../memory.ts';
import type { ResolvedReplayOptions } from '../replay-options.ts';
import type { ObservationStore } from './observation-store.ts';
import { SeparateObservations } from './separate-observations.ts';
import { SharedFrames } from './shared-frames.ts';

/** Where `capacity` transitions keep observations of `size` numbers, as the options say. */
export function createObservations(
  size: number,
  capacity: number,
  options: ResolvedReplayOptions,
  allocator: Allocator,
): ObservationStore {
  const { storage, stack, shared, meanEpisodeLength } = options;
  if (!shared) return new SeparateObservations(capacity, size, storage, allocator);
  // Each transition adds a frame, and each episode those of its first observation.
  const frames = capacity + Math.ceil((capacity * stack) / meanEpisodeLength) + 2 * stack;
  return new SharedFrames({ capacity, frames, stack, frameSize: size / stack, storage }, allocator);
}
