import { type ActionChecker, actionChecker } from './action-checker.ts';
import { checkInteger, resolveOptions } from './check.ts';
import type { Dynamics, StateRow } from './dynamics.ts';
import { checkEnvRng, createEnvRng, type EnvRng } from './env-rng.ts';
import type { EnvVector } from './env-vector.ts';
import type { Rng } from './rng.ts';
import type { SavedData } from './saved.ts';
import type { ElementOf, Space } from './space.ts';
import { rowReader } from './spaces/rows.ts';
import { type ActionColumn, checkColumns, createActions, type Transitions } from './transitions.ts';
import { createVectorColumns, rowsOf, type VectorColumns } from './vector-columns.ts';
import { readVector, saveVector } from './vector-snapshot.ts';
import { shapeOf, type WorldShape } from './world-shape.ts';

/** How to run many copies of a world. */
export interface VectorEnvOptions {
  /** Copies, at least 1. Default 1. */
  readonly numEnvs?: number;
  /**
   * The number of the first copy, at least 0, where others run those before it: copy i draws what
   * copy `firstCopy` + i does. Default 0.
   */
  readonly firstCopy?: number;
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
 * Runs many copies of a world at once; the runner itself allocates nothing in a step.
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

  readonly #shape: WorldShape;
  readonly #rngs: Rng[];
  readonly #elapsed: Int32Array;
  readonly #checkActions: ActionChecker;
  readonly #transitions: Transitions;

  readonly #observationRows: readonly Float32Array[];
  readonly #nextObservationRows: readonly Float32Array[];
  readonly #maskRows: readonly Uint8Array[];
  readonly #nextMaskRows: readonly Uint8Array[];
  readonly #actionRows: readonly Float32Array[] | null; // where the rows are the actions themselves
  readonly #readAction: readonly (() => ElementOf<A>)[]; // none for `Discrete`: the fast path

