/** A page that runs copies of worlds in workers, for `workers.test.ts` to look at. */
import { createWorkerVectorEnv } from '../../../viewer/workers/create-worker-vector-env.ts';
import { playAsync } from './play.ts';

/** What the page lets tests do. */
export interface WorkersPage {
  /** Hashes of all that was seen on the way; without `Atomics.waitAsync` where it is not wanted. */
  play(
    id: string,
    numEnvs: number,
    numWorkers: number,
    numSteps: number,
    waitAsync?: boolean,
  ): Promise<string>;
  /** The same by `step`, in a worker that has workers of its own. */
  playInWorker(id: string, numEnvs: number, numWorkers: number, numSteps: number): Promise<string>;
  /** What a world that a worker brings with it gives. */
  playOwn(numEnvs: number, numWorkers: number, numSteps: number): Promise<string>;
  /** The message of the error that this meets. */
  failure(what: 'create' | 'step' | 'missing' | 'closed'): Promise<string>;
}

const page: WorkersPage = {
  async play(id, numEnvs, numWorkers, numSteps, waitAsync = true) {
    const atomics = Atomics as { waitAsync?: unknown };
    const original = atomics.waitAsync;
    if (!waitAsync) atomics.waitAsync = undefined;
    const envs = await createWorkerVectorEnv(id, { numEnvs, numWorkers, seed: 5 });
    atomics.waitAsync = original;
    const hashes = await playAsync(envs, numSteps, (actions) => envs.stepAsync(actions));
    const saved = await envs.snapshotAsync();
    await envs.restoreAsync(saved);
    await envs.close();
    return `${hashes} ${JSON.stringify(saved)}`;
  },

  playInWorker(id, numEnvs, numWorkers, numSteps) {
    const worker = new Worker(new URL('./inner.ts', import.meta.url), { type: 'module' });
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage({ id, numEnvs, numWorkers, numSteps });
    });
  },

  async playOwn(numEnvs, numWorkers, numSteps) {
    const startWorker = () => new Worker(new URL('./own.ts', import.meta.url), { type: 'module' });
    const options = { numEnvs, numWorkers, seed: 5 };
    const envs = await createWorkerVectorEnv('Corridor-v0', options, startWorker);
    const hashes = await playAsync(envs, numSteps, (actions) => envs.stepAsync(actions));
    await envs.close();
    return hashes;
  },

  async failure(what) {
    try {
      if (what === 'missing') {
        const nowhere = () => new Worker('./nowhere.js', { type: 'module' });
        await createWorkerVectorEnv('CartPole-v1', {}, nowhere);
      }
      const id = what === 'create' ? 'CartPool-v1' : 'CartPole-v1';
      const envs = await createWorkerVectorEnv(id);
      if (what === 'closed') await envs.close();
      if (what === 'closed') await envs.stepAsync(envs.createActions());
      envs.step(envs.createActions());
    } catch (error) {
      return String(error);
    }
    return '';
  },
};

(window as unknown as { workersPage: WorkersPage }).workersPage = page;
