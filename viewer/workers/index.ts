/** Many copies of a world in the workers of a browser; without anything that draws. */

export type { DynamicsModule, WorldSource } from '../../core/workers/messages.ts';
export {
  WorkerVectorEnv,
  type WorkerVectorEnvOptions,
} from '../../core/workers/worker-vector-env.ts';
export { createWorkerVectorEnv } from './create-worker-vector-env.ts';
export { runCopies } from './run-copies.ts';
