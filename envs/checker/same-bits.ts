import type { Env } from '../../core/env.ts';
import type { EnvRng } from '../../core/env-rng.ts';
import type { EnvSpec } from '../../core/env-spec.ts';
import { make } from '../registry.ts';
import { WHY_NOT_FRESH } from './calls.ts';
import { difference, isPlain, showValue } from './compare.ts';
import { firstDifference, type Moment, Player } from './player.ts';
import type { Report } from './report.ts';
import type { Target } from './target.ts';

/** Moments of the run that is compared with itself, where there are steps enough. */
const MOST = 1000;

/**
 * Checks that the same seed and actions give the same bits again.
 *
 * @returns the run, to be compared with others; `undefined` if it does not repeat itself.
 */
export function checkDeterminism(
  env: Env,
  { seed, steps }: { readonly seed: number; readonly steps: number },
  report: Report,
): Moment[] | undefined {
  const moves = Math.min(steps, MOST);
  return report.attempt('determinism', 'step', () => {
    const first = new Player(env, seed).record(seed, moves);
    const second = new Player(env, seed).record(seed, moves);
    const found = firstDifference(first, second);
    if (found === null) return first;
    const message = `Played twice with seed ${seed} and the same actions, ${found.what}.`;
    report.add('determinism', found.where, message);
    return undefined;
  });
}

/** Checks that two instances that take turns do what one does alone. */
export function checkInstances(target: Target, run: Moment[], seed: number, report: Report): void {
  const { env, createFresh } = target;
  if (createFresh === null) {
    report.skip('instances', WHY_NOT_FRESH);
    return;
  }
  const player = new Player(createFresh(), seed);
  const other = new Player(env, seed + 1);
  const moments: Moment[] = [];
  for (let t = 0; t < run.length / 2; t++) {
    moments.push(t === 0 ? player.start(seed) : player.next());
    if (t === 0) other.begin(seed + 1);
    else other.next();
  }
  const found = firstDifference(run, moments);
  if (found === null) return;
  const message = `Alone, and while another instance takes steps as well, ${found.what}.`;
  report.add('instances', found.where, message);
}

/** Checks that the env that `make` builds from the spec does the same. */
export function checkSpec(
  target: Target,
  run: Moment[],
  { seed, rng }: { readonly seed: number; readonly rng: EnvRng },
  report: Report,
): void {
  const { spec } = target.env;
  if (spec === null) return;
  const missing = specProblem(spec);
  if (missing !== null) {
    report.add('spec', 'spec', missing);
    return;
  }
  const json: unknown = JSON.parse(JSON.stringify(spec));
  const lost = difference(spec, json, 'spec');
  if (lost !== null) {
    report.add('spec', 'spec', `Before and after it was written as JSON, ${lost}.`);
    return;
  }
  const again = make(json as typeof spec, { rng });
  for (const name of ['observationSpace', 'actionSpace'] as const) {
    const found = difference(target.env[name], again[name], name);
    if (found !== null) report.add('spec-round-trip', 'make(spec)', `Here and there, ${found}.`);
  }
  const found = firstDifference(run, new Player(again, seed).record(seed, run.length));
  if (found === null) return;
  const message = `The env that make(spec) builds does something else: here and there, ${found.what}.`;
  report.add('spec-round-trip', found.where, message);
}

/** Why a spec is none; `null` if it is one. */
function specProblem(spec: Readonly<Record<keyof EnvSpec, unknown>>): string | null {
  const { id, options, wrappers } = spec;
  if (typeof id !== 'string') return `spec.id must be a text, got ${showValue(id)}.`;
  if (!isPlain(options)) return `spec.options must be an object, got ${showValue(options)}.`;
  if (!Array.isArray(wrappers)) return `spec.wrappers must be a list, got ${showValue(wrappers)}.`;
  return null;
}
