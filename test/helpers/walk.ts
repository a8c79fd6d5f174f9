import { Alea } from '../../core/alea.ts';
import type { Dynamics } from '../../core/dynamics.ts';
import { DynamicsEnv } from '../../core/dynamics-env.ts';
import type { Env } from '../../core/env.ts';
import type { EnvRng } from '../../core/env-rng.ts';
import type { EnvSpec } from '../../core/env-spec.ts';
import type { EnvVector } from '../../core/env-vector.ts';
import { hashBytes } from '../../core/hash.ts';
import { isSavedArray, type SavedData, type SavedValue } from '../../core/saved.ts';
import type { ElementOf, Space } from '../../core/space.ts';
import { countedFromZero, rowSize, writeRow } from '../../core/spaces/rows.ts';
import { sample, sampleRow } from '../../core/spaces/sample.ts';
import { VectorEnv } from '../../core/vector-env.ts';
import { envEntry, make, makeDynamics } from '../../envs/registry.ts';
import { decodeSaved, encodeSaved } from '../../training/saved-file.ts';
import { codec } from './codec.ts';

/** Something that is walked through: it moves on a random action, and can be saved. */
interface Walker {
  /** Takes a random legal action, or begins the next episode; writes all that can be seen into `seen`. */
  move(choice: Alea, seen: Float64Array): void;
  /** Numbers that `move` writes. */
  readonly size: number;
  snapshot(): SavedData;
  restore(saved: SavedData): void;
  /** Something else that a caller may do: begin anew, from another seed. */
  shake(rng: Alea): void;
}

/** A single env as a walker; its first episode begins with the first move. */
function envWalker(env: Env): Walker {
  const { observationSpace, actionSpace } = env;
  const size = rowSize(observationSpace);
  const numActions = actionSpace.kind === 'discrete' ? actionSpace.n : 0;
  let running = false;
  return {
    size: size + numActions + 3,
    move(choice, seen) {
      seen.fill(0);
      let observation: ElementOf<Space>;
      if (running) {
        const step = env.step(legalAction(actionSpace, env.actionMask(), choice));
        observation = step.observation;
        seen[size] = step.reward;
        seen[size + 1] = step.terminated ? 1 : 0;
        seen[size + 2] = step.truncated ? 1 : 0;
        running = !step.terminated && !step.truncated;
      } else {
        observation = env.reset().observation;
        running = true;
      }
      writeRow(observationSpace, observation, seen, 0);
      seen.set(env.actionMask() ?? [], size + 3);
    },
    snapshot: () => ({ env: env.snapshot(), running }),
    restore(saved) {
      env.restore(saved.env as SavedData);
      running = saved.running as boolean;
    },
    shake(rng) {
      env.reset(rng.below(2) === 0 ? {} : { seed: rng.below(1000) });
      running = true;
    },
  };
}

/** Many copies as a walker. */
function vectorWalker(envs: EnvVector): Walker {
  const { observationSpace, actionSpace, numEnvs, actionMasks } = envs;
  const actions = envs.createActions();
  const space = countedFromZero(actionSpace);
  const actionSize = rowSize(actionSpace);
  const size = rowSize(observationSpace) * numEnvs;
  const numMasks = actionMasks?.length ?? 0;
  return {
    size: 3 * size + 2 * numMasks + 3 * numEnvs,
    move(choice, seen) {
      for (let i = 0; i < numEnvs; i++) {
        const n = numMasks / numEnvs;
        const mask = actionMasks?.subarray(i * n, (i + 1) * n) ?? null;
        if (mask === null) sampleRow(space, choice, actions, i * actionSize);
        else actions[i] = legalAction(space, mask, choice) as number;
      }
      const batch = envs.step(actions);
      let at = 0;
      const columns = [batch.observations, batch.nextObservations, envs.observations];
      const flags = [batch.rewards, batch.terminated, batch.truncated];
      const masks = [batch.nextActionMasks ?? [], envs.actionMasks ?? []];
      for (const column of [...columns, ...flags, ...masks]) {
        seen.set(column, at);
        at += column.length;
      }
    },
    snapshot: () => envs.snapshot(),
    restore: (saved) => envs.restore(saved),
    shake: () => {},
  };
}

