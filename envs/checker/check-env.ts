import { checkInteger, resolveOptions } from '../../core/check.ts';
import { checkEnvRng, type EnvRng } from '../../core/env-rng.ts';
import { spaceToJson } from '../../core/spaces/json.ts';
import { checkCalls } from './calls.ts';
import type { CheckName } from './checks.ts';
import { difference } from './compare.ts';
import { checkCopies } from './copies.ts';
import { checkEpisodes } from './episodes.ts';
import { checkModel } from './model.ts';
import { type CheckReport, Report } from './report.ts';
import { checkResets } from './resets.ts';
import { checkRestores } from './restores.ts';
import { checkRules } from './rules.ts';
import { checkDeterminism, checkInstances, checkSpec } from './same-bits.ts';
import { checkSnapshots } from './snapshots.ts';
import { checkSpaces } from './spaces.ts';
import { type Checkable, createTarget, type Target } from './target.ts';
import { checkVector } from './vector.ts';

/** How to check an env. */
export interface CheckEnvOptions {
  /**
   * Steps that are looked at one by one, at least 1; rare events need many. Up to 1,000 of them are
   * played a second time and compared. Default 10,000.
   */
  readonly steps?: number;
  /** Seed of the episodes and of the actions; an integer of at least 0. Default 0. */
  readonly seed?: number;
  /** What `make` is told to draw from where it builds the env again from its spec. Default `alea`. */
  readonly rng?: EnvRng;
}

const DEFAULTS: Required<CheckEnvOptions> = { steps: 10_000, seed: 0, rng: 'alea' };

/**
 * Holds an env, or the rules of a world, to all that the rest of Palaestra relies on.
 *
 * What is wrong is returned, not thrown, also where the env itself throws. A single env is played,
 * so it is somewhere else afterwards, and some checks need a second instance: one with a `spec` is
 * built again from it; for others give a function that makes one. Rules (`Dynamics`) are run by
 * `DynamicsEnv` and `VectorEnv`, and are checked by themselves as well.
 *
 *     const { findings } = checkEnv(() => new MyEnv());
 *     console.log(formatFindings(findings)); // nothing, if all is well
 *
 * @throws RangeError if an option is outside its range or unknown.
 */
export function checkEnv(what: Checkable, options: CheckEnvOptions = {}): CheckReport {
  const { steps, seed, rng } = resolveOptions('checkEnv', DEFAULTS, options);
  checkInteger('checkEnv: steps', steps, 1);
  checkInteger('checkEnv: seed', seed, 0);
  checkEnvRng('checkEnv: rng', rng);
  const report = new Report();
  report.attempt('members', 'the env', () => {
    const target = createTarget(what, rng, report);
    if (target !== null) runChecks(target, { steps, seed, rng }, report);
  });
  return { findings: report.findings, skipped: report.skipped };
}

/** The checks in their order; where something basic fails, the rest would only repeat it. */
function runChecks(
  target: Target,
  { steps, seed, rng }: Required<CheckEnvOptions>,
  report: Report,
): void {
  const { dynamics, env } = target;
  if (!checkSpaces(env, report)) return;
  const spaces = () => [spaceToJson(env.observationSpace), spaceToJson(env.actionSpace)];
  const before = spaces();
  if (dynamics !== null) {
    checkRules(dynamics, seed, report);
    checkModel(dynamics, seed, steps, report);
  }
  checkEpisodes(env, seed, steps, report);
  if (report.count('reset-result') + report.count('step-result') > 0) return;
  checkResets(env, seed, report);
  checkCalls(target, seed, report);
  const hasSnapshots = checkSnapshots(env, seed, report);
  const run = checkDeterminism(env, { seed, steps }, report);
  if (run !== undefined && report.count('reset-same-seed') === 0) {
    checkCopies(env, seed, report);
    report.attempt('instances', 'step', () => checkInstances(target, run, seed, report));
    report.attempt('spec-round-trip', 'spec', () => checkSpec(target, run, { seed, rng }, report));
    if (hasSnapshots) checkRestores(target, seed, report);
    if (dynamics !== null) checkVector(dynamics, seed, report);
  } else for (const check of NEED_REPEATING) report.skip(check, 'The env does not repeat itself.');
  report.attempt('space-stable', 'the spaces', () => {
    const found = difference(before, spaces(), 'the spaces');
    if (found !== null) report.add('space-stable', 'the spaces', `Before and after, ${found}.`);
  });
}

/** Checks that compare runs, of which the first difference is found already. */
const NEED_REPEATING: readonly CheckName[] = [
  ...(['observation-fresh', 'action-kept', 'instances', 'spec-round-trip'] as const),
  ...(['restore', 'restore-fresh', 'snapshot-fresh', 'vector'] as const),
];
