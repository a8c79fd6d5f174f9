import { availableParallelism } from 'node:os';
import type { Space } from '../../core/space.ts';
import type { WorldSource } from '../../core/workers/messages.ts';
import {
  resolveWorkerOptions,
  WorkerVectorEnv,
  type WorkerVectorEnvOptions,
} from '../../core/workers/worker-vector-env.ts';
import type { EnvTypes } from '../../envs/registry.ts';
import { startWorkerThread } from './worker-thread.ts';

/**
 * Runs many copies of a world in worker threads.
 *
 *     const envs = await createWorkerVectorEnv('CartPole-v1', { numEnvs: 64, numWorkers: 2, seed: 7 });
 *
 * A world of one's own is named by its module, which every worker loads:
 *
 *     const module = new URL('./my-world.ts', import.meta.url).href;
 *     await createWorkerVectorEnv({ module, export: 'myWorld' }, { numEnvs: 64 });
 *
 * @param world Id of the registry, spec, or module.
 * @throws RangeError if there is no such world, or an option is unknown or outside its range.
 * @throws Error if the module cannot be loaded, or a worker ends.
 */
export function createWorkerVectorEnv<Id extends keyof EnvTypes>(
  world: Id,
  options?: WorkerVectorEnvOptions,
): Promise<WorkerVectorEnv<EnvTypes[Id][0], EnvTypes[Id][1]>>;
export function createWorkerVectorEnv<O extends Space = Space, A extends Space = Space>(
  world: WorldSource,
  options?: WorkerVectorEnvOptions,
): Promise<WorkerVectorEnv<O, A>>;
export async function createWorkerVectorEnv(
  world: WorldSource,
  options: WorkerVectorEnvOptions = {},
): Promise<WorkerVectorEnv> {
  const resolved = resolveWorkerOptions('createWorkerVectorEnv', options, availableParallelism());
  const ports = Array.from({ length: resolved.numWorkers }, startWorkerThread);
  return WorkerVectorEnv.create(ports, world, resolved, true);
}
