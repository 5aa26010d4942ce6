import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A server on loopback that a test stops when it is done. */
export interface Proxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** Which calls are refused: those of a method, after so many. */
export interface Refused {
  readonly method: 'GET' | 'POST';
  readonly after: number;
}

/** Hands requests on to `url`; from the third GET on, unless told otherwise, it gives `body` instead, under status 200. */
export async function startRefusingProxy(
  url: string,
  body: unknown,
  { method, after }: Refused = { method: 'GET', after: 2 },
): Promise<Proxy> {
  let calls = 0;
  const answer = async (incoming: IncomingMessage): Promise<string> => {
    if (incoming.method === method) calls += 1;
    return calls > after ? JSON.stringify(body) : forward(incoming, url);
  };
  const server = createServer(async (incoming, outgoing) => {
    const content = await answer(incoming);
    outgoing.writeHead(200, { 'content-type': 'application/json' }).end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}

async function forward(incoming: IncomingMessage, url: string): Promise<string> {
  const { method = 'GET', headers } = incoming;
  const names = ['authorization', 'content-type'] as const;
  const kept = names.flatMap((name): [string, string][] =>
    headers[name] === undefined ? [] : [[name, headers[name]]],
  );
  const body = method === 'GET' ? null : await text(incoming);
  const response = await fetch(`${url}${incoming.url}`, { method, headers: kept, body });
  return response.text();
}
