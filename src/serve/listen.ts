import { createServer, type RequestListener, type Server, STATUS_CODES } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { type Bounds, Connections } from './connections.js';
import type { Dropped } from './outcome.js';

/** Where to listen; with a certificate (PEM texts) over TLS. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
  /** Bounds of connections, where they are to differ from the usual ones. */
  readonly bounds?: Bounds;
}

/** Hears of the connections of a door. */
export interface Watch {
  /** The door closed a connection by itself. */
  dropped(why: Dropped): void;
  /** So many connections are open. */
  open(count: number): void;
}

/** A server that runs. */
export interface RunningServer {
  readonly url: string;
  /** Takes no further request, lets those under way end for a few seconds, then cuts them off. */
  stop(): Promise<void>;
}

// Deliveries are small: a sender that has not finished within seconds never will, and holds a connection others need.
const LIMITS = {
  maxHeaderSize: 8_192,
  headersTimeout: 5_000,
  requestTimeout: 8_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 500,
};
/** Time from the TCP connection to the end of the TLS handshake, in ms. Node's own default is 120 s. */
const HANDSHAKE = 5_000;
/** A connection on which nothing moves for so long is closed, in ms: a caller that does not read its answers. */
const STANDSTILL = 15_000;
const BOUNDS: Bounds = { all: 1_000, perAddress: 300 };
/** Connections that may wait in the kernel. One that finds no place waits a second without the server's knowledge. */
const BACKLOG = 1_024;
const GRACE = 3_000;

/** Paths that the door looks at. Anything encoded, dotted or absolute would be rewritten on its way to a route. */
const PLAIN_TARGET = /^\/[\w/-]*(?:\?.*)?$/s;
const NOWHERE = '/nowhere';

const UNWATCHED: Watch = { dropped: () => undefined, open: () => undefined };

/** Serves an app; rejects when the place cannot be had. */
export async function listen(
  app: Hono,
  { host, port, tls, bounds = BOUNDS }: Place,
  watch: Watch = UNWATCHED,
): Promise<RunningServer> {
  const listener = getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false });
  const connections = new Connections(bounds, watch);
  const handle: RequestListener = (incoming, outgoing) => {
    connections.active(incoming.socket);
    if (!PLAIN_TARGET.test(incoming.url ?? '')) incoming.url = NOWHERE;
    // No route looks at the host. A probe that sends none (HTTP/1.0), or an odd one, must not be answered with 400.
    incoming.headers.host = 'localhost';
    void listener(incoming, outgoing);
  };
  const server: Server =
    tls === undefined
      ? createServer(LIMITS, handle)
      : createTlsServer({ ...LIMITS, ...tls, handshakeTimeout: HANDSHAKE }, handle);
  server.timeout = STANDSTILL;
  server.on('connection', (socket: Socket) => connections.admit(socket));
  // Over TLS a failed handshake is told here, too.
  server.on('clientError', (error, socket) => endInPeace(error, socket, watch));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host, backlog: BACKLOG }, resolve);
  });
  // What goes wrong with the listening socket later, such as no free file handle, ends no server.
  server.on('error', () => undefined);
  const address = server.address();
  const shown = host.includes(':') ? `[${host}]` : host;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${shown}:${typeof address === 'object' ? address?.port : port}`,
    stop: () =>
      new Promise((resolve) => {
        const cut = setTimeout(() => server.closeAllConnections(), GRACE);
        server.close(() => {
          clearTimeout(cut);
          resolve();
        });
        server.closeIdleConnections();
      }),
  };
}

// As Node does without a listener, but counted.
function endInPeace(error: Error, socket: Duplex, watch: Watch): void {
  const why = reasonOf('code' in error ? String(error.code) : '');
  if (why !== null) watch.dropped(why.dropped);
  if (why?.status !== undefined && socket.writable)
    socket.write(`HTTP/1.1 ${why.status} ${STATUS_CODES[why.status]}\r\nConnection: close\r\n\r\n`);
  socket.destroy();
}

/** What an error of a connection counts as, and the answer where the caller can read one; null: the caller went away. */
function reasonOf(code: string): { readonly dropped: Dropped; readonly status?: number } | null {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return { dropped: 'slow', status: 408 };
  if (code === 'HPE_HEADER_OVERFLOW') return { dropped: 'malformed', status: 431 };
  if (code.startsWith('HPE_')) return { dropped: 'malformed', status: 400 };
  if (code === 'ERR_TLS_HANDSHAKE_TIMEOUT') return { dropped: 'handshake' };
  return code.startsWith('ERR_SSL') ? { dropped: 'tls' } : null;
}
