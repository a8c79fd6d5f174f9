import { hashRow } from '../../../core/hash.ts';
import type { ActionColumn, Transitions } from '../../../core/transitions.ts';
import { hashColumns, type OpenVector, VectorPlayer } from '../../helpers/vector-player.ts';

/** Steps a vector with random actions: one hash of all that was seen, and the last hash of each column. */
export async function playAsync(
  envs: OpenVector,
  numSteps: number,
  step: (actions: ActionColumn) => Transitions | Promise<Transitions>,
): Promise<string> {
  const player = new VectorPlayer(envs);
  const steps = new Uint32Array(numSteps);
  let last = hashColumns(envs);
  for (let t = 0; t < numSteps; t++) {
    last = hashColumns(envs, await step(player.choose()));
    steps[t] = hashRow(Uint32Array.from(Object.values(last)));
  }
  return `${hashRow(steps)} ${JSON.stringify(last)}`;
}
