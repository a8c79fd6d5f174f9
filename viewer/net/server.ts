import { servedAddress } from '../view-state/source.ts';
import { type Library, parseDemos, parseLibrary } from './library.ts';

/** The viewer's server, as far as this page knows it. */
export interface Server {
  readonly base: string;
  /** `null` where the page was opened without one: then there is no server to ask. */
  readonly token: string | null;
}

/** The headers that the server wants. */
export function authorization(server: Server): Record<string, string> {
  return server.token === null ? {} : { Authorization: `Bearer ${server.token}` };
}

/** The address of a file under the served folder. */
export function fileAddress(server: Server, path: string): string {
  return new URL(servedAddress(path), server.base).href;
}

/** What there is to watch: the server's library, else the demos beside the application. */
export async function fetchLibrary(server: Server): Promise<Library | null> {
  const { base } = server;
  if (server.token !== null) {
    const json = await fetchJson(new URL('api/library', base), authorization(server));
    if (json !== null) return parseLibrary(json);
  }
  const json = await fetchJson(new URL('demos/index.json', base), {});
  return json === null ? null : parseDemos(json);
}

/** The bytes of a run's metrics.jsonl from `offset` on; nothing where there are none. */
export async function fetchMetrics(
  server: Server,
  run: string,
  offset: number,
): Promise<Uint8Array> {
  const headers = { ...authorization(server), Range: `bytes=${offset}-` };
  try {
    const response = await fetch(fileAddress(server, `${run}/metrics.jsonl`), { headers });
    if (response.status === 206 || (response.status === 200 && offset === 0)) {
      return new Uint8Array(await response.arrayBuffer());
    }
  } catch {
    // The server has gone: the curve stays as it is.
  }
  return new Uint8Array();
}

async function fetchJson(url: URL, headers: Record<string, string>): Promise<unknown> {
  try {
    const response = await fetch(url, { headers });
    return response.ok ? await response.json() : null;
  } catch {
    return null;
  }
}
