import type { Env } from '../../core/env.ts';
import { isSavedArray, type SavedData } from '../../core/saved.ts';
import { copyOf, difference, isPlain, showValue } from './compare.ts';
import { damaged } from './damage.ts';
import { Player } from './player.ts';
import type { Report } from './report.ts';

/**
 * Checks that a snapshot is data, and is refused when it is damaged.
 *
 * @returns whether there are snapshots to work with.
 */
export function checkSnapshots(env: Env, seed: number, report: Report): boolean {
  report.attempt('snapshot-data', 'snapshot', () => checkData(env, seed, report));
  if (report.count('snapshot-data') > 0) return false;
  report.attempt('restore-damaged', 'restore', () => checkDamaged(env, seed, report));
  return true;
}

function checkData(env: Env, seed: number, report: Report): void {
  new Player(env, seed).record(seed, 5);
  const saved: unknown = env.snapshot();
  const problem = dataProblem(saved, 'the snapshot');
  if (problem !== null) {
    report.add('snapshot-data', 'snapshot', problem);
    return;
  }
  const { kind, version } = saved as SavedData;
  if (typeof kind !== 'string' || !Number.isInteger(version) || (version as number) < 1) {
    const message = `It must have a kind, a text, and a version from 1, got ${showValue(kind)} and ${showValue(version)}.`;
    report.add('snapshot-data', 'snapshot', message);
  }
}

/** Why the value is no saved data; `null` if it is. */
function dataProblem(value: unknown, where: string): string | null {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return null;
  if (typeof value === 'number') {
    return Number.isFinite(value) ? null : `${where} is ${value}, which JSON does not have.`;
  }
  if (isSavedArray(value)) return null;
  if (!Array.isArray(value) && !isPlain(value)) {
    const what = typeof value === 'object' ? value.constructor?.name : typeof value;
    return `${where} is of the type ${what}, which is neither JSON nor a typed array.`;
  }
  for (const [key, part] of Object.entries(value)) {
    const problem = dataProblem(part, `${where}.${key}`);
    if (problem !== null) return problem;
  }
  return null;
}

function checkDamaged(env: Env, seed: number, report: Report): void {
  new Player(env, seed).record(seed, 3);
  const saved = copyOf(env.snapshot());
  new Player(env, seed + 1).record(seed + 1, 5);
  const before = copyOf(env.snapshot());
  for (const { what, data } of damaged(saved)) {
    const place = `restore with ${what}`;
    let refused = false;
    try {
      env.restore(data as SavedData);
    } catch {
      refused = true;
    }
    if (!refused) report.add('restore-damaged', place, 'It was taken.');
    const found = difference(before, env.snapshot(), 'the snapshot');
    if (found === null) continue;
    if (refused) report.add('restore-damaged', place, `It was refused, but ${found}.`);
    env.restore(before);
  }
}
