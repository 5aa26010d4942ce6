import { createServer, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';

/** Where to listen; with a certificate (PEM texts) over TLS. */
export interface Place {
  readonly host: string;
  readonly port: number;
  readonly tls?: { readonly cert: string; readonly key: string } | undefined;
}

/** A server that runs. */
export interface Listening {
  readonly url: string;
  /** Takes no further request, lets those under way end for a few seconds, then cuts them off. */
  stop(): Promise<void>;
}

// Deliveries are small: who has not sent one within seconds will not, and holds a connection that others need.
const LIMITS = {
  maxHeaderSize: 8_192,
  headersTimeout: 5_000,
  requestTimeout: 8_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 500,
};
const CONNECTIONS = 1_000;
const GRACE = 3_000;

/** Serves an app; rejects when the place cannot be had. */
export async function listen(app: Hono, { host, port, tls }: Place): Promise<Listening> {
  const listener = getRequestListener((request) => app.fetch(request), { overrideGlobalObjects: false });
  const handle: Parameters<typeof createServer>[1] = (incoming, outgoing) => void listener(incoming, outgoing);
  const server: Server =
    tls === undefined ? createServer(LIMITS, handle) : createTlsServer({ ...LIMITS, ...tls }, handle);
  server.maxConnections = CONNECTIONS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
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
