import type { Server } from 'node:http';

/** The port without a wish for another one. */
const DEFAULT_PORT = 7860;
/** How many ports are tried upwards from there. */
const TRIES = 20;
const LOOPBACK = ['127.0.0.1', '::1'];
/** What a system without the address says. */
const ABSENT = ['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL'];
/** What it says of a port that somebody else has. */
const TAKEN = ['EADDRINUSE', 'EACCES'];

/** Servers that listen on the same port of one or two addresses. */
export interface Bound {
  readonly servers: readonly Server[];
  readonly port: number;
}

/**
 * Listens on one address, or on the loopback's two (IPv4, and IPv6 where there is one): a browser
 * may take `localhost` for either, and nobody else shall answer there.
 *
 * @param port 0 for any; without one 7860, and the next free one where that is taken.
 * @throws Error if the port asked for is taken, or the address is not one of this machine.
 */
export async function bind(
  createServer: () => Server,
  host: string | undefined,
  port: number | undefined,
): Promise<Bound> {
  const hosts = host === undefined ? LOOPBACK : [host];
  const candidates = candidatePorts(port);
  for (const candidate of candidates) {
    const bound = await bindAll(createServer, hosts, candidate);
    if (bound !== undefined) return bound;
  }
  const wanted = port === undefined || port === 0 ? 'a port' : `port ${port}`;
  throw new Error(
    `startViewerServer: ${wanted} of ${hosts[0]} must be free, got one in use. Give another port, or 0 for any.`,
  );
}

function candidatePorts(port: number | undefined): readonly number[] {
  if (port === undefined) return [...Array.from({ length: TRIES }, (_, i) => DEFAULT_PORT + i), 0];
  return port === 0 ? [0, 0, 0] : [port]; // any port of IPv4 may be taken on IPv6
}

/** @returns `undefined` where the port is taken on one of the addresses. */
async function bindAll(
  createServer: () => Server,
  hosts: readonly string[],
  wanted: number,
): Promise<Bound | undefined> {
  const servers: Server[] = [];
  let port = wanted;
  for (const host of hosts) {
    const server = createServer();
    const failure = await listen(server, host, port);
    if (failure === undefined) {
      servers.push(server);
      port = boundPort(server);
    } else if (servers.length === 0 || !ABSENT.includes(failure.code ?? '')) {
      for (const open of servers) open.close();
      if (TAKEN.includes(failure.code ?? '')) return undefined;
      throw addressError(host, port, failure);
    }
  }
  return { servers, port };
}

function listen(
  server: Server,
  host: string,
  port: number,
): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    server.once('error', resolve);
    server.listen({ port, host, exclusive: true }, () => {
      server.off('error', resolve);
      resolve(undefined);
    });
  });
}

function boundPort(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

function addressError(host: string, port: number, cause: NodeJS.ErrnoException): Error {
  return new Error(
    `startViewerServer: host must be an address of this machine, got ${host} (port ${port}: ${cause.code}).`,
    { cause },
  );
}
