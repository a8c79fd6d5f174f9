/** A signal that Ctrl+C (SIGINT) or SIGTERM aborts; a second one ends the process at once. */
export interface Interrupt {
  readonly signal: AbortSignal;
  /** Resolves when the signal has come. */
  readonly interrupted: Promise<void>;
  /** Gives the signals back to Node. */
  release(): void;
}

/** Listens for SIGINT and SIGTERM, so that what runs can save before it ends. */
export function interruptSignal(): Interrupt {
  const controller = new AbortController();
  const listen = () => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
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
