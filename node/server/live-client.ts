import type { RawData, WebSocket } from 'ws';
import { type BadMessage, type LiveMessage, parseLiveMessage } from './live-message.ts';
import { MetricsTail } from './metrics-tail.ts';
import { isRefusal } from './refusal.ts';
import { splitPath } from './safe-path.ts';
import { locate, type ServedRoot } from './served-root.ts';

/** A client with this much unsent is left alone until it has caught up; bytes. */
const MAX_BUFFERED = 1024 * 1024;
/** Runs that one client may follow; the longest-followed one goes first. */
const MAX_SUBSCRIPTIONS = 64;
/** Chunks of one run that are sent at once. */
const MAX_CHUNKS = 16;
/** How long a closing client may take; ms. */
const GOODBYE_TIME = 300;

const NOT_TEXT: BadMessage = { code: 1003, reason: 'A message must be text.' };

/** One viewer at the other end of a live socket. */
export class LiveClient {
  readonly #socket: WebSocket;
  readonly #root: ServedRoot;
  readonly #tails = new Map<string, MetricsTail>();
  #library = '';
  #busy = false;
  #answered = true;

  constructor(socket: WebSocket, root: ServedRoot) {
    this.#socket = socket;
    this.#root = root;
    socket.on('message', (data, isBinary) => this.#receive(data, isBinary));
    socket.on('pong', () => {
      this.#answered = true;
    });
    socket.on('error', () => socket.terminate()); // too large or broken: ws has said why
  }

  /** Sends what this client has not seen: the library if it differs, new lines of its runs. */
  async update(library: string): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    try {
      this.#sendLibrary(library);
      for (const [run, tail] of [...this.#tails]) await this.#sendMetrics(run, tail);
    } finally {
      this.#busy = false;
    }
  }

  /** Asks whether the client is still there, and ends it if it did not answer the last time. */
  ping(): void {
    if (this.#answered) this.#socket.ping();
    else this.#socket.terminate();
    this.#answered = false;
  }

  /** Says goodbye, and does not wait long for an answer. */
  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
    setTimeout(() => this.#socket.terminate(), GOODBYE_TIME).unref();
  }

  get #behind(): boolean {
    return (
      this.#socket.readyState !== this.#socket.OPEN || this.#socket.bufferedAmount > MAX_BUFFERED
    );
  }

  /** Versions that come while the client is behind are left out; it gets the newest later. */
  #sendLibrary(library: string): void {
    if (library === this.#library || this.#behind) return;
    this.#library = library;
    this.#socket.send(`{"type":"library","library":${library}}`);
  }

  async #sendMetrics(run: string, tail: MetricsTail): Promise<void> {
    const names = splitPath(`${run}/metrics.jsonl`);
    if (isRefusal(names)) return;
    for (let i = 0; i < MAX_CHUNKS && !this.#behind; i++) {
      const file = await locate(this.#root, names);
      const chunk = await tail.next(isRefusal(file) ? undefined : file);
      if (chunk === undefined || this.#tails.get(run) !== tail) return;
      this.#socket.send(JSON.stringify({ type: 'metrics', run, ...chunk }));
    }
  }

  #receive(data: RawData, isBinary: boolean): void {
    const message = isBinary ? NOT_TEXT : parseLiveMessage(String(data));
    if ('code' in message) this.close(message.code, message.reason);
    else this.#follow(message);
  }

  #follow(message: LiveMessage): void {
    this.#tails.delete(message.run);
    if (message.type === 'unsubscribe') return;
    this.#tails.set(message.run, new MetricsTail(message.offset));
    if (this.#tails.size > MAX_SUBSCRIPTIONS) this.#dropOldest();
    // A new subscription need not wait for the next poll, which also asks a failing disk again.
    this.update(this.#library).catch(() => undefined);
  }

  #dropOldest(): void {
    for (const run of this.#tails.keys()) return void this.#tails.delete(run);
  }
}
