import type { Space } from '../../core/space.ts';
import type { WorldSource } from '../../core/workers/messages.ts';
import {
  resolveWorkerOptions,
  WorkerVectorEnv,
  type WorkerVectorEnvOptions,
} from '../../core/workers/worker-vector-env.ts';
import { browserPort } from './browser-port.ts';

/**
 * Runs many copies of a world in the workers of a browser.
 *
 *     const envs = await createWorkerVectorEnv('CartPole-v1', { numEnvs: 64, numWorkers: 2, seed: 7 });
 *     const transitions = await envs.stepAsync(actions);
 *
 * In a page's main thread only `stepAsync`, `snapshotAsync` and `restoreAsync` work; in a worker all.
 *
 * @param world Id of the registry, spec, or module.
 * @param startWorker Starts a worker that runs `runCopies`, for worlds of one's own and for bundlers
 *   that do not see what is in `new Worker(new URL(…))`. Default the worker of this package.
 * @throws RangeError if there is no such world, or an option is unknown or outside its range.
 * @throws Error if memory cannot be shared here, the module cannot be loaded, or a worker ends.
 */
export async function createWorkerVectorEnv<O extends Space = Space, A extends Space = Space>(
  world: WorldSource,
  options: WorkerVectorEnvOptions = {},
  startWorker: () => Worker = startCopiesWorker,
): Promise<WorkerVectorEnv<O, A>> {
  const where = 'createWorkerVectorEnv';
  const resolved = resolveWorkerOptions(where, options, navigator.hardwareConcurrency);
  checkIsolated(where);
  const ports = Array.from({ length: resolved.numWorkers }, () => browserPort(startWorker()));
  const isPage = typeof document !== 'undefined';
  return WorkerVectorEnv.create(ports, world, resolved, !isPage);
}

/** @throws Error unless threads can share memory here. */
function checkIsolated(where: string): void {
  if (crossOriginIsolated) return;
  throw new Error(
    isSecureContext
      ? `${where}: workers can share memory only with a page that is isolated from others. Serve it with the headers "Cross-Origin-Opener-Policy: same-origin" and "Cross-Origin-Embedder-Policy: require-corp".`
      : `${where}: workers can share memory only with a page from https or localhost, got ${location.protocol}//${location.host}.`,
  );
}

function startCopiesWorker(): Worker {
  // Written so that bundlers find the file; `.js` is what it is compiled to.
  return new Worker(new URL('./copies-worker.js', import.meta.url), {
    type: 'module',
    name: 'palaestra copies',
  });
}
