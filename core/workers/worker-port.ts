/** A worker as the one who started it sees it: what Node and browsers each provide. */
export interface WorkerPort {
  /** Sends a message: plain data and shared memory. */
  post(message: unknown): void;

  /**
   * Sets who hears of messages and of the end, in place of whoever did before; at once where the
   * worker has ended already.
   */
  listen(listener: WorkerListener): void;

  /** Whether something is awaited of the worker, so that the program must not end meanwhile. */
  hold(awaited: boolean): void;

  /** Ends the worker, whatever it does. */
  close(): Promise<void>;
}

/** Who hears from a worker. */
export interface WorkerListener {
  onMessage(message: unknown): void;
  /** @param reason Why the worker is no more, as part of a sentence. */
  onEnd(reason: string): void;
}

/** The other end: what a worker sees of the one who started it. */
export interface WorkerScope {
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Sets what is called when the worker is about to end of itself; absent where nothing tells. */
  onExit?(listener: (reason: string) => void): void;
}
