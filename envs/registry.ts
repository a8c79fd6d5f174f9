import { hint, nearestName, resolveOptions, show } from '../core/check.ts';
import type { Dynamics } from '../core/dynamics.ts';
import { DynamicsEnv } from '../core/dynamics-env.ts';
import type { Env } from '../core/env.ts';
import { checkEnvRng, type EnvRng } from '../core/env-rng.ts';
import type { EnvSpec, WrapperSpec } from '../core/env-spec.ts';
import { BANDIT_ENTRIES, type BanditEnvTypes } from './bandits/entries.ts';
import { CONTROL_ENTRIES, type ControlEnvTypes } from './control/entries.ts';
import { DIAGNOSTIC_ENTRIES, type DiagnosticEnvTypes } from './diagnostics/entries.ts';
import { TABULAR_ENTRIES, type TabularEnvTypes } from './tabular/entries.ts';
import type { DiscretizeObservationOptions } from './wrappers/discretize-observation.ts';
import { resolveWrapper, wrapperEntry } from './wrappers/entries.ts';
import { wrapDynamics } from './wrappers/wrap-dynamics.ts';
import { wrapEnv, wrappedSpec } from './wrappers/wrap-env.ts';

/** What the registry knows of a world. */
export interface EnvEntry {
  /** `Name-vN`; a change of behavior is a new N. */
  readonly id: string;
  readonly family: 'bandits' | 'tabular' | 'control' | 'board' | 'arcade' | 'diagnostics' | 'other';
  /** One sentence. */
  readonly description: string;
  /** Where its rules are from. */
  readonly source?: string;
  /** Every option with its default. */
  readonly defaults: Readonly<Record<string, unknown>>;
  /** Defaults that are others with `rng: 'gymnasium'`, for what Gymnasium gives to the last bit. */
  readonly gymnasium?: Readonly<Record<string, unknown>>;
  /** Mean return from which the world counts as solved; `null` where none is agreed. */
  readonly rewardThreshold: number | null;
  /** A cutting into cells with which tables have learned here; for worlds with real observations. */
  readonly discretization?: DiscretizeObservationOptions;
  /** Builds the rules of the world from options that are complete; absent where it has none. */
  create?(options: never): Dynamics;
  /** Builds a hand-written env from options that are complete, where the world has no rules. */
  createEnv?(options: never, run: EnvRun): Env;
}

/** What a hand-written env is told besides its options. */
export interface EnvRun {
  /** Seed until `reset` names one. */
  readonly seed: number;
  readonly rng: EnvRng;
  /** To be shown as the env's `spec`. */
  readonly spec: EnvSpec;
}

/** The worlds that `make` knows by id, with the types of their observations and actions. */
export interface EnvTypes
  extends BanditEnvTypes,
    TabularEnvTypes,
    ControlEnvTypes,
    DiagnosticEnvTypes {}

const entries = new Map<string, EnvEntry>();

/**
 * Adds a world to the registry, for the command line, suites and recordings.
 *
 * @throws RangeError if the id is not `Name-vN`, or is taken, or there is not one way to build it.
 */
export function registerEnv(entry: EnvEntry): void {
  if (!/^[A-Za-z0-9][A-Za-z0-9_.:-]*-v\d+$/.test(entry.id)) {
    throw new RangeError(`registerEnv: the id must be Name-vN, got ${show(entry.id)}.`);
  }
  if ((entry.create === undefined) === (entry.createEnv === undefined)) {
    throw new RangeError(`registerEnv: ${entry.id} must have either create or createEnv.`);
  }
  if (entries.has(entry.id)) {
    throw new RangeError(`registerEnv: ${entry.id} is taken. Give it another name or version.`);
  }
  entries.set(entry.id, entry);
}

/** Every world in the registry, in the order they were added. */
export function envEntries(): readonly EnvEntry[] {
  return [...entries.values()];
}

/** @throws RangeError if there is no such world; names the nearest id. */
export function envEntry(id: string): EnvEntry {
  const entry = entries.get(id);
  if (entry !== undefined) return entry;
  const known = [...entries.keys()];
  throw new RangeError(
    `There is no world ${show(id)}.${hintId(id, known)} Known: ${known.join(', ')}.`,
  );
}

/** The hint at the nearest id; an id without its version is compared with names alone. */
function hintId(id: string, known: readonly string[]): string {
  const version = /-v\d+$/;
  if (version.test(id)) return hint(id, known);
  const named = nearestName(
    id,
    known.map((one) => one.replace(version, '')),
  );
  if (named === undefined) return '';
  const versions = known.filter((one) => one.replace(version, '') === named);
  const newest = versions.reduce((a, b) => (versionOf(b) > versionOf(a) ? b : a));
  return ` Did you mean ${show(newest)}?`;
}

/** `CartPole-v1` → 1. */
function versionOf(id: string): number {
  return Number(/\d+$/.exec(id));
}

