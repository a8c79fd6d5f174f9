import { show } from '../../core/check.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import type { Env } from '../../core/env.ts';
import type { EnvRng } from '../../core/env-rng.ts';
import { make } from '../registry.ts';
import type { Report } from './report.ts';

/** What can be checked: an env, rules, or a function that makes one or the other anew. */
export type Checkable = Env | Dynamics | (() => Env | Dynamics);

/** What the checks work on. */
export interface Target {
  /** The env that most checks play. */
  readonly env: Env;
  /** Makes another instance of the same world; `null` where there is no way to. */
  readonly createFresh: (() => Env) | null;
  /** The rules behind the env, where it has any. */
  readonly dynamics: Dynamics | null;
}

const ENV_METHODS = ['reset', 'step', 'actionMask', 'scene', 'snapshot', 'restore'] as const;
const RULE_METHODS = ['reset', 'step', 'isTerminal', 'observe', 'scene'] as const;

/**
 * Makes out what is to be checked.
 *
 * @returns `null` if it cannot be: the report says why.
 */
export function createTarget(what: unknown, rng: EnvRng, report: Report): Target | null {
  const made =
    typeof what === 'function' ? report.attempt('maker', 'the maker', () => what()) : what;
  if (typeof what === 'function' && report.count('maker') > 0) return null;
  if (typeof made !== 'object' || made === null) {
    report.add(
      'maker',
      typeof what === 'function' ? 'the maker' : 'the argument',
      `Got ${show(made)}.`,
    );
    return null;
  }
  if (!hasMembers(made, report)) return null;
  if (isDynamics(made)) return rulesTarget(what, made, report);
  const env = made as Env;
  const dynamics = env instanceof DynamicsEnv ? env.dynamics : null;
  if (typeof what === 'function') return { env, createFresh: () => what() as Env, dynamics };
  return { env, createFresh: rebuilder(env, rng, report), dynamics };
}

/** How to make another instance of an env without a maker. */
function rebuilder(env: Env, rng: EnvRng, report: Report): (() => Env) | null {
  const { spec } = env;
  if (env instanceof DynamicsEnv && env.constructor === DynamicsEnv) {
    return () => new DynamicsEnv(env.dynamics, { spec, rng });
  }
  if (spec === null) return null;
  const built = report.attempt('spec', 'spec', () => make(spec, { rng }));
  return built === undefined ? null : () => make(spec, { rng });
}

function rulesTarget(what: unknown, dynamics: Dynamics, report: Report): Target | null {
  const makeRules = typeof what === 'function' ? () => what() as Dynamics : () => dynamics;
  const createFresh = () => new DynamicsEnv(makeRules());
  const env = report.attempt('maker', 'the rules', () => new DynamicsEnv(dynamics));
  return env === undefined ? null : { env, createFresh, dynamics };
}

/** An env may have an `observe` of its own, but rules never save themselves. */
function isDynamics(made: object): made is Dynamics {
  if ('snapshot' in made || 'restore' in made) return false;
  return 'observe' in made || 'stateSize' in made || 'isTerminal' in made;
}

function hasMembers(made: object, report: Report): boolean {
  const members = made as Readonly<Record<string, unknown>>;
  const isRules = isDynamics(made);
  const what = isRules ? 'the Dynamics' : 'the Env';
  for (const name of isRules ? RULE_METHODS : ENV_METHODS) {
    if (typeof members[name] === 'function') continue;
    report.add('members', what, `${name} must be a function, got ${show(members[name])}.`);
  }
  for (const name of ['observationSpace', 'actionSpace']) {
    if (typeof members[name] === 'object' && members[name] !== null) continue;
    report.add('members', what, `${name} must be a space, got ${show(members[name])}.`);
  }
  if (isRules) checkRuleMembers(members, report);
  else if (typeof members.spec !== 'object') {
    report.add('members', what, `spec must be an object or null, got ${show(members.spec)}.`);
  }
  return report.count('members') === 0;
}

const STATE_KINDS: readonly unknown[] = [undefined, 'float64', 'float32', 'int32', 'uint8'];

function checkRuleMembers(members: Readonly<Record<string, unknown>>, report: Report): void {
  const { name, stateSize, stateKind, actionMask, model } = members;
  const must = (rule: string, value: unknown) =>
    report.add('members', 'the Dynamics', `${rule}, got ${show(value)}.`);
  if (typeof name !== 'string' || name === '') must('name must be a text that is not empty', name);
  if (!Number.isInteger(stateSize) || (stateSize as number) < 1) {
    must('stateSize must be an integer of at least 1', stateSize);
  }
  if (!STATE_KINDS.includes(stateKind)) {
    must('stateKind must be float64, float32, int32 or uint8', stateKind);
  }
  for (const [key, value] of Object.entries({ actionMask, model })) {
    if (value === undefined || typeof value === 'function') continue;
    must(`${key} must be a function or left out`, value);
  }
}