function legalAction(space: Space, mask: Uint8Array | null, choice: Alea): ElementOf<Space> {
  for (;;) {
    const action = sample(space, choice);
    if (mask === null || space.kind !== 'discrete') return action;
    if (mask[(action as number) - space.start] === 1) return action;
  }
}

/**
 * Makes single envs of a world, each time a new one; of the rules, which may take long to build, there
 * are two of each kind.
 */
export function envWalkers(spec: EnvSpec, rng: EnvRng, seed: number): (number: number) => Walker {
  if (envEntry(spec.id).create === undefined) {
    return (number) => envWalker(make(spec, { seed: seed + number, rng }));
  }
  const rules = rulesOf(spec);
  return (number) =>
    envWalker(new DynamicsEnv(rules[number % 2], { seed: seed + number, rng, spec }));
}

/** Makes vectors of copies of a world, likewise; `null` where it has no rules. */
export function vectorWalkers(
  spec: EnvSpec,
  options: { rng: EnvRng; seed: number; numEnvs: number },
): ((number: number) => Walker) | null {
  if (envEntry(spec.id).create === undefined) return null;
  const rules = rulesOf(spec);
  return (number) =>
    vectorWalker(new VectorEnv(rules[number % 2], { ...options, seed: options.seed + number }));
}

const built = new WeakMap<EnvSpec, readonly Dynamics[]>();

function rulesOf(spec: EnvSpec): readonly Dynamics[] {
  const rules = built.get(spec) ?? [makeDynamics(spec), makeDynamics(spec)];
  built.set(spec, rules);
  return rules;
}

/** A hash of everything seen in so many moves. */
export function walk(walker: Walker, moves: number): number {
  const choice = new Alea(1, 'choice');
  const seen = new Float64Array(walker.size);
  const bytes = new Uint8Array(seen.buffer);
  let hash = 0;
  for (let t = 0; t < moves; t++) {
    walker.move(choice, seen);
    hash = hashBytes(bytes, hash);
  }
  return hash;
}

/**
 * The same walk, saved and restored at random moments: into the same walker after it has gone astray,
 * or into a fresh one while the old one goes astray; as it is, copied, or through a file.
 *
 * @param create Makes a fresh walker of the same world; each is asked for with another number.
 * @param every Moves from one disturbance to the next, on average.
 * @returns the hash, and how many disturbances there were.
 */
export function disturbedWalk(
  create: (number: number) => Walker,
  moves: number,
  every: number,
): { hash: number; disturbances: number } {
  const choice = new Alea(1, 'choice');
  const rng = new Alea(2, 'disturbances');
  let walker = create(0);
  const seen = new Float64Array(walker.size);
  const bytes = new Uint8Array(seen.buffer);
  const astray = new Float64Array(walker.size);
  let [hash, disturbances] = [0, 0];
  for (let t = 0; t < moves; t++) {
    if (rng.below(every) === 0) {
      disturbances++;
      const old = walker;
      const saved = copied(old.snapshot(), rng.below(20));
      const stray = () => {
        for (let i = rng.below(8); i > 0; i--) {
          if (rng.below(6) === 0) old.shake(rng);
          else old.move(rng, astray);
        }
      };
      if (rng.below(2) === 0) walker = create(disturbances);
      const before = rng.below(2) === 0;
      if (before || walker === old) stray();
      if (rng.below(4) === 0) walker.move(rng, astray); // a fresh one need not be unused
      walker.restore(saved);
      if (walker !== old) stray();
    }
    walker.move(choice, seen);
    hash = hashBytes(bytes, hash);
  }
  return { hash, disturbances };
}

/** Saved data as it is, as JSON with arrays beside it, or, rarely, through the bytes of a file. */
function copied(saved: SavedData, way: number): SavedData {
  const format = { format: 'walk', version: 1 };
  if (way === 0) return decodeSaved(encodeSaved(saved, codec, format), codec, format);
  return way < 8 ? saved : (copy(saved) as SavedData);
}

function copy(value: SavedValue): SavedValue {
  if (isSavedArray(value)) return value.slice();
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== 'object' || value === null) return JSON.parse(JSON.stringify(value));
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));
}
