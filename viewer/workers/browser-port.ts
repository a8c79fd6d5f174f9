import type { WorkerListener, WorkerPort } from '../../core/workers/worker-port.ts';

/**
 * A browser's worker that runs copies of worlds, as the vector of copies talks to it.
 *
 * @param worker It must run `runCopies`, and have been started just now.
 */
export function browserPort(worker: Worker): WorkerPort {
  let listener: WorkerListener = { onMessage: () => {}, onEnd: () => {} };
  let ended: string | null = null;
  const end = (reason: string) => {
    ended ??= reason;
    listener.onEnd(ended);
  };
  worker.onmessage = ({ data }) => listener.onMessage(data);
  worker.onmessageerror = () => end('a message to this page could not be read.');
  worker.onerror = (event) => {
    end(event.message || 'its script could not be loaded. The policy of the page may forbid it.');
  };
  return {
    post: (message) => worker.postMessage(message),
    listen(next) {
      listener = next;
      if (ended !== null) listener.onEnd(ended);
    },
    hold() {}, // a page stays as long as somebody looks at it
    async close() {
      worker.terminate();
      end('it has been closed.');
    },
  };
}
