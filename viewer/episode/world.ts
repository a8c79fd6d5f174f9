import type { Dynamics, StateKind, StateRow } from '../../core/dynamics.ts';
import type { EnvSpec } from '../../core/env-spec.ts';
import type { Scene } from '../../core/scene.ts';
import { makeDynamics } from '../../envs/registry.ts';
import type { Episode } from '../../training/recording/recording.ts';
import { checkScene } from '../scene/check-scene.ts';
import { jsonAt, numbersAt } from './columns.ts';

/** Channel with a recorded scene a step, for worlds that are not in the registry. */
export const SCENE_CHANNEL = 'scene';

// No option of a world is larger; a recording that says so would only make the page run out of memory.
const LARGEST_OPTION = 1e6;

/** The rules of a recorded world, or why there are none here. */
export interface World {
  readonly dynamics: Dynamics | null;
  /** Why it cannot be drawn from its states; `null` when it can. */
  readonly problem: string | null;
}

/** The world that a recording names, if the registry knows it. */
export function worldOf(spec: EnvSpec): World {
  if (!hasModestNumbers([spec.options, spec.wrappers])) {
    return { dynamics: null, problem: `${spec.id}: an option is too large to be drawn here.` };
  }
  try {
    return { dynamics: makeDynamics(spec), problem: null };
  } catch (error) {
    return { dynamics: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * The picture at a step of an episode; the step after the last one shows the final state.
 *
 * @returns `null` where neither the world nor the recording can tell.
 */
export function sceneAt(world: World, episode: Episode, step: number): Scene | null {
  const recorded = jsonAt(episode, SCENE_CHANNEL, Math.min(step, episode.length - 1));
  if (recorded !== undefined) return checkScene(recorded);
  const state = stateAt(episode, step);
  return state === null ? null : sceneOf(world, state);
}

/** The picture of a state row; `null` where it is not a state of the world. */
export function sceneOf(world: World, state: ArrayLike<number>): Scene | null {
  const { dynamics } = world;
  if (dynamics === null || state.length !== dynamics.stateSize) return null;
  try {
    return checkScene(dynamics.scene(stateRow(dynamics.stateKind ?? 'float64', state)));
  } catch {
    return null;
  }
}

/** s_t, also after the last action; `null` where it is not recorded. */
export function stateAt(episode: Episode, step: number): ArrayLike<number> | null {
  if (step === episode.length && episode.end) return episode.end.finalState;
  return numbersAt(episode, 'state', step);
}

function stateRow(kind: StateKind, state: ArrayLike<number>): StateRow {
  switch (kind) {
    case 'float64':
      return Float64Array.from(state);
    case 'float32':
      return Float32Array.from(state);
    case 'int32':
      return Int32Array.from(state);
    case 'uint8':
      return Uint8Array.from(state);
  }
}

function hasModestNumbers(value: unknown): boolean {
  if (typeof value === 'number') return Math.abs(value) <= LARGEST_OPTION;
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every(hasModestNumbers);
}
