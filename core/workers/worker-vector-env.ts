import { type ActionChecker, actionChecker } from '../action-checker.ts';
import { checkInteger, checkPositive, resolveOptions } from '../check.ts';
import type { StateRow } from '../dynamics.ts';
import { checkEnvRng, type EnvRng } from '../env-rng.ts';
import type { EnvVector } from '../env-vector.ts';
import type { SavedData } from '../saved.ts';
import type { Space } from '../space.ts';
import { type ActionColumn, createActions, type Transitions } from '../transitions.ts';
import { rowsOf, type VectorColumns } from '../vector-columns.ts';
import { readVector, saveVector } from '../vector-snapshot.ts';
import type { WorldShape } from '../world-shape.ts';
import { savedFromText, savedToText } from './mailbox.ts';
import type { WorldSource } from './messages.ts';
import { openWorld, runWorld } from './open-workers.ts';
import { COMMAND, copiesOf, createSharedMemory, type SharedPlan } from './shared-memory.ts';
import type { WorkerPort } from './worker-port.ts';
import { WorkerTeam } from './worker-team.ts';

/** How to run many copies of a world in workers. */
export interface WorkerVectorEnvOptions {
  /** Copies, at least 1. Default 1. */
  readonly numEnvs?: number;
  /** Workers, from 1 to `numEnvs`. Default one for each core, and no more than copies. */
  readonly numWorkers?: number;
  /** An integer of at least 0. Default 0. */
  readonly seed?: number;
  /** Copy i draws from stream `<stream>/<i>` of the seed. Default `env`. */
  readonly stream?: string;
  /** What to draw from, as in `VectorEnv`. Default `alea`. */
  readonly rng?: EnvRng;
  /**
   * Milliseconds after which a worker that gives no answer to a step counts as dead, above 0;
   * `Infinity` waits for ever. Default 60 000.
   */
  readonly timeout?: number;
}

/**
 * Lays the given options over the defaults.
 *
 * @param cores Workers that can run at once here.
 * @throws RangeError if an option is outside its range or unknown.
 */
export function resolveWorkerOptions(
  where: string,
  options: WorkerVectorEnvOptions,
  cores: number,
): Required<WorkerVectorEnvOptions> {
  const resolved = resolveOptions<WorkerVectorEnvOptions>(
    where,
    { numEnvs: 1, numWorkers: 0, seed: 0, stream: 'env', rng: 'alea', timeout: 60_000 },
    options,
  );
  const { numEnvs, seed, rng, timeout } = resolved;
  checkInteger(`${where}: numEnvs`, numEnvs, 1);
  const numWorkers = options.numWorkers ?? Math.max(1, Math.min(numEnvs, cores));
  checkInteger(`${where}: numWorkers, at most one per copy,`, numWorkers, 1, numEnvs);
  checkInteger(`${where}: seed`, seed, 0);
  checkEnvRng(`${where}: rng`, rng);
  if (timeout !== Infinity) checkPositive(`${where}: timeout`, timeout);
  return { ...resolved, numWorkers };
}

/**
 * Runs many copies of a world at once, spread over worker threads.
 *
 * Each worker runs a `VectorEnv` of neighboring copies and writes into memory that all share. Copy
 * i draws from stream i whoever runs it, so that every number is the same, bit for bit, as in one
 * `VectorEnv` of all copies, whatever the number of workers.
 *
 *     const envs = await createWorkerVectorEnv('CartPole-v1', { numEnvs: 256, numWorkers: 4 });
 *     const actions = envs.createActions();
 *     for (let t = 0; t < 1000; t++) {
 *       agent.act(envs.observations, actions, envs.actionMasks);
 *       agent.learn(envs.step(actions));
 *     }
 *     await envs.close();
 *
 * `step` sleeps until the workers are done; a page's main thread must not, and has `stepAsync`.
 * Arrays are views of a `SharedArrayBuffer`, which some interfaces of browsers refuse: `slice` copies.
 *
 * After an error in a worker, or its death, every call throws that error. A worker that dies without
 * a word while this thread sleeps can only be seen by its silence: see `timeout`.
 */
