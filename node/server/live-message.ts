import { isRefusal } from './refusal.ts';
import { splitPath } from './safe-path.ts';

/** What a client may say: follow a run's metrics from a byte offset, or stop following them. */
export type LiveMessage =
  | { readonly type: 'subscribe'; readonly run: string; readonly offset: number }
  | { readonly type: 'unsubscribe'; readonly run: string };

/** Why a message ends the connection: a WebSocket close code and a reason. */
export interface BadMessage {
  readonly code: number;
  readonly reason: string;
}

/** The message in a text frame, or why it is none. */
export function parseLiveMessage(data: string): LiveMessage | BadMessage {
  const value = parseObject(data);
  if (value === undefined) return { code: 1007, reason: 'A message must be a JSON object.' };
  const { type, run, offset } = value;
  if (type !== 'subscribe' && type !== 'unsubscribe') {
    return { code: 1008, reason: 'type must be "subscribe" or "unsubscribe".' };
  }
  if (typeof run !== 'string' || isRefusal(splitPath(run))) {
    return { code: 1008, reason: 'run must be the path of a run in the library.' };
  }
  if (type === 'unsubscribe') return { type, run };
  if (typeof offset !== 'number' || !Number.isSafeInteger(offset) || offset < 0) {
    return { code: 1008, reason: 'offset must be an integer of at least 0.' };
  }
  return { type, run, offset };
}

function parseObject(data: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(data);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
