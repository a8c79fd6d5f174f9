import { Worker } from 'node:worker_threads';
import type { WorkerListener, WorkerPort } from '../../core/workers/worker-port.ts';

/**
 * Starts a worker thread that runs copies of worlds.
 *
 * It keeps the program alive only while something is awaited of it.
 */
export function startWorkerThread(): WorkerPort {
  const worker = new Worker(entryUrl(), { name: 'palaestra copies' });
  worker.unref();

  let listener: WorkerListener = { onMessage: () => {}, onEnd: () => {} };
  let ended: string | null = null;
  const end = (reason: string) => {
    ended ??= reason;
    listener.onEnd(ended);
  };
  worker.on('message', (message) => listener.onMessage(message));
  worker.on('error', (error) => end(error.message));
  worker.on('exit', (code) => end(`it has exited with code ${code}.`));
  return {
    post: (message) => worker.postMessage(message),
    listen(next) {
      listener = next;
      if (ended !== null) listener.onEnd(ended);
    },
    hold(awaited) {
      if (awaited) worker.ref();
      else worker.unref();
    },
    async close() {
      await worker.terminate();
    },
  };
}

/** What the thread begins with: compiled, or TypeScript, which Node reads from 22.18 on itself. */
function entryUrl(): URL {
  const isSource = import.meta.url.endsWith('.ts');
  const entry = new URL(`./copies-thread.${isSource ? 'ts' : 'js'}`, import.meta.url);
  const { features } = process as { features: { typescript?: unknown } };
  return isSource && !features.typescript ? throughTsx(entry) : entry;
}

/** A module that has tsx read TypeScript, which it does in threads only when told, then the entry. */
function throughTsx(entry: URL): URL {
  const [tsx, module] = [import.meta.resolve('tsx/esm/api'), entry.href].map((address) =>
    JSON.stringify(address),
  );
  const code = `import { register } from ${tsx}; register(); await import(${module});`;
  return new URL(`data:text/javascript,${encodeURIComponent(code)}`);
}
