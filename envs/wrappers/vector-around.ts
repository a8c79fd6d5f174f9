import type { EnvVector } from '../../core/env-vector.ts';
import type { SavedData } from '../../core/saved.ts';
import type { Space } from '../../core/space.ts';
import type { ActionColumn, Transitions } from '../../core/transitions.ts';

/** Copies of a world that pass every call on to others: what wrappers of vectors change parts of. */
export abstract class VectorAround<O extends Space, A extends Space> implements EnvVector<O, A> {
  readonly observationSpace: O;
  readonly actionSpace: A;
  readonly numEnvs: number;
  readonly observations: Float32Array;
  readonly actionMasks: Uint8Array | undefined;
  /** The copies inside. */
  readonly envs: EnvVector<Space, A>;

  /** @param observations What is shown; the inner ones, or an array of its own. */
  constructor(envs: EnvVector<Space, A>, observationSpace: O, observations: Float32Array) {
    this.envs = envs;
    this.observationSpace = observationSpace;
    this.actionSpace = envs.actionSpace;
    this.numEnvs = envs.numEnvs;
    this.observations = observations;
    this.actionMasks = envs.actionMasks;
  }

  createActions(): ActionColumn {
    return this.envs.createActions();
  }

  abstract step(actions: ActionColumn): Transitions;

  abstract snapshot(): SavedData;

  abstract restore(saved: SavedData): void;
}

/**
 * Transitions with some columns in place of the inner ones, made once for each object that the inner
 * copies hand out: they hand out the same one every time.
 */
export function replaceColumns(
  columns: Partial<Transitions>,
): (transitions: Transitions) => Transitions {
  let inner: Transitions | null = null;
  let outer: Transitions | null = null;
  return (transitions) => {
    if (outer === null || inner !== transitions) outer = { ...transitions, ...columns };
    inner = transitions;
    return outer;
  };
}
