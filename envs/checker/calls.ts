import { Alea } from '../../core/alea.ts';
import type { Env } from '../../core/env.ts';
import { sample } from '../../core/spaces/sample.ts';
import { badActions } from './bad-actions.ts';
import { difference, showValue } from './compare.ts';
import { observationProblem } from './elements.ts';
import { backTo, Player, stateOf } from './player.ts';
import type { Report } from './report.ts';
import type { Target } from './target.ts';

/** Checks calls that must be refused, and what becomes of the caller's actions. */
export function checkCalls(target: Target, seed: number, report: Report): void {
  const { env, createFresh } = target;
  if (createFresh === null) report.skip('step-before-reset', WHY_NOT_FRESH);
  else {
    report.attempt('step-before-reset', 'a new instance', () => {
      checkBeforeReset(createFresh(), seed, report);
    });
  }
  report.attempt('illegal-action', 'step', () => checkIllegal(env, seed, report));
  report.attempt('action-beyond', 'step', () => checkBeyond(env, seed, report));
  checkAfterEnd(env, seed, report);
}

/** Why checks that need another instance do not run. */
export const WHY_NOT_FRESH = 'It needs a new instance: give a function that makes one.';

function checkBeforeReset(env: Env, seed: number, report: Report): void {
  const action = sample(env.actionSpace, new Alea(seed, 'checker/calls'));
  const thrown = whatThrows(() => env.step(action as never));
  if (thrown instanceof Error) return;
  const place = 'step before the first reset';
  report.add('step-before-reset', place, thrown === null ? 'It was taken.' : notAnError(thrown));
}

function checkAfterEnd(env: Env, seed: number, report: Report): void {
  const player = new Player(env, seed);
  report.attempt('step-after-end', player, () => {
    player.begin(seed);
    let action: unknown = null;
    for (let t = 0; t < MOST_STEPS && !player.ended; t++) {
      action = player.choose();
      player.take(action);
    }
    if (!player.ended) {
      report.skip('step-after-end', `No episode ended within ${MOST_STEPS} steps.`);
      return;
    }
    const before = stateOf(env);
    const thrown = whatThrows(() => env.step(action as never));
    const place = `the step after ${player.where}, its last`;
    if (thrown === null) report.add('step-after-end', place, 'It was taken.');
    else if (!(thrown instanceof Error)) report.add('step-after-end', place, notAnError(thrown));
    const found = difference(before, stateOf(env), 'the snapshot');
    if (found !== null && thrown !== null) {
      report.add('step-after-end', place, `It was refused, but ${found}.`);
    }
  });
}

const MOST_STEPS = 5000;

function checkIllegal(env: Env, seed: number, report: Report): void {
  const player = new Player(env, seed);
  player.begin(seed);
  for (let t = 0; t < 3; t++) if (!player.ended) player.next();
  if (player.ended) player.begin(seed);
  const bad = badActions(env.actionSpace, new Alea(seed, 'checker/calls'));
  for (const { what, action } of bad) refuses(env, what, action, player.where, report);
  checkMasked(env, player, report);
}

/** Looks for a place with an action that is masked, and takes it. */
function checkMasked(env: Env, player: Player, report: Report): void {
  if (env.actionSpace.kind !== 'discrete') return;
  for (let t = 0; t < MOST_STEPS; t++) {
    const mask: unknown = env.actionMask();
    if (!(mask instanceof Uint8Array)) return;
    const masked = player.ended ? -1 : mask.indexOf(0);
    if (masked >= 0) {
      const action = env.actionSpace.start + masked;
      refuses(env, `${action}, which is masked`, action, player.where, report);
      return;
    }
    player.next();
  }
}

function refuses(env: Env, what: string, action: unknown, where: string, report: Report): void {
  const before = stateOf(env);
  const thrown = whatThrows(() => env.step(action as never));
  const place = `after ${where}`;
  if (thrown === null) {
    report.add('illegal-action', place, `step took ${what}.`);
    backTo(env, before);
    return;
  }
  if (!(thrown instanceof Error)) report.add('illegal-action', place, notAnError(thrown));
  const found = difference(before, stateOf(env), 'the snapshot');
  if (found === null) return;
  report.add('illegal-action-moves', place, `step refused ${what}, but ${found}.`);
  backTo(env, before);
}

/** Ten times what the bounds allow: clipped or refused, but never believed. */
function checkBeyond(env: Env, seed: number, report: Report): void {
  const { actionSpace, observationSpace } = env;
  if (actionSpace.kind !== 'box' || actionSpace.dtype !== 'float32') return;
  if (report.count('observation-space') + report.count('observation-finite') > 0) return;
  const player = new Player(env, seed);
  for (let t = 0; t < BEYOND_STEPS; t++) {
    if (player.ended) player.begin(seed);
    const bounds = t % 100 < 50 ? actionSpace.high : actionSpace.low; // for a while each
    const action = bounds.map((bound) => 10 * Math.min(Math.max(bound, -1e5), 1e5));
    if (whatThrows(() => player.take(action)) !== null) return; // refused, which is as good
    const { observation, reward } = player.last;
    const problem =
      observationProblem(observationSpace, observation) ??
      (Number.isFinite(reward) ? null : `the reward is ${showValue(reward)}.`);
    if (problem === null) continue;
    report.add('action-beyond', player, `After an action of ${showValue(action)}: ${problem}`);
    return;
  }
}

const BEYOND_STEPS = 200;

/** What `run` throws, `null` if it does not. */
function whatThrows(run: () => unknown): unknown {
  try {
    run();
    return null;
  } catch (thrown) {
    return thrown ?? 'nothing that has a name';
  }
}

function notAnError(thrown: unknown): string {
  return `What was thrown is no Error but ${showValue(thrown)}.`;
}
