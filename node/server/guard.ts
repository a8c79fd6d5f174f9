import type { IncomingMessage } from 'node:http';
import { show } from '../../core/check.ts';
import { type Refusal, refusal } from './refusal.ts';
import { bearerToken, sameToken } from './token.ts';

/** The subprotocol of the live socket; the token travels beside it as `token.<token>`. */
export const LIVE_PROTOCOL = 'palaestra.v1';

/**
 * What every request must fulfil: our own Host, our own Origin where there is one, a verb that
 * only reads.
 *
 * @param authorities Our own `host:port`, in lower case.
 */
export function refuseRequest(
  request: IncomingMessage,
  authorities: ReadonlySet<string>,
): Refusal | undefined {
  return (
    refuseHost(request, authorities) ??
    (request.headers.origin === undefined ? undefined : refuseOrigin(request)) ??
    refuseMethod(request)
  );
}

/** What a request for data must fulfil beyond that: the token, as `Authorization: Bearer …`. */
export function refuseToken(request: IncomingMessage, token: string): Refusal | undefined {
  const given = bearerToken(request.headers.authorization);
  if (given !== undefined && sameToken(given, token)) return undefined;
  return refusal(401, 'The token is missing or wrong. Open the address that the server printed.');
}

/** What the request for a live socket must fulfil; browsers always send its Origin, so it must. */
export function refuseUpgrade(
  request: IncomingMessage,
  authorities: ReadonlySet<string>,
  token: string,
): Refusal | undefined {
  return (
    refuseHost(request, authorities) ??
    refuseOrigin(request) ??
    refuseMethod(request) ??
    refusePath(request) ??
    refuseProtocols(request, token)
  );
}

function refuseHost(
  request: IncomingMessage,
  authorities: ReadonlySet<string>,
): Refusal | undefined {
  const hosts = request.headersDistinct.host ?? [];
  if (hosts.length === 1 && authorities.has(hosts[0].toLowerCase())) return undefined;
  const got = hosts.map(show).join(', ') || 'none';
  return refusal(
    421,
    `Host must be ${[...authorities].slice(0, 3).join(' or ')}, got ${got}. Open the address that the server printed.`,
  );
}

function refuseOrigin({ headers }: IncomingMessage): Refusal | undefined {
  const own = `http://${headers.host}`.toLowerCase();
  if (headers.origin?.toLowerCase() === own) return undefined;
  return refusal(403, `Origin must be ${own}, got ${show(headers.origin ?? 'none')}.`);
}

function refuseMethod({ method }: IncomingMessage): Refusal | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined;
  return refusal(405, `Method must be GET or HEAD, got ${show(method)}.`);
}

function refusePath({ url }: IncomingMessage): Refusal | undefined {
  if (url === '/api/live') return undefined;
  return refusal(404, 'There is no socket here. Use /api/live.');
}

function refuseProtocols({ headers }: IncomingMessage, token: string): Refusal | undefined {
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const given = offered.find((name) => name.startsWith('token.'))?.slice('token.'.length);
  if (given === undefined || !sameToken(given, token)) {
    return refusal(401, 'The token is missing or wrong. Open the address that the server printed.');
  }
  if (offered.includes(LIVE_PROTOCOL)) return undefined;
  return refusal(400, `The subprotocols must include ${LIVE_PROTOCOL}.`);
}
