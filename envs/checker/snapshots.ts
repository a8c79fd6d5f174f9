import type { Env } from '../../core/env.ts';
import { isSavedArray, type SavedData } from '../../core/saved.ts';
import { WHY_NOT_FRESH } from './calls.ts';
import { copyOf, difference, isPlain, scribble, showValue } from './compare.ts';
import { damaged } from './damage.ts';
import { firstDifference, type Moment, Player } from './player.ts';
import type { Report } from './report.ts';
import type { Target } from './target.ts';

/** Moments that are played on from each snapshot. */
const RUN = 150;

/** Moments before each snapshot: at the start, within episodes, and further on. */
const AFTER: readonly number[] = [1, 2, 8, 41, 202];

/** Checks that a snapshot is data, holds everything, and is refused when it is damaged. */
export function checkSnapshots(target: Target, seed: number, report: Report): void {
  const { env, createFresh } = target;
  report.attempt('snapshot-data', 'snapshot', () => checkData(env, seed, report));
  if (report.count('snapshot-data') > 0) return;
  const other =
    createFresh === null ? null : report.attempt('restore-fresh', 'restore', createFresh);
  for (const moves of AFTER) checkRestore(env, other ?? null, { seed, moves }, report);
  report.attempt('restore', 'restore', () => checkEnded(env, seed, report));
  report.attempt('snapshot-fresh', 'snapshot', () => checkFresh(env, seed, report));
  report.attempt('restore-damaged', 'restore', () => checkDamaged(env, seed, report));
  if (createFresh === null) report.skip('restore-fresh', WHY_NOT_FRESH);
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

/** Goes on after a snapshot, and again from it: in this instance and in another one. */
function checkRestore(
  env: Env,
  other: Env | null,
  { seed, moves }: { readonly seed: number; readonly moves: number },
  report: Report,
): void {
  const where = `restore after ${moves - 1} steps or resets`;
  const compare = (check: 'restore' | 'restore-fresh', into: Env, which: string, from: Saved) => {
    into.restore(copyOf(from.saved));
    const again = difference(from.saved, into.snapshot(), 'the snapshot');
    if (again !== null) report.once(check, where, `${which}, before and after, ${again}.`);
    const found = firstDifference(from.run, resume(into, seed, from.ended));
    if (found === null) return;
    report.once(check, where, `${which}, ${found.what} at ${found.where} from there.`);
  };
  report.attempt('restore', where, () => {
    const from = playOn(env, seed, moves);
    new Player(env, seed + 1).record(seed + 1, 20); // what restore has to undo
    compare('restore', env, 'In the same instance', from);
    if (other === null || report.count('restore') > 0) return;
    report.attempt('restore-fresh', where, () => {
      compare('restore-fresh', other, 'In another instance', from);
    });
  });
}

/** A snapshot, and what followed it. */
interface Saved {
  readonly saved: SavedData;
  readonly ended: boolean;
  readonly run: readonly Moment[];
}

function playOn(env: Env, seed: number, moves: number): Saved {
  const player = new Player(env, seed);
  player.record(seed, moves);
  const saved = copyOf(env.snapshot());
  return { saved, ended: player.ended, run: resume(env, seed, player.ended) };
}

/** Plays on from where the env is. */
function resume(env: Env, seed: number, ended: boolean): Moment[] {
  const player = new Player(env, seed);
  player.ended = ended;
  return Array.from({ length: RUN }, () => player.next());
}

/** A restored end is an end: no step may follow it. */
function checkEnded(env: Env, seed: number, report: Report): void {
  const player = new Player(env, seed);
  player.begin(seed);
  let action: unknown = null;
  for (let t = 0; t < 2000 && !player.ended; t++) {
    action = player.choose();
    player.take(action);
  }
  if (!player.ended) return;
  const where = `restore at ${player.where}, its last`;
  const saved = copyOf(env.snapshot());
  env.reset({ seed });
  env.restore(saved);
  try {
    env.step(action as never);
  } catch {
    return;
  }
  report.once('restore', where, 'A step was taken after the restored end of an episode.');
}

/** Neither later steps nor the caller may reach into a snapshot, nor a snapshot into the env. */
function checkFresh(env: Env, seed: number, report: Report): void {
  const { saved, ended, run } = playOn(env, seed, 8);
  env.restore(saved);
  const taken = env.snapshot();
  const copy = copyOf(taken);
  const place = 'steps after snapshot and restore';
  resume(env, seed, ended);
  const found =
    difference(copy, taken, 'the snapshot') ?? difference(copy, saved, 'the restored snapshot');
  if (found !== null) {
    report.add('snapshot-fresh', place, `Before and after more steps, ${found}.`);
    return;
  }
  env.restore(saved);
  scribble(env.snapshot());
  scribble(saved);
  const other = firstDifference(run, resume(env, seed, ended));
  if (other === null) return;
  const message = `Where the caller overwrites the snapshots, ${other.what} at ${other.where} from there.`;
  report.add('snapshot-fresh', place, message);
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
