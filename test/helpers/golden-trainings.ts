import { readFileSync } from 'node:fs';
import type { TrainingDigest } from './training-digest.ts';

/** What the trainings of `training-digest.ts` came to when they were recorded. */
export function goldenTrainings(): Record<string, TrainingDigest> {
  const file = new URL('../golden/trainings.json', import.meta.url);
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, TrainingDigest>;
}
