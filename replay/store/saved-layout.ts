import { show } from '../../core/check.ts';
import { type SavedData, savedObject } from '../../core/saved.ts';
import { describeSpace } from '../../core/spaces/describe.ts';
import { rowSize } from '../../core/spaces/rows.ts';
import type { ReplayTask } from '../replay-task.ts';
import type { ResolvedStorageOptions } from '../storage-options.ts';

/**
 * What two buffers must have in common for one to take over what the other has saved.
 *
 * @param numSteps Steps of a copy that belong together.
 */
export function savedLayout(
  { observationSpace, actionSpace, numEnvs = 1 }: ReplayTask,
  capacity: number,
  numSteps: number,
  { storage, stack, shared, meanEpisodeLength }: ResolvedStorageOptions,
): SavedData {
  return {
    capacity,
    observationSize: rowSize(observationSpace),
    actionSpace: describeSpace(actionSpace),
    storage,
    stack,
    shared,
    ...(shared ? { meanEpisodeLength } : {}),
    ...(shared || numSteps > 1 ? { numEnvs } : {}), // where row i of a batch must be copy i
  };
}

/** @throws Error unless `saved` is of a buffer with this layout. */
export function checkLayout(where: string, saved: SavedData, own: SavedData): void {
  const layout = savedObject(where, saved, 'layout');
  for (const [name, value] of Object.entries(own)) {
    if (layout[name] === value || layout[name] === undefined) continue; // older data says less
    throw new Error(
      `${where}: expected a buffer with ${name} ${show(value)}, got ${show(layout[name])}.`,
    );
  }
}
