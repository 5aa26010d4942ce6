import { request as call, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** How an echo answers: which requests, and with which refusal. */
export interface Echoing {
  readonly hits: (method: string, path: string) => boolean;
  readonly status: number;
  /** The refusal, as the system words one; `secrets` are those that it has been sent so far. */
  readonly body: (secrets: readonly string[]) => unknown;
}

/** A far end that shows whoever calls it the credentials that it was sent. */
export interface Echo {
  readonly url: string;
  /** Credentials that came by since the last look: of headers, of bodies, and tokens that were given out. */
  takeSeen(): readonly string[];
  /** How many requests were answered with an echo. */
  readonly struck: number;
  echo(how: Echoing | null): void;
  stop(): Promise<void>;
}

const SECRET_KEYS = /^(client_secret|password|api_key|token|access_token)$/;

/** Stands before another server and passes everything on, until it is told to echo. */
export async function startEcho(target: string): Promise<Echo> {
  const seen = new Set<string>();
  let how: Echoing | null = null;
  let struck = 0;

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/', headers } = incoming;
    const body = await buffer(incoming);
    for (const secret of [...inHeader(headers.authorization), ...inBody(body.toString())]) seen.add(secret);
    if (how?.hits(method, url) === true) {
      struck += 1;
      const echoed = headerSafe([...seen]);
      const told = { 'x-echo': echoed, 'x-bamboohr-error-message': echoed };
      outgoing.writeHead(how.status, { 'content-type': 'application/json', ...told });
      outgoing.end(JSON.stringify(how.body([...seen])));
      return;
    }
    const passed = call(new URL(url, target), { method, headers: { ...headers, host: new URL(target).host } });
    passed.on('response', async (answer) => {
      const bytes = await buffer(answer);
      for (const secret of inBody(bytes.toString())) seen.add(secret);
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers).end(bytes);
    });
    passed.on('error', () => outgoing.destroy());
    passed.end(body);
  };
  const server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    takeSeen() {
      const taken = [...seen];
      seen.clear();
      return taken;
    },
    get struck() {
      return struck;
    },
    echo(next) {
      how = next;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function headerSafe(secrets: readonly string[]): string {
  return secrets.map((secret) => encodeURIComponent(secret)).join(' ');
}

function inHeader(authorization: string | undefined): readonly string[] {
  const [scheme = '', credentials] = authorization?.split(' ') ?? [];
  if (credentials === undefined) return [];
  if (scheme !== 'Basic') return [credentials];
  const pair = Buffer.from(credentials, 'base64').toString();
  const [user, password] = [pair.slice(0, pair.indexOf(':')), pair.slice(pair.indexOf(':') + 1)];
  // BambooHR takes its key for the user, under any password.
  return [credentials, pair, password === 'x' ? user : password];
}

function inBody(text: string): readonly string[] {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, item] of Object.entries(value)) {
      if (SECRET_KEYS.test(key) && typeof item === 'string') found.push(item);
      look(item);
    }
  };
  try {
    look(JSON.parse(text));
  } catch {
    look(Object.fromEntries(new URLSearchParams(text)));
  }
  return found;
}
