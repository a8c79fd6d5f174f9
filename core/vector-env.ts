import { checkInteger, checkLength, resolveOptions, show } from './check.ts';
import { checkActionRow } from './check-action.ts';
import { createState, type Dynamics, type StateRow } from './dynamics.ts';
import { checkEnvRng, createEnvRng, type EnvRng } from './env-rng.ts';
import type { EnvVector } from './env-vector.ts';
import { restoreRng } from './restore-rng.ts';
import type { Rng } from './rng.ts';
import {
  checkSavedHeader,
  checkSavedName,
  copySavedArray,
  type SavedData,
  savedHeader,
  savedObject,
  savedObjects,
} from './saved.ts';
import type { ElementOf, Space } from './space.ts';
import { rowReader, rowSize } from './spaces/rows.ts';
import {
  type ActionColumn,
  checkColumns,
  createActions,
  createTransitions,
  type Transitions,
} from './transitions.ts';

/** How to run many copies of a world. */
export interface VectorEnvOptions {
  /** Copies, at least 1. Default 1. */
  readonly numEnvs?: number;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
  /** Copy i draws from stream `<stream>/<i>` of the seed. Default `env`. */
  readonly stream?: string;
  /**
   * What to draw from. With `gymnasium`, copy i draws what Gymnasium's copy i does: from the seed
   * + i, without streams. Default `alea`.
   */
  readonly rng?: EnvRng;
}

/**
 * Runs many copies of a world at once, without allocating.
 *
 * A copy whose episode ends begins the next one at once: `step` returns the true successor in its
 * transitions, while `observations` already shows the start of the next episode. What copy i does
 * depends on the seed and its own actions, not on how many copies run beside it.
 *
 *     const envs = new VectorEnv(cartPole(), { numEnvs: 256, seed: 7 });
 *     const actions = envs.createActions();
 *     for (let t = 0; t < 1000; t++) {
 *       agent.act(envs.observations, actions, envs.actionMasks);
 *       agent.learn(envs.step(actions));
 *     }
 */