export class WorkerVectorEnv<O extends Space = Space, A extends Space = Space>
  implements EnvVector<O, A>
{
  readonly name: string;
  readonly observationSpace: O;
  readonly actionSpace: A;
  readonly numEnvs: number;
  readonly numWorkers: number;

  /** What each copy shows now, `[numEnvs × observationSize]`; overwritten by every step. */
  readonly observations: Float32Array;

  /** Legal actions of each copy now, `[numEnvs × numActions]`; absent where all always are. */
  readonly actionMasks: Uint8Array | undefined;

  /** Current state of each copy, for those who record or draw: read only. */
  readonly states: readonly StateRow[];

  /** State in which the last episode of each copy ended, zeros before the first end: read only. */
  readonly finalStates: readonly StateRow[];

  readonly #team: WorkerTeam;
  readonly #plan: SharedPlan;
  readonly #columns: VectorColumns;
  readonly #checkActions: ActionChecker;

  private constructor(team: WorkerTeam, plan: SharedPlan) {
    const { columns } = team.memory;
    const { shape, numEnvs, numWorkers } = plan;
    this.name = shape.name;
    this.observationSpace = shape.observationSpace as O;
    this.actionSpace = shape.actionSpace as A;
    this.numEnvs = numEnvs;
    this.numWorkers = numWorkers;
    this.observations = columns.observations;
    this.actionMasks = columns.actionMasks;
    this.states = rowsOf(columns.states, numEnvs);
    this.finalStates = rowsOf(columns.finalStates, numEnvs);
    this.#team = team;
    this.#plan = plan;
    this.#columns = columns;
    this.#checkActions = actionChecker('WorkerVectorEnv.step', shape, numEnvs);
  }

  /**
   * Begins the first episode of every copy in workers that have been started.
   *
   * `palaestra/node` and `palaestra/viewer/workers` have functions that start them too.
   *
   * @param ports A worker each, as many as `numWorkers`; closed if it fails.
   * @param options All of them: see `resolveWorkerOptions`.
   * @param canBlock Whether this thread may sleep.
   * @throws RangeError if there is no such world, as `makeDynamics` does.
   * @throws Error if a worker ends, or the world cannot be opened or begun.
   */
  static async create<O extends Space = Space, A extends Space = Space>(
    ports: readonly WorkerPort[],
    world: WorldSource,
    options: Required<WorkerVectorEnvOptions>,
    canBlock: boolean,
  ): Promise<WorkerVectorEnv<O, A>> {
    const { numEnvs, numWorkers, seed, stream, rng, timeout } = options;
    checkInteger('WorkerVectorEnv.create: number of ports', ports.length, numWorkers, numWorkers);
    try {
      const shape: WorldShape = await openWorld(ports, world, rng);
      const plan = { shape, numEnvs, numWorkers };
      const buffer = createSharedMemory(plan);
      await runWorld(ports, { buffer, plan, seed, stream, rng });
      const team = new WorkerTeam(ports, buffer, plan, { canBlock, timeout });
      const envs = new WorkerVectorEnv<O, A>(team, plan);
      abandoned.register(envs, team, team);
      return envs;
    } catch (error) {
      await Promise.all(ports.map((port) => port.close()));
      throw error;
    }
  }

  createActions(): ActionColumn {
    return createActions(this.actionSpace, this.numEnvs);
  }

  /** @throws Error also where this thread must not wait, and where a worker has failed. */
  step(actions: ActionColumn): Transitions {
    this.#team.checkBlocking('WorkerVectorEnv.step');
    this.#prepare('WorkerVectorEnv.step', actions);
    this.#team.carryOut(COMMAND.step);
    return this.#columns.transitions;
  }

  /**
   * Does what `step` does without blocking the thread.
   *
   * Nothing else can be done with this vector until it has resolved; its arrays hold half a step
   * meanwhile.
   */
  async stepAsync(actions: ActionColumn): Promise<Transitions> {
    this.#prepare('WorkerVectorEnv.stepAsync', actions);
    await this.#team.carryOutAllAsync('WorkerVectorEnv.stepAsync', [COMMAND.step].values());
    return this.#columns.transitions;
  }

  /** Steps that the current episode of copy `i` has taken. */
  elapsed(i: number): number {
    return this.#columns.elapsed[i];
  }

  /** The same saved data as of a `VectorEnv` of as many copies: either restores the other's. */
  snapshot(): SavedData {
    this.#team.checkBlocking('WorkerVectorEnv.snapshot');
    this.#team.check('WorkerVectorEnv.snapshot');
    return this.#saved(this.#team.carryOutAll(this.#team.collect()));
  }

  /** Does what `snapshot` does without blocking the thread. */
  async snapshotAsync(): Promise<SavedData> {
    const where = 'WorkerVectorEnv.snapshotAsync';
    this.#team.check(where);
    return this.#saved(await this.#team.carryOutAllAsync(where, this.#team.collect()));
  }

  restore(saved: SavedData): void {
    this.#team.checkBlocking('WorkerVectorEnv.restore');
    this.#team.carryOutAll(this.#restoring('restore', saved));
  }

  /** Does what `restore` does without blocking the thread. */
  async restoreAsync(saved: SavedData): Promise<void> {
    const commands = this.#restoring('restoreAsync', saved);
    await this.#team.carryOutAllAsync('WorkerVectorEnv.restoreAsync', commands);
  }

  /** Ends the workers. Nothing else can be done with this vector then; its arrays stay as they are. */
  async close(): Promise<void> {
    abandoned.unregister(this.#team);
    await this.#team.close();
  }

  #prepare(where: string, actions: ActionColumn): void {
    this.#team.check(where);
    this.#checkActions(actions, this.actionMasks);
    this.#columns.transitions.actions.set(actions);
  }

  #saved(texts: readonly string[]): SavedData {
    const rngs = texts.flatMap(savedFromText);
    return saveVector(this.name, this.states, rngs, this.#columns.elapsed);
  }

  /** The commands to give, one after the other; nothing has changed before the first. */
  #restoring(method: string, saved: SavedData): Generator<number, void> {
    this.#team.check(`WorkerVectorEnv.${method}`);
    const where = `WorkerVectorEnv(${this.name}).${method}`;
    const { states, rngs, elapsed } = readVector(where, saved, this.#plan.shape, this.numEnvs);
    this.#columns.elapsed.set(elapsed);
    states.forEach((state, i) => {
      this.states[i].set(state);
    });
    const texts = Array.from({ length: this.numWorkers }, (_, worker) => {
      const { first, count } = copiesOf(this.#plan, worker);
      return savedToText(rngs.slice(first, first + count).map((rng) => rng.snapshot()));
    });
    return this.#team.distribute(texts);
  }
}

/** Ends the workers of vectors that nobody holds any more and nobody has closed. */
const abandoned = new FinalizationRegistry<WorkerTeam>((team) => {
  void team.close();
});
