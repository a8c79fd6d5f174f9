import { type Library, parseLibrary } from './library.ts';

/** What the server tells without being asked. */
export type LiveMessage =
  | { readonly type: 'library'; readonly library: Library }
  | {
      readonly type: 'metrics';
      readonly run: string;
      readonly offset: number;
      readonly lines: readonly unknown[];
    };

/** A connection that comes back by itself. */
export interface LiveConnection {
  /** Asks for the lines that a run's metrics gain beyond `offset` bytes; the last call counts. */
  subscribe(run: string, offset: number): void;
  close(): void;
}

/** Who hears of it. */
export interface LiveListener {
  message(message: LiveMessage): void;
  connected(connected: boolean): void;
}

/** Milliseconds before attempt number `attempt` (from 0) to connect again: 0.5 s, doubling to 15 s. */
export function retryDelay(attempt: number): number {
  return Math.min(15_000, 500 * 2 ** Math.min(attempt, 10));
}

/** A message of the server; `null` for what this version does not know. */
export function parseMessage(text: unknown): LiveMessage | null {
  if (typeof text !== 'string') return null;
  try {
    const { type, library, run, offset, lines } = JSON.parse(text);
    if (type === 'library') return { type, library: parseLibrary(library) };
    const fits = typeof run === 'string' && typeof offset === 'number' && Array.isArray(lines);
    return type === 'metrics' && fits ? { type, run, offset, lines } : null;
  } catch {
    return null;
  }
}

/**
 * Connects to `/api/live`, and again whenever the connection ends, until it is closed.
 *
 * @param base Address of the application.
 */
export function connectLive(base: string, token: string, listener: LiveListener): LiveConnection {
  const address = new URL('api/live', base);
  address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let attempt = 0;
  let subscription: string | null = null;

  const open = () => {
    socket = new WebSocket(address, ['palaestra.v1', `token.${token}`]);
    socket.onopen = () => {
      attempt = 0;
      listener.connected(true);
      if (subscription) socket?.send(subscription);
    };
    socket.onmessage = ({ data }) => {
      const message = parseMessage(data);
      if (message) listener.message(message);
    };
    socket.onclose = () => {
      listener.connected(false);
      timer = setTimeout(open, retryDelay(attempt++));
    };
  };
  open();

  return {
    subscribe(run, offset) {
      subscription = JSON.stringify({ type: 'subscribe', run, offset });
      if (socket?.readyState === WebSocket.OPEN) socket.send(subscription);
    },
    close() {
      clearTimeout(timer);
      if (socket) socket.onclose = null;
      socket?.close();
    },
  };
}
