import type { Env } from '../../core/env.ts';
import type { SavedData } from '../../core/saved.ts';
import { WHY_NOT_FRESH } from './calls.ts';
import { copyOf, difference, scribble } from './compare.ts';
import { firstDifference, type Moment, Player } from './player.ts';
import type { Report } from './report.ts';
import type { Target } from './target.ts';

/** Moments that are played on from each snapshot. */
const RUN = 150;

/** Moments before each snapshot: at the start, within episodes, and further on. */
const AFTER: readonly number[] = [1, 2, 8, 41, 142];

/** Checks that an env goes on from a snapshot with the same bits, here and in another instance. */
export function checkRestores(target: Target, seed: number, report: Report): void {
  const { env, createFresh } = target;
  const other =
    createFresh === null ? null : report.attempt('restore-fresh', 'restore', createFresh);
  for (const moves of AFTER) checkRestore(env, other ?? null, { seed, moves }, report);
  report.attempt('restore', 'restore', () => checkEnded(env, seed, report));
  if (report.count('restore') === 0) {
    report.attempt('snapshot-fresh', 'snapshot', () => checkFresh(env, seed, report));
  }
  if (createFresh === null) report.skip('restore-fresh', WHY_NOT_FRESH);
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
