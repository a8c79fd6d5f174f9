import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { ownAuthorities } from './authority.ts';
import { LIVE_PROTOCOL, refuseUpgrade } from './guard.ts';
import type { LiveHub } from './live-hub.ts';
import { type Refusal, refusal, refusalBody } from './refusal.ts';

/** Longest message that a client may send; bytes. */
const MAX_PAYLOAD = 64 * 1024;
/** Viewers that may be connected at once. */
const MAX_CLIENTS = 16;

/** What decides about a live socket. */
export interface UpgradeDoor {
  readonly hub: LiveHub;
  readonly token: string;
  /** The address that the user chose to listen on, if any. */
  readonly host: string | undefined;
}

/** Answers requests to turn a connection into a live socket. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Makes the handler that lets viewers with a token in, and everybody else not. */
export function upgradeHandler({ hub, token, host }: UpgradeDoor): UpgradeHandler {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: MAX_PAYLOAD,
    perMessageDeflate: false,
    handleProtocols: () => LIVE_PROTOCOL, // never the one that holds the token
  });
  return (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    const authorities = ownAuthorities(host, request.socket.localPort ?? 0);
    const refused = refuseUpgrade(request, authorities, token) ?? refuseCrowd(hub);
    if (refused !== undefined) return refuse(socket, refused);
    sockets.handleUpgrade(request, socket, head, (webSocket) => hub.add(webSocket));
  };
}

function refuseCrowd(hub: LiveHub): Refusal | undefined {
  if (hub.size < MAX_CLIENTS) return undefined;
  return refusal(503, `At most ${MAX_CLIENTS} viewers may be connected. Close one of them.`);
}

/** A refused upgrade is answered by hand: the request has left the HTTP server by now. */
function refuse(socket: Duplex, { status, error }: Refusal): void {
  const body = refusalBody(error);
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
      'Connection: close',
      'Content-Type: application/json; charset=utf-8',
      'Cache-Control: no-store',
      'X-Content-Type-Options: nosniff',
      `Content-Length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n'),
  );
}
