/**
 * A signal that is aborted by Ctrl+C (SIGINT), SIGTERM, the end of the terminal (SIGHUP), and by a write
 * to standard output or error that fails because its reader is gone. A later second signal of the
 * system's ends the process at once.
 */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Resolves when the signal has come. */
  readonly interrupted: Promise<void>;
  /** Gives the signals back to Node. */
  release(): void;
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How soon a second signal is the first one again: pressed twice, or passed on by npx too; ms. */
const SAME = 500;

/** What to say where a training saves before it ends. */
export const SAVING = 'Saving… Ctrl+C again quits without.';

/**
 * Listens for what may end the process, so that what runs can save first.
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
  const stop = () => controller.abort();
  for (const signal of SIGNALS) process.on(signal, listen);
  for (const output of outputs()) output.on('error', stop);
  return {
    signal: controller.signal,
    interrupted,
    release() {
      for (const signal of SIGNALS) process.off(signal, listen);
      for (const output of outputs()) output.off('error', stop);
    },
  };
}

/** Standard output and error, whose errors end the process no more: one may come after the release. */
function outputs(): readonly NodeJS.WriteStream[] {
  const both = [process.stdout, process.stderr];
  for (const output of both) {
    if (!output.listeners('error').includes(ignore)) output.on('error', ignore);
  }
  return both;
}

function ignore(): void {}

/** A terminal may show a line of progress, which goes on after this one. */
function sayOnOwnLine(text: string): void {
  process.stderr.write(`${process.stderr.isTTY ? '\r\u001b[2K' : ''}${text}\n`);
}
