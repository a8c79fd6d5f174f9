import { type ActionChecker, actionChecker } from './action-checker.ts';
import { checkFinite, checkLength, resolveOptions, show } from './check.ts';
import type { Env } from './env.ts';
import { copySeeds, type EnvMaker, envName, makeCopies } from './env-copies.ts';
import type { EnvVector } from './env-vector.ts';
import {
  checkSavedHeader,
  checkSavedName,
  copySavedArray,
  type SavedData,
  savedHeader,
  savedObjects,
} from './saved.ts';
import type { ElementOf, Space } from './space.ts';
import { mismatch } from './spaces/contains.ts';
import { readRow, rowSize, writeRow } from './spaces/rows.ts';
import {
  type ActionColumn,
  checkColumns,
  createActions,
  createColumns,
  type Transitions,
} from './transitions.ts';
import { rowsOf } from './vector-columns.ts';

/** How to run many copies of a hand-written env. */
export interface SyncVectorEnvOptions {
  /** Copies, at least 1. Default 1. */
  readonly numEnvs?: number;
  /**
   * Copy i is seeded with seed + i, or with number i of a list; integers of at least 0. Vectors
   * whose seeds are less than `numEnvs` apart share seeds: where that matters, give lists. Default 0.
   */
  readonly seed?: number | readonly number[];
}

/**
 * Runs many copies of a hand-written env one after the other, as one `EnvVector`.
 *
 * Copy i does what a single env does after `reset({ seed: seeds[i] })`, followed by a `reset()` after
 * each end. Of an end that is called both terminated and truncated only the first counts.
 *
 *     const envs = new SyncVectorEnv((i) => new MyEnv(), { numEnvs: 8, seed: 7 });
 *     const actions = envs.createActions();
 *     for (let t = 0; t < 1000; t++) {
 *       agent.act(envs.observations, actions, envs.actionMasks);
 *       agent.learn(envs.step(actions));
 *     }
 *
 * An env that throws in the middle of a step leaves copies before it a step ahead of those behind.
 * The vector then says which copy it was and refuses to go on until `restore` has brought all of
 * them to one moment again.
 */
