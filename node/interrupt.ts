/** A signal that Ctrl+C (SIGINT) or SIGTERM aborts; a later second one ends the process at once. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Resolves when the signal has come. */
  readonly interrupted: Promise<void>;
  /** Gives the signals back to Node. */
  release(): void;
}

/** How soon a second signal is the first one again: pressed twice, or passed on by npx too; ms. */
const SAME = 500;

/** What to say where a training saves before it ends. */
export const SAVING = 'Saving… Ctrl+C again quits without.';

/**
 * Listens for SIGINT and SIGTERM, so that what runs can save before it ends.
 *
 * @param notice Said on standard error at the first signal. Default: nothing is said.
 */
export function interruptSignal(notice?: string): Interrupt {
  const controller = new AbortController();
  let answered = false;
  const listen = () => {
    if (answered) process.exit(130);
    if (controller.signal.aborted) return;
    controller.abort();
    if (notice !== undefined) sayOnOwnLine(notice);
    setTimeout(() => {
      answered = true;
    }, SAME).unref();
  };
  const interrupted = new Promise<void>((resolve) => {
    controller.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  process.on('SIGINT', listen);
  process.on('SIGTERM', listen);
  return {
    signal: controller.signal,
    interrupted,
    release() {
      process.off('SIGINT', listen);
      process.off('SIGTERM', listen);
    },
  };
}

/** A terminal may show a line of progress, which goes on after this one. */
function sayOnOwnLine(text: string): void {
  process.stderr.write(`${process.stderr.isTTY ? '\r\u001b[2K' : ''}${text}\n`);
}
