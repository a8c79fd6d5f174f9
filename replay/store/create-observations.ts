import type { Allocator } from '../memory.ts';
import type { ResolvedReplayOptions } from '../replay-options.ts';
import type { ObservationStore } from './observation-store.ts';
import { SeparateObservations } from './separate-observations.ts';
import { SharedFrames } from './shared-frames.ts';

/**
 * Where `capacity` transitions keep observations of `size` numbers, as the options say.
 *
 * @param numEnvs Copies of the world, whose transitions come in turns.
 */
export function createObservations(
  { size, capacity, numEnvs }: { size: number; capacity: number; numEnvs: number },
  options: ResolvedReplayOptions,
  allocator: Allocator,
): ObservationStore {
  const { storage, stack, shared, meanEpisodeLength } = options;
  if (!shared) return new SeparateObservations(capacity, size, storage, allocator);
  // Each transition adds a frame, and each episode those of its first observation. A frame stays until
  // the copy has made as many steps more.
  const frames = capacity + Math.ceil((capacity * stack) / meanEpisodeLength) + 2 * stack * numEnvs;
  return new SharedFrames({ capacity, frames, stack, frameSize: size / stack, storage }, allocator);
}
