import { createServer, type Server } from 'node:http';
import { checkInteger } from '../../core/check.ts';
import { ownOrigin } from './authority.ts';
import { type Bound, bind } from './bind.ts';
import { LibrarySource } from './library-source.ts';
import { LiveHub } from './live-hub.ts';
import { handleRequest, type Served } from './request-handler.ts';
import { openRoot } from './served-root.ts';
import { checkToken, newToken } from './token.ts';
import { upgradeHandler } from './upgrade-handler.ts';
import { defaultViewerFolder, openViewerFolder } from './viewer-folder.ts';

/** Connections that may be open at once, on each address. */
const MAX_CONNECTIONS = 128;
/** A connection on which nothing moves is cut after this time; ms. */
const IDLE_TIMEOUT = 120_000;
/** Limits against clients that dawdle or exaggerate: ms, ms, ms, bytes. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16 * 1024,
};

/** What the viewer's server serves, and where. */
export interface ViewerServerOptions {
  /** A folder of runs, the folder of one run, or a `.rlrec` file. */
  readonly root: string;
  /** 0 … 65535, 0 for any. Default 7860, or the next free one. */
  readonly port?: number;
  /** Address to listen on; others than the loopback let other machines in. Default 127.0.0.1 and ::1. */
  readonly host?: string;
  /** The built viewer. Default `dist/viewer` of this package. */
  readonly viewerFolder?: string;
  /** The secret in the address: 22 to 128 letters, digits, `-` or `_`. Default random, 128 bits. */
  readonly token?: string;
  /** Least time between two looks at the disk while a viewer is connected; ms, 10 … 60,000. Default 500. */
  readonly pollEvery?: number;
}

/** A running server of the viewer. */
export interface ViewerServer {
  /** What to open in a browser: `http://127.0.0.1:7860/#k=…`. Whoever has it can read the runs. */
  readonly url: string;
  readonly port: number;
  readonly token: string;
  /** Ends all connections and timers; a second call waits for the first. */
  close(): Promise<void>;
}

/**
 * Serves the viewer, and the recordings and runs under one root, to browsers on this machine.
 *
 * Nothing is written and nothing run on a request; data needs the token; requests by a foreign
 * name or from a foreign page are refused.
 *
 * @throws RangeError if an option is outside its range.
 * @throws Error if the root does not exist, the viewer is not built or the port is taken.
 */
export async function startViewerServer(options: ViewerServerOptions): Promise<ViewerServer> {
  const { port, host, pollEvery = 500 } = options;
  if (port !== undefined) checkInteger('startViewerServer: port', port, 0, 65535);
  checkInteger('startViewerServer: pollEvery', pollEvery, 10, 60_000);
  const token = checkToken('startViewerServer: token', options.token ?? newToken());
  const root = await openRoot(options.root);
  const folder = options.viewerFolder ?? defaultViewerFolder(import.meta.url);
  const viewerFolder = await openViewerFolder(folder);

  const library = new LibrarySource(root);
  const hub = new LiveHub(library, root, pollEvery);
  const served: Served = { root, library, viewerFolder, token, host };
  const bound = await bind(() => limitedServer(served, hub), host, port);
  return running(bound, hub, served);
}

function limitedServer(served: Served, hub: LiveHub): Server {
  const server = createServer(LIMITS, (request, response) => {
    void handleRequest(served, request, response);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.setTimeout(IDLE_TIMEOUT);
  server.on('upgrade', upgradeHandler({ hub, token: served.token, host: served.host }));
  return server;
}

function running({ servers, port }: Bound, hub: LiveHub, { token, host }: Served): ViewerServer {
  let closing: Promise<void> | undefined;
  const close = async (): Promise<void> => {
    hub.close();
    await Promise.all(servers.map(closeServer));
  };
  return {
    url: `${ownOrigin(host, port)}/#k=${token}`,
    port,
    token,
    close() {
      closing ??= close();
      return closing;
    },
  };
}

function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
