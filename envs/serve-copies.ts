import { show } from '../core/check.ts';
import type { Dynamics } from '../core/dynamics.ts';
import type { EnvRng } from '../core/env-rng.ts';
import { checkColumns } from '../core/transitions.ts';
import { sliceColumns } from '../core/vector-columns.ts';
import { VectorEnv } from '../core/vector-env.ts';
import { Follower } from '../core/workers/follow-commands.ts';
import {
  type DynamicsModule,
  failureOf,
  type Reply,
  type Request,
  type WorldSource,
} from '../core/workers/messages.ts';
import { copiesOf, openSharedMemory } from '../core/workers/shared-memory.ts';
import type { WorkerScope } from '../core/workers/worker-port.ts';
import { shapeOf } from '../core/world-shape.ts';
import { makeDynamics } from './registry.ts';

/**
 * What runs in a worker of a `WorkerVectorEnv`: it opens a world, then runs its share of the copies.
 *
 * While the copies run the thread listens to shared memory alone. When it has been let go it can
 * open another world.
 */
export function serveCopies(scope: WorkerScope): void {
  const worker = new CopyServer(scope);
  scope.onMessage((message) => void worker.answer(message as Request));
  scope.onExit?.((reason) => worker.exit(reason));
}

class CopyServer {
  readonly #scope: WorkerScope;
  #dynamics: Dynamics | null = null;
  #follower: Follower | null = null;

  constructor(scope: WorkerScope) {
    this.#scope = scope;
  }

  async answer(request: Request): Promise<void> {
    try {
      if (request.kind === 'open') await this.#open(request.world, request.rng);
      else this.#run(request);
    } catch (error) {
      this.#post({ kind: 'failed', failure: failureOf(error) });
    }
  }

  /** Last words, to a thread that sleeps until they come. */
  exit(reason: string): void {
    this.#follower?.fail(failureOf(reason));
  }

  async #open(world: WorldSource, rng: EnvRng): Promise<void> {
    const dynamics = await loadDynamics(world, rng);
    checkColumns('WorkerVectorEnv', dynamics);
    this.#dynamics = dynamics;
    this.#post({ kind: 'opened', shape: shapeOf(dynamics) });
  }

  #run({ buffer, plan, worker, seed, stream, rng }: Extract<Request, { kind: 'run' }>): void {
    const { first, count } = copiesOf(plan, worker);
    const whole = openSharedMemory(buffer, plan);
    const columns = sliceColumns(whole.columns, plan.numEnvs, first, count);
    const options = { numEnvs: count, firstCopy: first, seed, stream, rng };
    const envs = new VectorEnv(this.#dynamics as Dynamics, options, columns);
    const sayDone = () => this.#post({ kind: 'done' });
    this.#follower = new Follower({ ...whole, columns }, worker, envs, sayDone);
    this.#post({ kind: 'running' });
    this.#follower.follow();
    this.#follower = null;
  }

  #post(reply: Reply): void {
    this.#scope.post(reply);
  }
}

/**
 * The rules of a world, from the registry or from a module.
 *
 * @throws RangeError if there is no such world.
 * @throws Error if the module cannot be loaded, or does not export a function that returns rules.
 */
async function loadDynamics(world: WorldSource, rng: EnvRng): Promise<Dynamics> {
  if (typeof world === 'string' || !('module' in world)) return makeDynamics(world, { rng });
  const { module, export: name, options = {} }: DynamicsModule = world;
  const exports: Record<string, unknown> = await import(/* @vite-ignore */ module);
  const create = exports[name];
  if (typeof create !== 'function') {
    const known = Object.keys(exports).join(', ') || 'nothing';
    throw new Error(
      `WorkerVectorEnv: ${module} must export a function ${show(name)}, got ${show(create)}. It exports ${known}.`,
    );
  }
  const dynamics: Dynamics = create(options);
  if (typeof dynamics?.step === 'function' && typeof dynamics.reset === 'function') return dynamics;
  throw new Error(
    `WorkerVectorEnv: ${show(name)} of ${module} must return Dynamics, got ${show(dynamics)}.`,
  );
}
