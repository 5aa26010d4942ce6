import { createServer, IncomingMessage, ServerResponse } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { FaultBook } from './faults/fault-book.js';
import { strikeAnswer } from './faults/strike-answer.js';
import type { LoggedRequest, RequestLog } from './request-log.js';
import { routeOf, type StandIn } from './stand-in.js';

/** A server that runs. */
export interface RunningServer {
  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  readonly url: string;
  /** Cuts every connection and frees the port. */
  stop(): Promise<void>;
}

/** The two ends of the connection that a request came over. */
interface Connection {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
}

/** Answers a request; null when the connection is gone and nothing can be sent. */
type Answer = (request: Request, connection: Connection) => Promise<Response | null> | Response;

/** Serves on loopback only; port 0 lets the system choose one. */
export async function listen(answer: Answer, port: number): Promise<RunningServer> {
  const listener = getRequestListener(
    async (request, { incoming, outgoing }) => {
      // HTTP/2 shares the listener's type, and never comes here.
      if (!(incoming instanceof IncomingMessage && outgoing instanceof ServerResponse)) return RESPONSE_ALREADY_SENT;
      return (await answer(request, { incoming, outgoing })) ?? RESPONSE_ALREADY_SENT;
    },
    // The listener would otherwise replace the process's own Request and Response.
    { overrideGlobalObjects: false },
  );
  const server = createServer((incoming, outgoing) => void listener(incoming, outgoing));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * Stands between a system and its callers. `handle` does what was asked and gives the answer; null in place of an answer
 * leaves the caller without one.
 */
export type Intercept = (
  request: Omit<LoggedRequest, 'status'>,
  handle: () => Promise<Response | null>,
) => Promise<Response | null>;

/** What surrounds a stand-in while it is served. */
export interface Surroundings {
  readonly faults: FaultBook;
  readonly requests: RequestLog;
  readonly now: () => Date;
  readonly port: number;
  readonly intercept?: Intercept | undefined;
}

/** Puts a stand-in behind a server, with its log before it and its faults around it. */
export function serveStandIn(standIn: StandIn, surroundings: Surroundings): Promise<RunningServer> {
  const { faults, requests, now, port, intercept = (_, handle) => handle() } = surroundings;
  return listen(async (request, connection) => {
    const { method } = request;
    const target = connection.incoming.url ?? '/';
    const [path = '/', query = ''] = target.split('?', 2);
    const route =
      standIn.calls === undefined
        ? routeOf(standIn.routes, method, path)
        : // A body that is cut off names no call.
          await standIn.calls.nameOf(request.clone()).catch(() => null);
    const logged = { at: now().toISOString(), method, path, query, route };
    const close = requests.open(logged);
    const { data, answer } = faults.strike({ method, path: target, route });
    const handle = async (): Promise<Response> => standIn.app.fetch(request, { dataFaults: data });
    const response = await intercept(logged, () =>
      answer === null
        ? handle()
        : strikeAnswer(answer, {
            ...connection,
            handle,
            errorBody: (status) => standIn.errorBody(status, path),
            revokeTokens: standIn.revokeTokens,
            now,
          }),
    );
    close(response?.status ?? null);
    // By the clock of the sandbox, which may be another than that of this machine.
    if (response !== null && !response.headers.has('Date')) response.headers.set('Date', now().toUTCString());
    return response;
  }, port);
}
