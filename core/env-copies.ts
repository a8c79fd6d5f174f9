import { checkInteger, checkLength } from './check.ts';
import { DynamicsEnv } from './dynamics-env.ts';
import type { Env } from './env.ts';
import type { Space } from './space.ts';
import { describeSpace } from './spaces/describe.ts';
import { spaceToJson } from './spaces/json.ts';

/** Makes copy i of an env, from 0: a new instance at every call. */
export type EnvMaker<O extends Space = Space, A extends Space = Space> = (
  copy: number,
) => Env<O, A>;

/**
 * Makes so many copies of an env.
 *
 * @throws RangeError if `numEnvs` is not a positive integer, the same instance comes twice, or the
 *   copies have not all the same spaces.
 */
export function makeCopies<O extends Space, A extends Space>(
  where: string,
  make: EnvMaker<O, A>,
  numEnvs: number,
): readonly Env<O, A>[] {
  checkInteger(`${where}: numEnvs`, numEnvs, 1);
  const envs = Array.from({ length: numEnvs }, (_, i) => make(i));
  if (new Set(envs).size < numEnvs) {
    throw new RangeError(`${where}: the maker must give a new env at every call, got one twice.`);
  }
  for (const what of ['observationSpace', 'actionSpace'] as const) {
    const first = fingerprint(envs[0][what]);
    const other = envs.findIndex((env) => fingerprint(env[what]) !== first);
    if (other < 0) continue;
    const [ours, theirs] = [envs[0], envs[other]].map((env) => describeSpace(env[what]));
    throw new RangeError(
      `${where}: all copies must have the same ${what}, got ${theirs} in copy ${other} and ${ours} in copy 0${ours === theirs ? ' with other bounds or labels' : ''}.`,
    );
  }
  return envs;
}

/**
 * The seed of each copy: seed + i, as Gymnasium seeds them, or those of a list.
 *
 * @throws RangeError unless they are integers of at least 0, one for each copy.
 */
export function copySeeds(
  where: string,
  seed: number | readonly number[],
  numEnvs: number,
): readonly number[] {
  if (typeof seed === 'object' && seed !== null) {
    checkLength(`${where}: seed`, seed, numEnvs);
    seed.forEach((own, i) => {
      checkInteger(`${where}: seed[${i}]`, own, 0);
    });
    return [...seed];
  }
  checkInteger(`${where}: seed`, seed, 0, Number.MAX_SAFE_INTEGER - numEnvs + 1);
  return Array.from({ length: numEnvs }, (_, i) => seed + i);
}

/** What error messages and saved data call the env: its id, or the name of its rules. */
export function envName(env: Env): string {
  if (env.spec !== null) return env.spec.id;
  return env instanceof DynamicsEnv ? env.dynamics.name : 'Env';
}

function fingerprint(space: Space): string {
  return JSON.stringify(spaceToJson(space));
}
