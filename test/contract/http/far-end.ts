import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { createHttpClient } from '../../../src/http/axios-client.js';
import type { HttpClient, HttpClientOptions } from '../../../src/http/client.js';
import type { LogFacts } from '../../../src/http/log.js';
import type { AdapterWorld } from '../../../src/http/world.js';

/** A request as it came over the wire. */
interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers the request that came as the given one, counting from 1. */
export type Answering = (response: ServerResponse, received: Received, number: number) => void;

export interface FarEnd {
  readonly url: string;
  readonly received: readonly Received[];
  readonly connections: () => number;
  stop(): Promise<void>;
}

/** A server on loopback that answers as the test says. */
export async function startFarEnd(answer: Answering): Promise<FarEnd> {
  const received: Received[] = [];
  let connections = 0;
  const listener: RequestListener = async (request, response) => {
    const { method = '', url = '', headers } = request;
    const one = { method, url, headers, body: await text(request) };
    const number = received.push(one);
    answer(response, one, number);
  };
  const server = createServer(listener).on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    connections: () => connections,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

/** Answers with these in turn, the last one again and again. */
export function inTurn(...answers: readonly Answering[]): Answering {
  return (response, received, number) => answers[Math.min(number, answers.length) - 1]?.(response, received, number);
}

export interface Stage {
  readonly client: HttpClient;
  readonly world: AdapterWorld;
  /** What was waited for; no wait takes any time. */
  readonly pauses: readonly number[];
  readonly log: readonly LogFacts[];
  readonly stop: AbortController;
}

/** A client whose waits are recorded and over at once. */
export function openClient(url: string, change: Partial<HttpClientOptions> = {}): Stage {
  const pauses: number[] = [];
  const log: LogFacts[] = [];
  const stop = new AbortController();
  const world: AdapterWorld = {
    now: () => new Date(),
    sleep: async (milliseconds) => {
      pauses.push(milliseconds);
    },
    random: () => 0.5,
    randomInt: () => 0,
    log: { debug: (_, facts = {}) => log.push(facts), warn: () => undefined },
    signal: stop.signal,
    environment: { proxyFor: () => '' },
  };
  const options = { system: 'Acme', baseUrl: url, requestsPerSecond: 10_000, concurrency: 4, timeoutSeconds: 5 };
  const client = createHttpClient({ ...options, proxy: '', caFile: undefined, world, ...change });
  return { client, world, pauses, log, stop };
}
