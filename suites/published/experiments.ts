import { hint, show } from '../../core/check.ts';
import { CLEANRL } from './cleanrl.ts';
import type { PublishedExperiment } from './published-experiment.ts';
import { RL_ZOO } from './rl-zoo.ts';
import { TUNED_HERE } from './tuned-here.ts';

/** Published results of deep agents, to be reached or beaten, and worlds to be solved. */
export const PUBLISHED: readonly PublishedExperiment[] = [...CLEANRL, ...RL_ZOO, ...TUNED_HERE];

/** @throws RangeError if there is no such experiment; names the nearest one. */
export function publishedExperiment(name: string): PublishedExperiment {
  const found = PUBLISHED.find((candidate) => candidate.name === name);
  if (found !== undefined) return found;
  const known = PUBLISHED.map((candidate) => candidate.name);
  throw new RangeError(
    `There is no experiment ${show(name)}.${hint(name, known)} Known: ${known.join(', ')}.`,
  );
}