  /**
   * Begins the first episode of every copy.
   *
   * @param columns Where it keeps its numbers, for those who share them. Default memory of its own.
   * @throws RangeError if an option is outside its range or unknown.
   */
  constructor(dynamics: Dynamics<O, A>, options: VectorEnvOptions = {}, columns?: VectorColumns) {
    const resolved = resolveOptions('VectorEnv', DEFAULTS, options);
    const { numEnvs, firstCopy, seed, stream, rng } = resolved;
    checkInteger('VectorEnv: numEnvs', numEnvs, 1);
    checkInteger('VectorEnv: firstCopy', firstCopy, 0);
    checkEnvRng('VectorEnv: rng', rng);
    checkColumns('VectorEnv', dynamics);
    this.#shape = shapeOf(dynamics);
    const own = columns ?? createVectorColumns(this.#shape, numEnvs);
    const copies = Array.from({ length: numEnvs }, (_, i) => i);
    this.dynamics = dynamics;
    this.observationSpace = dynamics.observationSpace;
    this.actionSpace = dynamics.actionSpace;
    this.numEnvs = numEnvs;
    this.states = rowsOf(own.states, numEnvs);
    this.finalStates = rowsOf(own.finalStates, numEnvs);
    this.#rngs = copies
      .map((i) => firstCopy + i)
      .map((i) => createEnvRng(rng, seed, `${stream}/${i}`, i));
    this.#elapsed = own.elapsed;
    this.#checkActions = actionChecker('VectorEnv.step', dynamics, numEnvs);

    this.observations = own.observations;
    this.#transitions = own.transitions;
    const { actions, nextObservations, nextActionMasks } = this.#transitions;
    this.actionMasks = own.actionMasks;
    this.#observationRows = rowsOf(this.observations, numEnvs);
    this.#nextObservationRows = rowsOf(nextObservations, numEnvs);
    this.#maskRows = rowsOf(this.actionMasks, numEnvs);
    this.#nextMaskRows = rowsOf(nextActionMasks, numEnvs);
    const { actionSpace } = dynamics;
    this.#readAction =
      actionSpace.kind === 'discrete'
        ? []
        : rowsOf(actions, numEnvs).map((row) => rowReader(actionSpace, row));
    const isFloats = actionSpace.kind === 'box' && actionSpace.dtype === 'float32';
    this.#actionRows = isFloats ? rowsOf(actions as Float32Array, numEnvs) : null;
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
    this.#checkActions(actions, this.actionMasks); // all of them, before anything moves
    const { dynamics, states, numEnvs } = this;
    const transitions = this.#transitions;
    const { actions: taken, rewards } = transitions;
    const rngs = this.#rngs;
    const rows = this.#actionRows;
    const readAction = this.#readAction;
    const isRead = readAction.length > 0;
    copyNumbers(this.observations, transitions.observations);
    copyNumbers(actions, taken);
    // Each of the rules has a loop of its own: so small, a compiler puts the rule into it whole. This
    // one stands here and not in a method, so that it goes first: else the reward may be allocated.
    for (let i = 0; i < numEnvs; i++) {
      const action = rows ? rows[i] : isRead ? readAction[i]() : taken[i];
      rewards[i] = dynamics.step(states[i], action as ElementOf<A>, rngs[i]);
    }
    this.#showAll();
    if (this.#markEnds()) this.#beginWhereEnded();
    return transitions;
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
    const rngs = this.#rngs.map((rng) => rng.snapshot());
    return saveVector(this.dynamics.name, this.states, rngs, this.#elapsed);
  }

  /** @throws Error if `saved` is no snapshot of as many copies of this world. */
  restore(saved: SavedData): void {
    const where = `VectorEnv(${this.dynamics.name}).restore`;
    const { states, rngs, elapsed } = readVector(where, saved, this.#shape, this.numEnvs);
    this.#elapsed.set(elapsed);
    states.forEach((state, i) => {
      this.states[i].set(state);
      this.#rngs[i] = rngs[i];
      this.#show(i);
    });
  }

  #showAll(): void {
    const { dynamics, states, numEnvs, observations, actionMasks } = this;
    const { nextObservations, nextActionMasks } = this.#transitions;
    const rows = this.#nextObservationRows;
    for (let i = 0; i < numEnvs; i++) dynamics.observe(states[i], rows[i]);
    copyNumbers(nextObservations, observations);
    if (nextActionMasks === undefined || actionMasks === undefined) return;
    const maskRows = this.#nextMaskRows;
    for (let i = 0; i < numEnvs; i++) dynamics.actionMask?.(states[i], maskRows[i]);
    actionMasks.set(nextActionMasks);
  }

  /** @returns whether any episode has ended. */
  #markEnds(): boolean {
    const { dynamics, states, numEnvs } = this;
    const { timeLimit } = dynamics;
    const { terminated, truncated } = this.#transitions;
    const elapsed = this.#elapsed;
    let ends = 0;
    for (let i = 0; i < numEnvs; i++) {
      const isTerminal = dynamics.isTerminal(states[i]);
      const isLate = ++elapsed[i] >= timeLimit;
      terminated[i] = isTerminal ? 1 : 0;
      truncated[i] = isLate && !isTerminal ? 1 : 0;
      if (isTerminal || isLate) ends++;
    }
    return ends > 0;
  }

  #beginWhereEnded(): void {
    const { terminated, truncated } = this.#transitions;
    for (let i = 0; i < this.numEnvs; i++) {
      if (terminated[i] === 0 && truncated[i] === 0) continue;
      this.finalStates[i].set(this.states[i]);
      this.#begin(i);
    }
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
}

const DEFAULTS: Required<VectorEnvOptions> = {
  numEnvs: 1,
  firstCopy: 0,
  seed: 0,
  stream: 'env',
  rng: 'alea',
};

/** Copies a column. `set` costs more than the numbers themselves where there are few of them. */
function copyNumbers(from: ActionColumn, to: ActionColumn): void {
  if (from.length > 64) to.set(from);
  else for (let i = 0; i < from.length; i++) to[i] = from[i];
}
