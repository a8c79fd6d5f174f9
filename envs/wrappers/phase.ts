import { show } from '../../core/check.ts';
import type { SavedData } from '../../core/saved.ts';

/** Where an env is: before its first episode, within one, or how the last one ended. */
export type Phase = (typeof PHASES)[number];

const PHASES = ['new', 'running', 'terminated', 'truncated'] as const;

/** @throws Error unless an episode is running. */
export function requireRunning(name: string, phase: Phase): void {
  if (phase === 'running') return;
  const why = {
    new: 'no episode has begun',
    terminated: 'the episode has terminated',
    truncated: 'the episode was truncated',
  }[phase];
  throw new Error(`${name}: cannot step, ${why}. Call reset() first.`);
}

/** @throws Error unless `saved.phase` is one. */
export function readPhase(where: string, saved: SavedData): Phase {
  const phase = PHASES.find((known) => known === saved.phase);
  if (phase !== undefined) return phase;
  throw new Error(`${where}: phase must be one of ${PHASES.join(', ')}, got ${show(saved.phase)}.`);
}
