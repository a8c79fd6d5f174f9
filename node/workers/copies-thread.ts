/** What a worker thread of `startWorkerThread` runs. */
import { parentPort } from 'node:worker_threads';
import { serveCopies } from '../../envs/serve-copies.ts';

if (parentPort === null) {
  throw new Error('copies-thread must run in a worker thread. Use createWorkerVectorEnv.');
}
const port = parentPort;

serveCopies({
  post: (message) => port.postMessage(message),
  onMessage: (listener) => port.on('message', listener),
  onExit: (listener) => process.on('exit', (code) => listener(`it has exited with code ${code}.`)),
});
