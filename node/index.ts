export { allowRelaxedSimd } from './relaxed-simd.ts';
export { type NewestCheckpoint, RunFolder } from './run-folder.ts';
export { acquireRunLock } from './run-lock.ts';
export {
  startViewerServer,
  type ViewerServer,
  type ViewerServerOptions,
} from './server/viewer-server.ts';
export { type TrainRunOptions, type TrainRunResult, trainRun } from './train-run.ts';
export { allowWideSimd } from './wide-simd.ts';
export { createWorkerVectorEnv } from './workers/create-worker-vector-env.ts';
