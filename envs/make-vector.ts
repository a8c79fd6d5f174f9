import { resolveOptions } from '../core/check.ts';
import { copySeeds } from '../core/env-copies.ts';
import type { EnvSpec } from '../core/env-spec.ts';
import type { EnvVector } from '../core/env-vector.ts';
import { SyncVectorEnv } from '../core/sync-vector-env.ts';
import { VectorEnv } from '../core/vector-env.ts';
import {
  type EnvTypes,
  envEntry,
  type MakeOptions,
  make,
  makeDynamics,
  resolveSpec,
} from './registry.ts';

/** How `makeVector` builds a vector of a world. */
export interface MakeVectorOptions extends MakeOptions {
  /** Copies, at least 1. Default 1. */
  readonly numEnvs?: number;
  /**
   * An integer of at least 0. Copies of a world with rules draw from streams `env/<i>` of it; copies
   * of a hand-written env are seeded with seed + i. Default 0.
   */
  readonly seed?: number;
}

/**
 * Builds many copies of a world by its id, or again from a spec: a `VectorEnv` of its rules, or a
 * `SyncVectorEnv` of a hand-written env.
 *
 *     const envs = makeVector('CartPole-v1', { numEnvs: 16, seed: 7 });
 *
 * @throws RangeError if the id, an option or a wrapper is unknown or out of range, or elements of the
 *   spaces do not fit rows.
 */
export function makeVector<Id extends keyof EnvTypes>(
  id: Id,
  options?: Omit<MakeVectorOptions, 'wrappers'>,
): EnvVector<EnvTypes[Id][0], EnvTypes[Id][1]>;
export function makeVector(what: string | EnvSpec, options?: MakeVectorOptions): EnvVector;
export function makeVector(what: string | EnvSpec, given: MakeVectorOptions = {}): EnvVector {
  const { numEnvs, seed, rng, options, wrappers } = resolveOptions('makeVector', DEFAULTS, given);
  const spec = resolveSpec(what, { rng, options, wrappers });
  if (!isHandWritten(spec)) return new VectorEnv(makeDynamics(spec), { numEnvs, seed, rng });
  const seeds = copySeeds('makeVector', seed, numEnvs);
  return new SyncVectorEnv((i) => make(spec, { seed: seeds[i], rng }), { numEnvs, seed });
}

/**
 * Whether the world is a hand-written env: one without rules, so that it cannot be planned in,
 * recorded or replayed from rows.
 *
 * @throws RangeError if there is no such world.
 */
export function isHandWritten({ id }: Pick<EnvSpec, 'id'>): boolean {
  return envEntry(id).createEnv !== undefined;
}

const DEFAULTS: Required<MakeVectorOptions> = {
  numEnvs: 1,
  seed: 0,
  rng: 'alea',
  options: {},
  wrappers: [],
};
