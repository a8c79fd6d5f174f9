import type { Env } from '../../core/env.ts';
import { copyOf, difference, scribble } from './compare.ts';
import { firstDifference, Player } from './player.ts';
import type { Report } from './report.ts';

/** Moments of each run. */
const RUN = 200;

/**
 * Checks that what the env hands out belongs to the caller: it is not written to later, and what
 * the caller writes to it changes nothing.
 *
 * A checker that compares observations without copying them cannot see a buffer that is used again:
 * it compares the buffer with itself (Gymnasium's issue 1681).
 */
export function checkCopies(env: Env, seed: number, report: Report): void {
  report.attempt('action-kept', 'step', () => checkKept(env, seed, report));
  report.attempt('observation-fresh', 'step', () => {
    const player = new Player(env, seed);
    checkLasting(player, seed, report);
    if (report.count('observation-fresh') > 0) return;
    const calm = new Player(env, seed).record(seed, RUN);
    const found = firstDifference(calm, recordScribbling(new Player(env, seed), seed));
    if (found === null) return;
    const message = `Where the caller overwrites each observation, ${found.what}.`;
    report.add('observation-fresh', found.where, message);
  });
}

/** How many observations are kept to see whether they last. */
const KEPT = 5;

function checkLasting(player: Player, seed: number, report: Report): void {
  const kept: { where: string; given: unknown; copy: unknown }[] = [];
  const keep = ({ observation }: Player['last']) => {
    kept.push({ where: player.where, given: observation, copy: copyOf(observation) });
    if (kept.length > KEPT) kept.shift();
  };
  keep(player.begin(seed));
  for (let t = 1; t < RUN; t++) {
    keep(player.ended ? player.begin() : player.take(player.choose()));
    for (const { where, given, copy } of kept) {
      const found = difference(copy, given, 'the observation');
      if (found === null) continue;
      const message = `The observation of ${where} was overwritten later: then and now, ${found}.`;
      report.add('observation-fresh', player, message);
      return;
    }
  }
}

function recordScribbling(player: Player, seed: number) {
  const moments = [player.start(seed)];
  while (moments.length < RUN) {
    scribble(player.last.observation);
    moments.push(player.next());
  }
  return moments;
}

/** Actions must come back as they were given, and must not be needed any more. */
function checkKept(env: Env, seed: number, report: Report): void {
  if (env.actionSpace.kind === 'discrete') return;
  const calm = new Player(env, seed).record(seed, RUN);
  const player = new Player(env, seed);
  player.begin(seed);
  for (let t = 1; t < RUN; t++) {
    if (player.ended) {
      player.begin();
      continue;
    }
    const action = copyOf(player.choose());
    const given = copyOf(action);
    player.take(action);
    const changed = difference(given, action, 'the action');
    if (changed !== null) {
      report.add('action-kept', player, `Before and after step, ${changed}.`);
      return;
    }
    scribble(action);
    const found = difference(calm[t].result, player.look(), 'the result');
    if (found === null) continue;
    const message = `Where the caller overwrites its actions after each step, ${found}.`;
    report.add('action-kept', player, message);
    return;
  }
}