export class SyncVectorEnv<O extends Space = Space, A extends Space = Space>
  implements EnvVector<O, A>
{
  /** The copies, to look at or to draw: whoever steps or resets one puts the vector out of step. */
  readonly envs: readonly Env<O, A>[];

  /** What each copy was seeded with. */
  readonly seeds: readonly number[];

  readonly observationSpace: O;
  readonly actionSpace: A;
  readonly numEnvs: number;

  /** What each copy shows now, `[numEnvs × observationSize]`; overwritten by every step. */
  readonly observations: Float32Array;

  /** Legal actions of each copy now, `[numEnvs × numActions]`; absent where all always are. */
  readonly actionMasks: Uint8Array | undefined;

  readonly #name: string;
  readonly #checkActions: ActionChecker;
  readonly #transitions: Transitions;
  readonly #observationRows: readonly Float32Array[];
  readonly #nextObservationRows: readonly Float32Array[];
  readonly #maskRows: readonly Uint8Array[];
  readonly #nextMaskRows: readonly Uint8Array[];
  readonly #toCheck: Uint8Array; // [numEnvs], observations still to be checked in full
  #failure: { readonly message: string; readonly cause: unknown } | null = null;

  /**
   * Makes the copies and begins the first episode of each.
   *
   * @throws RangeError if an option is outside its range or unknown, the copies differ in their
   *   spaces, these do not fit rows of one length, or an observation is outside its space.
   */
  constructor(make: EnvMaker<O, A>, options: SyncVectorEnvOptions = {}) {
    const where = 'SyncVectorEnv';
    const { numEnvs, seed } = resolveOptions<SyncVectorEnvOptions>(where, DEFAULTS, options);
    this.envs = makeCopies(where, make, numEnvs);
    this.seeds = copySeeds(where, seed, numEnvs);
    this.numEnvs = numEnvs;
    this.observationSpace = this.envs[0].observationSpace;
    this.actionSpace = this.envs[0].actionSpace;
    this.#name = envName(this.envs[0]);
    const world = { ...this.#spaces(), name: this.#name };
    this.#checkActions = actionChecker('SyncVectorEnv.step', world, numEnvs);
    checkColumns(where, world);

    const starts = this.envs.map((env, i) => env.reset({ seed: this.seeds[i] }));
    const masked = this.envs.some((env) => env.actionMask() !== null);
    this.#transitions = createColumns({ ...this.#spaces(), masked }, numEnvs);
    const { nextObservations, nextActionMasks } = this.#transitions;
    this.observations = new Float32Array(nextObservations.length);
    this.actionMasks = nextActionMasks?.slice();
    this.#observationRows = rowsOf(this.observations, numEnvs);
    this.#nextObservationRows = rowsOf(nextObservations, numEnvs);
    this.#maskRows = rowsOf(this.actionMasks, numEnvs);
    this.#nextMaskRows = rowsOf(nextActionMasks, numEnvs);
    this.#toCheck = new Uint8Array(numEnvs).fill(CHECKED_IN_FULL);
    starts.forEach(({ observation }, i) => {
      this.#writeObservation(i, observation, this.#observationRows[i]);
      this.#writeMask(i, this.#maskRows[i]);
    });
  }

  /** An array that `step` takes, `[n × actionSize]`; integers are counted from 0. */
  createActions(): ActionColumn {
    return createActions(this.actionSpace, this.numEnvs);
  }

  /**
   * Takes the action of row i in copy i.
   *
   * @returns the batch of transitions; the same object every time, overwritten by the next call.
   * @throws RangeError if there is not one action per copy, or one is not legal: nothing has moved.
   * @throws Error if an env throws, or gives what is no number: the vector must be restored then.
   */
  step(actions: ActionColumn): Transitions {
    this.#checkWhole('step');
    this.#checkActions(actions, this.actionMasks); // all of them, before anything moves
    this.#transitions.observations.set(this.observations);
    this.#transitions.actions.set(actions);
    for (let i = 0; i < this.numEnvs; i++) {
      try {
        this.#stepOne(i);
      } catch (cause) {
        const what = cause instanceof Error ? cause.message : show(cause);
        this.#failure = { message: `copy ${i} failed: ${what}`, cause };
        this.#checkWhole('step');
      }
    }
    return this.#transitions;
  }

  /**
   * Everything needed to go on from here with the same bits.
   *
   * @throws Error after a step in which an env threw.
   */
  snapshot(): SavedData {
    this.#checkWhole('snapshot');
    return {
      ...savedHeader('sync-vector-env', 1),
      name: this.#name,
      copies: this.envs.map((env) => env.snapshot()),
      observations: this.observations.slice(), // an env shows them only as it moves
    };
  }

  /** @throws Error if `saved` is no snapshot of as many copies of this env; nothing has changed then. */
  restore(saved: SavedData): void {
    const where = `SyncVectorEnv(${this.#name}).restore`;
    checkSavedHeader(where, saved, 'sync-vector-env', 1);
    checkSavedName(where, saved, this.#name);
    const copies = savedObjects(where, saved, 'copies', this.numEnvs);
    const observations = new Float32Array(this.observations.length);
    copySavedArray(where, saved, 'observations', observations);
    this.#restoreCopies(copies);
    this.observations.set(observations);
    this.#maskRows.forEach((row, i) => {
      this.#writeMask(i, row);
    });
    this.#failure = null;
  }

  #stepOne(i: number): void {
    const { actionSpace } = this;
    const transitions = this.#transitions;
    const action = readRow(actionSpace, transitions.actions, i * rowSize(actionSpace));
    const { observation, reward, terminated, truncated } = this.envs[i].step(action);
    checkFinite('the reward', reward);
    this.#writeObservation(i, observation, this.#nextObservationRows[i]);
    this.#writeMask(i, this.#nextMaskRows[i]);
    transitions.rewards[i] = reward;
    transitions.terminated[i] = terminated ? 1 : 0;
    transitions.truncated[i] = truncated && !terminated ? 1 : 0;

    if (terminated || truncated) {
      this.#writeObservation(i, this.envs[i].reset().observation, this.#observationRows[i]);
      this.#writeMask(i, this.#maskRows[i]);
    } else {
      this.#observationRows[i].set(this.#nextObservationRows[i]);
      this.#maskRows[i]?.set(this.#nextMaskRows[i]);
    }
  }

  /** Writes an observation into its row, and checks that it fills it. */
  #writeObservation(i: number, observation: ElementOf<O>, row: Float32Array): void {
    if (this.#toCheck[i] > 0) {
      const problem = mismatch(this.observationSpace, observation, 'observation');
      if (problem !== null) {
        throw new RangeError(`${this.#name}: ${problem.replace(/\.$/, ` in copy ${i}.`)}`);
      }
      this.#toCheck[i]--;
    }
    row.fill(Number.NaN); // what stays so was not written
    writeRow<Space>(this.observationSpace, observation, row);
    if (!row.some(Number.isNaN)) return;
    throw new RangeError(
      `${this.#name}: observation must have ${row.length} numbers, got ${show(observation)} in copy ${i}.`,
    );
  }

  #writeMask(i: number, row: Uint8Array | undefined): void {
    const mask = this.envs[i].actionMask();
    if (row === undefined) {
      if (mask === null || this.actionSpace.kind !== 'discrete') return;
      throw new Error(
        `${this.#name}: actionMask() must be null always or give a mask from the first episode on.`,
      );
    }
    if (mask === null) row.fill(1);
    else {
      checkLength(`${this.#name}: the action mask`, mask, row.length);
      row.set(mask);
    }
  }

  #checkWhole(call: string): void {
    if (this.#failure === null) return;
    const { message, cause } = this.#failure;
    throw new Error(
      `SyncVectorEnv(${this.#name}).${call}: ${message.replace(/\.?$/, '.')} The copies stand at different steps now. Restore a snapshot, or make a new vector.`,
      { cause },
    );
  }

  /** Restores every copy, or none. */
  #restoreCopies(copies: readonly SavedData[]): void {
    const before = this.#failure === null ? this.envs.map((env) => env.snapshot()) : [];
    let restored = 0;
    try {
      for (; restored < this.numEnvs; restored++) this.envs[restored].restore(copies[restored]);
    } catch (problem) {
      for (let i = 0; i < restored && i < before.length; i++) this.envs[i].restore(before[i]);
      throw problem;
    }
  }

  #spaces(): { observationSpace: O; actionSpace: A } {
    return { observationSpace: this.observationSpace, actionSpace: this.actionSpace };
  }
}

/** Of each copy: its first observation, and what its first step leads to. */
const CHECKED_IN_FULL = 2;

const DEFAULTS: Required<SyncVectorEnvOptions> = { numEnvs: 1, seed: 0 };
