/** What a worker of `createWorkerVectorEnv` runs. */
import { runCopies } from './run-copies.ts';

runCopies();
