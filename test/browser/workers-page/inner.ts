/** A worker that has workers of its own, and may sleep until they are done. */
import { createWorkerVectorEnv } from '../../../viewer/workers/create-worker-vector-env.ts';
import { playAsync } from './play.ts';

self.onmessage = async ({ data: { id, numEnvs, numWorkers, numSteps } }) => {
  const envs = await createWorkerVectorEnv(id, { numEnvs, numWorkers, seed: 5 });
  const hashes = await playAsync(envs, numSteps, (actions) => envs.step(actions));
  self.postMessage(`${hashes} ${JSON.stringify(envs.snapshot())}`);
};