export class VectorEnv<O extends Space = Space, A extends Space = Space>
  implements EnvVector<O, A>
{
  readonly dynamics: Dynamics<O, A>;
  readonly observationSpace: O;
  readonly actionSpace: A;
  readonly numEnvs: number;

  /** What each copy shows now, `[numEnvs × observationSize]`; overwritten by every step. */
  readonly observations: Float32Array;

  /** Legal actions of each copy now, `[numEnvs × numActions]`; absent where all always are. */
  readonly actionMasks: Uint8Array | undefined;

  /** Current state of each copy, for those who record or draw: read only. */
  readonly states: readonly StateRow[];

  /** State in which the last episode of each copy ended, zeros before the first end: read only. */
  readonly finalStates: readonly StateRow[];

  readonly #rngs: Rng[];
  readonly #elapsed: Int32Array;
  readonly #transitions: Transitions;
  readonly #observationRows: readonly Float32Array[];
  readonly #nextObservationRows: readonly Float32Array[];
  readonly #maskRows: readonly Uint8Array[];
  readonly #nextMaskRows: readonly Uint8Array[];
  readonly #readAction: readonly (() => ElementOf<A>)[]; // none for `Discrete`: the fast path

  /**
   * Begins the first episode of every copy.
   *
   * @throws RangeError if an option is outside its range or unknown.
   */
  constructor(dynamics: Dynamics<O, A>, options: VectorEnvOptions = {}) {
    const { numEnvs, seed, stream, rng } = resolveOptions('VectorEnv', DEFAULTS, options);
    checkInteger('VectorEnv: numEnvs', numEnvs, 1);
    checkEnvRng('VectorEnv: rng', rng);
    checkColumns('VectorEnv', dynamics);
    const size = rowSize(dynamics.observationSpace);
    const copies = Array.from({ length: numEnvs }, (_, i) => i);
    this.dynamics = dynamics;
    this.observationSpace = dynamics.observationSpace;
    this.actionSpace = dynamics.actionSpace;
    this.numEnvs = numEnvs;
    this.states = copies.map(() => createState(dynamics));
    this.finalStates = copies.map(() => createState(dynamics));
    this.#rngs = copies.map((i) => createEnvRng(rng, seed, `${stream}/${i}`, i));
    this.#elapsed = new Int32Array(numEnvs);

    this.observations = new Float32Array(numEnvs * size);
    this.#transitions = createTransitions(dynamics, numEnvs);
    const { actions, nextObservations, nextActionMasks } = this.#transitions;
    this.actionMasks = nextActionMasks?.slice();
    this.#observationRows = rowsOf(this.observations, numEnvs);
    this.#nextObservationRows = rowsOf(nextObservations, numEnvs);
    this.#maskRows = rowsOf(this.actionMasks, numEnvs);
    this.#nextMaskRows = rowsOf(nextActionMasks, numEnvs);
    const { actionSpace } = dynamics;
    this.#readAction =
      actionSpace.kind === 'discrete'
        ? []
        : rowsOf(actions, numEnvs).map((row) => rowReader(actionSpace, row));
    for (const i of copies) this.#begin(i);
  }

  /** An array that `step` takes, `[n × actionSize]`; integers are counted from 0. */
  createActions(): ActionColumn {
    return createActions(this.dynamics.actionSpace, this.numEnvs);
  }

  /**
   * Takes the action of row i in copy i.
   *
   * @returns the batch of transitions; the same object every time, overwritten by the next call.
   * @throws RangeError if there is not one action per copy, or one is not legal: nothing has moved.
   */
  step(actions: ActionColumn): Transitions {
    this.#checkActions(actions); // all of them, before anything moves
    copyNumbers(this.observations, this.#transitions.observations);
    copyNumbers(actions, this.#transitions.actions);
    for (let i = 0; i < this.numEnvs; i++) this.#stepOne(i);
    return this.#transitions;
  }

  /** Steps that the current episode of copy `i` has taken. */
  elapsed(i: number): number {
    return this.#elapsed[i];
  }

  /** The state of copy i's generator now. */
  rngSnapshot(i: number): SavedData {
    return this.#rngs[i].snapshot();
  }

  /** Everything needed to go on from here with the same bits. */
  snapshot(): SavedData {
    return {
      ...savedHeader('vector-env', 1),
      name: this.dynamics.name,
      copies: this.states.map((state, i) => ({
        state: state.slice(),
        rng: this.#rngs[i].snapshot(),
      })),
      elapsed: this.#elapsed.slice(),
    };
  }

  /** @throws Error if `saved` is no snapshot of as many copies of this world. */
  restore(saved: SavedData): void {
    const where = `VectorEnv(${this.dynamics.name}).restore`;
    checkSavedHeader(where, saved, 'vector-env', 1);
    checkSavedName(where, saved, this.dynamics.name);
    const copies = savedObjects(where, saved, 'copies', this.numEnvs);
    for (const copy of copies) copySavedArray(where, copy, 'state', createState(this.dynamics));
    const rngs = copies.map((copy) => restoreRng(savedObject(where, copy, 'rng')));
    copySavedArray(where, saved, 'elapsed', this.#elapsed);
    copies.forEach((copy, i) => {
      copySavedArray(where, copy, 'state', this.states[i]);
      this.#rngs[i] = rngs[i];
      this.#show(i);
    });
  }

  #stepOne(i: number): void {
    const { dynamics } = this;
    const transitions = this.#transitions;
    const state = this.states[i];
    const action = (
      this.#readAction.length > 0 ? this.#readAction[i]() : transitions.actions[i]
    ) as ElementOf<A>;
    transitions.rewards[i] = dynamics.step(state, action, this.#rngs[i]);
    dynamics.observe(state, this.#nextObservationRows[i]);
    if (this.actionMasks) dynamics.actionMask?.(state, this.#nextMaskRows[i]);

    this.#elapsed[i]++;
    const terminated = dynamics.isTerminal(state);
    const truncated = !terminated && this.#elapsed[i] >= dynamics.timeLimit;
    transitions.terminated[i] = terminated ? 1 : 0;
    transitions.truncated[i] = truncated ? 1 : 0;

    if (terminated || truncated) {
      this.finalStates[i].set(state);
      this.#begin(i);
    } else this.#show(i);
  }

  #begin(i: number): void {
    this.#elapsed[i] = 0;
    this.dynamics.reset(this.states[i], this.#rngs[i]);
    this.#show(i);
  }

  #show(i: number): void {
    this.dynamics.observe(this.states[i], this.#observationRows[i]);
    if (this.actionMasks) this.dynamics.actionMask?.(this.states[i], this.#maskRows[i]);
  }

  #checkActions(actions: ActionColumn): void {
    const { dynamics } = this;
    const { actionSpace } = dynamics;
    const { actions: column } = this.#transitions;
    if (actions?.constructor !== column.constructor) {
      const got = ArrayBuffer.isView(actions) ? actions.constructor.name : show(actions);
      throw new RangeError(
        `VectorEnv.step: actions must be a ${column.constructor.name}, as createActions() makes it, got ${got}.`,
      );
    }
    checkLength('VectorEnv.step: actions', actions, this.numEnvs * rowSize(actionSpace));
    for (let i = 0; i < this.numEnvs; i++) {
      if (actionSpace.kind === 'discrete' && !this.actionMasks) {
        if (actions[i] >= 0 && actions[i] < actionSpace.n) continue; // the hot path
      }
      checkActionRow(dynamics, actions, i, this.#maskRows[i] ?? null);
    }
  }
}

const DEFAULTS: Required<VectorEnvOptions> = { numEnvs: 1, seed: 0, stream: 'env', rng: 'alea' };

/** Copies a column. `set` costs more than the numbers themselves where there are few of them. */
function copyNumbers(from: ActionColumn, to: ActionColumn): void {
  if (from.length > 64) to.set(from);
  else for (let i = 0; i < from.length; i++) to[i] = from[i];
}

/** Views of the rows of a matrix, made once so that the loop needs no offsets. */
function rowsOf<T extends Float32Array | Int32Array | Uint8Array>(
  matrix: T | undefined,
  numRows: number,
): readonly T[] {
  if (matrix === undefined) return [];
  const size = matrix.length / numRows;
  const row = (_: unknown, i: number) => matrix.subarray(i * size, (i + 1) * size) as T;
  return Array.from({ length: numRows }, row);
}
