import { serveCopies } from '../../envs/serve-copies.ts';

/**
 * Serves copies of worlds in the worker that calls it, once and as it begins.
 *
 * For a worker of one's own that brings worlds with it:
 *
 *     registerEnv(myWorld);
 *     runCopies();
 */
export function runCopies(): void {
  serveCopies({
    post: (message) => self.postMessage(message),
    onMessage: (listener) => self.addEventListener('message', ({ data }) => listener(data)),
  });
}
