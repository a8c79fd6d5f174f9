import type { Env, ResetOptions } from '../../core/env.ts';
import { difference, showValue } from './compare.ts';
import { firstDifference, Player, stateOf } from './player.ts';
import type { Report } from './report.ts';

/** Checks how episodes begin, and what seeds do. */
export function checkResets(env: Env, seed: number, report: Report): void {
  report.attempt('reset-options', 'reset', () => checkPlainOptions(env));
  checkUnknownOption(env, seed, report);
  for (const bad of [-1, 0.5, Number.NaN, Infinity, '7']) checkBadSeed(env, bad, seed, report);
  report.attempt('reset-same-seed', 'reset', () => checkSameSeed(env, seed, report));
  if (report.count('reset-same-seed') > 0) return;
  report.attempt('reset-continues', 'reset', () => checkSeeds(env, seed, report));
}

function checkPlainOptions(env: Env): void {
  env.reset();
  env.reset({});
  env.reset({ options: {} });
}

const UNKNOWN = 'an-option-that-no-world-has';

function checkUnknownOption(env: Env, seed: number, report: Report): void {
  const refused = refusal(env, { seed, options: { [UNKNOWN]: 1 } });
  if (refused) return;
  const message = `It took { options: { '${UNKNOWN}': 1 } } without a word.`;
  report.add('reset-unknown-option', 'reset', message);
}

function checkBadSeed(env: Env, bad: unknown, seed: number, report: Report): void {
  const place = `reset({ seed: ${showValue(bad)} })`;
  report.attempt('reset-bad-seed', place, () => {
    env.reset({ seed });
    const before = stateOf(env);
    if (!refusal(env, { seed: bad as number })) {
      report.add('reset-bad-seed', place, 'It was taken.');
      return;
    }
    const found = difference(before, stateOf(env), 'the snapshot');
    if (found !== null) report.add('reset-bad-seed', place, `It was refused, but ${found}.`);
  });
}

function refusal(env: Env, options: ResetOptions): boolean {
  try {
    env.reset(options);
    return false;
  } catch {
    return true;
  }
}

/** Moments of a run that tells one seed from another. */
const RUN = 40;

function checkSameSeed(env: Env, seed: number, report: Report): void {
  const first = new Player(env, seed).record(seed, RUN);
  const second = new Player(env, seed).record(seed, RUN);
  const found = firstDifference(first, second);
  if (found === null) return;
  const message = `After two resets with seed ${seed} and the same actions, ${found.what}.`;
  report.add('reset-same-seed', found.where, message);
}

/** How many seeds are compared. */
const SEEDS = 12;

/**
 * Checks that seeds matter, and that a reset without one does not begin the same numbers again.
 *
 * Where episodes after different seeds differ half of the time or more, but those that follow each
 * other after one seed never do, the generator must have begun anew: chance does that once in 4,096.
 */
function checkSeeds(env: Env, seed: number, report: Report): void {
  let seedsDiffer = 0;
  let stateDiffers = false;
  let followersDiffer = 0;
  let last: Episodes | null = null;
  for (let i = 0; i < SEEDS; i++) {
    const episodes = playTwo(env, seed + i);
    if (last !== null && firstDifference(last.first, episodes.first) !== null) seedsDiffer++;
    if (last !== null && difference(last.start, episodes.start, '') !== null) stateDiffers = true;
    if (firstDifference(episodes.first, episodes.second) !== null) followersDiffer++;
    last = episodes;
  }
  if (seedsDiffer === 0 && !stateDiffers) {
    const message = `Seeds ${seed} to ${seed + SEEDS - 1} all gave the same episode and snapshot.`;
    report.add('seed-unused', 'reset', message);
  }
  if (seedsDiffer >= SEEDS / 2 && followersDiffer === 0) {
    const message = `${SEEDS} times, reset() after reset({ seed }) gave the seed’s episode once more.`;
    report.add('reset-continues', 'reset', message);
  }
}

interface Episodes {
  readonly start: unknown;
  readonly first: ReturnType<typeof playOne>;
  readonly second: ReturnType<typeof playOne>;
}

function playTwo(env: Env, seed: number): Episodes {
  const first = playOne(env, seed);
  const second = playOne(env, undefined);
  env.reset({ seed });
  return { start: stateOf(env), first, second };
}

/** One episode with the same choices whatever the seed, or the beginning of a long one. */
function playOne(env: Env, seed: number | undefined) {
  const player = new Player(env, 0);
  const moments = [player.start(seed)];
  while (!player.ended && moments.length < RUN) moments.push(player.next());
  return moments;
}
