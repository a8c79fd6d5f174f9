import type { WebSocket } from 'ws';
import type { LibrarySource } from './library-source.ts';
import { LiveClient } from './live-client.ts';
import type { ServedRoot } from './served-root.ts';

/** Looks at a slow disk or a huge folder take at most this share of the time. */
const MAX_LOAD = 0.1;
/** Time between two questions whether the clients are still there; ms. */
const PING_EVERY = 30_000;

/**
 * Tells every connected viewer what changes on disk.
 *
 * Sizes and times are polled, and only while somebody is connected: notices of the file system are
 * lost or doubled on many systems, and absent on network disks.
 */
export class LiveHub {
  readonly #library: LibrarySource;
  readonly #root: ServedRoot;
  readonly #pollEvery: number;
  readonly #clients = new Set<LiveClient>();
  #timer: NodeJS.Timeout | undefined;
  #pinged = performance.now();

  /** @param pollEvery Least time between two looks at the disk; ms. */
  constructor(library: LibrarySource, root: ServedRoot, pollEvery: number) {
    this.#library = library;
    this.#root = root;
    this.#pollEvery = pollEvery;
  }

  /** Viewers connected now. */
  get size(): number {
    return this.#clients.size;
  }

  /** Takes in a viewer, until its socket closes. */
  add(socket: WebSocket): void {
    const client = new LiveClient(socket, this.#root);
    this.#clients.add(client);
    socket.on('close', () => this.#remove(client));
    void this.#update([client]);
    if (this.#timer === undefined) this.#wait(this.#pollEvery);
  }

  /** Sends every viewer away and stops polling. */
  close(): void {
    for (const client of this.#clients) client.close(1001, 'The server is closing.');
    this.#clients.clear();
    this.#stop();
  }

  #remove(client: LiveClient): void {
    this.#clients.delete(client);
    if (this.#clients.size === 0) this.#stop();
  }

  #stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #wait(delay: number): void {
    clearTimeout(this.#timer); // one chain of polls, also when viewers come and go during one
    this.#timer = setTimeout(() => void this.#poll(), delay);
  }

  async #poll(): Promise<void> {
    const begin = performance.now();
    await this.#update([...this.#clients]);
    this.#pingSometimes();
    const took = performance.now() - begin;
    if (this.#timer !== undefined) this.#wait(Math.max(this.#pollEvery, took / MAX_LOAD));
  }

  /** A disk that fails is asked again at the next poll. */
  async #update(clients: readonly LiveClient[]): Promise<void> {
    try {
      const library = await this.#library.text();
      await Promise.all(clients.map((client) => client.update(library)));
    } catch {
      // Nothing to tell; the connection stays.
    }
  }

  #pingSometimes(): void {
    if (performance.now() - this.#pinged < PING_EVERY) return;
    this.#pinged = performance.now();
    for (const client of this.#clients) client.ping();
  }
}
