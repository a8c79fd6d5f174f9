/** Steps copies in workers, waiting for each step, and then just stops. */
import { createWorkerVectorEnv } from '../../node/workers/create-worker-vector-env.ts';
import { WORLDS } from './worker-worlds.ts';

const world = { module: WORLDS, export: 'slow', options: { milliseconds: 50 } };
const envs = await createWorkerVectorEnv(world, { numEnvs: 3, numWorkers: 2 });
for (let t = 0; t < 10; t++) await envs.stepAsync(envs.createActions().fill(1));
console.log('stepped');
