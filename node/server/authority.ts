import { hostname, networkInterfaces } from 'node:os';

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]'];
const WILDCARDS = ['0.0.0.0', '::'];

/**
 * The `host:port` under which this server may be asked for; a browser that was led here by a
 * foreign name (DNS rebinding) asks for another one.
 *
 * @param host The address that the user chose to listen on; without it, the loopback only.
 */
export function ownAuthorities(host: string | undefined, port: number): ReadonlySet<string> {
  const authorities = ownNames(host).map((name) => `${name.toLowerCase()}:${port}`);
  if (port === 80) authorities.push(...ownNames(host)); // browsers leave the usual port out
  return new Set(authorities);
}

/** The address for a person to open: `http://host:port`. */
export function ownOrigin(host: string | undefined, port: number): string {
  const reachable = host === undefined || WILDCARDS.includes(host) ? '127.0.0.1' : host;
  return `http://${bracketed(reachable)}:${port}`;
}

function ownNames(host: string | undefined): string[] {
  if (host === undefined) return LOOPBACK;
  if (!WILDCARDS.includes(host)) return isLoopback(host) ? LOOPBACK : [bracketed(host)];
  const addresses = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return [...LOOPBACK, hostname(), ...addresses.map(({ address }) => bracketed(address))];
}

function isLoopback(host: string): boolean {
  return LOOPBACK.includes(bracketed(host).toLowerCase());
}

/** IPv6 addresses stand in brackets in a URL; one with a zone (`%eth0`) cannot be opened there. */
function bracketed(host: string): string {
  return host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
}