/** How `make` builds a world. */
export interface MakeOptions {
  /** Seed of the generator until `reset` names one. Default 0. */
  readonly seed?: number;
  /**
   * What to draw from: `gymnasium` gives, for a seed, the episodes that Gymnasium gives for it. Where
   * it takes more than the same draws, options that are not given differ for it: `arithmetic` is
   * `numpy2` then. Default `alea`.
   */
  readonly rng?: EnvRng;
  /** The world's own options; what is left out keeps its default. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** Wrappers around it, innermost first. */
  readonly wrappers?: readonly WrapperSpec[];
}

/**
 * Builds a world by its id, or again from a spec.
 *
 *     const env = make('FrozenLake-v1', { seed: 7, options: { slippery: false } });
 *
 * @throws RangeError if the id, an option or a wrapper is unknown or out of range.
 */
export function make<Id extends keyof EnvTypes>(
  id: Id,
  options?: Omit<MakeOptions, 'wrappers'>,
): Env<EnvTypes[Id][0], EnvTypes[Id][1]>;
export function make(what: string | EnvSpec, options?: MakeOptions): Env;
export function make(
  what: string | EnvSpec,
  { seed = 0, rng = 'alea', ...given }: MakeOptions = {},
): Env {
  const spec = resolveSpec(what, { rng, ...given });
  const { createEnv } = envEntry(spec.id);
  const [ruled, running] = splitWrappers(spec.wrappers, createEnv === undefined);
  const inside = { ...spec, wrappers: ruled };
  const env: Env = createEnv
    ? createEnv(spec.options as never, { seed, rng, spec: inside })
    : new DynamicsEnv(makeDynamics(inside), { seed, rng, spec: inside });
  return running.reduce((inner, wrapper) => wrapRunning(inner, wrapper, seed), env);
}

/**
 * The rules of a world by its id or spec, for `VectorEnv`, planners and recordings.
 *
 * @throws RangeError if the id, an option or a wrapper is unknown or out of range.
 */
export function makeDynamics(
  what: string | EnvSpec,
  given: Omit<MakeOptions, 'seed'> = {},
): Dynamics {
  const spec = resolveSpec(what, given);
  const { create } = envEntry(spec.id);
  if (create === undefined) {
    throw new RangeError(`${spec.id} is a hand-written env without rules. Use make or makeVector.`);
  }
  return spec.wrappers.reduce(wrap, create(spec.options as never));
}

/**
 * The complete description of a world: every option and wrapper spelled out.
 *
 * @throws RangeError if the id, the generator, a wrapper or an option is unknown.
 */
export function resolveSpec(
  what: string | EnvSpec,
  given: Omit<MakeOptions, 'seed'> = {},
): EnvSpec {
  const base = typeof what === 'string' ? { id: what, options: {}, wrappers: [] } : what;
  const { rng, options, wrappers } = resolveMakeOptions(base.id, given);
  checkEnvRng('rng', rng);
  const { defaults: usual, gymnasium = {} } = envEntry(base.id);
  const defaults = rng === 'gymnasium' ? { ...usual, ...gymnasium } : usual;
  return {
    id: base.id,
    options: resolveOptions(base.id, defaults, { ...base.options, ...options }),
    wrappers: [...base.wrappers, ...wrappers].map(resolveWrapper),
  };
}

/** @throws RangeError if there is another key; says so where it is an option of the world's. */
function resolveMakeOptions(id: string, given: Omit<MakeOptions, 'seed'>) {
  const known = { rng: 'alea', options: {}, wrappers: [] } as const;
  const own = Object.keys(given).find((key) => Object.hasOwn(envEntry(id).defaults, key));
  if (own !== undefined && !Object.hasOwn(known, own)) {
    throw new RangeError(`${id}: ${own} is an option of the world: give { options: { ${own} } }.`);
  }
  return resolveOptions<Omit<MakeOptions, 'seed'>>(id, known, given);
}

function wrap(inner: Dynamics, { name, options }: WrapperSpec): Dynamics {
  const entry = wrapperEntry(name);
  if ('rules' in entry) return wrapDynamics(inner, entry, options);
  throw new RangeError(
    `${name} works on a running env alone: there are no rules of it. Use make, or leave it out.`,
  );
}

/** The wrappers that go around rules, and those, from the first that cannot on, around the env. */
function splitWrappers(
  wrappers: readonly WrapperSpec[],
  hasRules: boolean,
): [WrapperSpec[], WrapperSpec[]] {
  const found = wrappers.findIndex(({ name }) => !hasRules || !('rules' in wrapperEntry(name)));
  const first = found < 0 ? wrappers.length : found;
  return [wrappers.slice(0, first), wrappers.slice(first)];
}

/** The env with a wrapper of the spec around it. */
function wrapRunning(inner: Env, { name, options }: WrapperSpec, seed: number): Env {
  const entry = wrapperEntry(name);
  if ('rules' in entry) return wrapEnv(inner, entry, options, seed);
  return entry.env(inner, options, wrappedSpec(inner.spec, name, options));
}

for (const entry of BANDIT_ENTRIES) registerEnv(entry);
for (const entry of TABULAR_ENTRIES) registerEnv(entry);
for (const entry of CONTROL_ENTRIES) registerEnv(entry);
for (const entry of DIAGNOSTIC_ENTRIES) registerEnv(entry);
