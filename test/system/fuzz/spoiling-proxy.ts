import { request as call, createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { type Json, oneOf, type Random, randomOf, type Spoilt, spoil } from './spoil.js';

/** Which answers are spoilt: a seed for how, and the share of answers, from 0 to 1. */
export interface Spoiling {
  readonly seed: number;
  readonly share: number;
}

/** Stands before a system, passes requests on, and spoils answers. */
export interface SpoilingProxy {
  readonly url: string;
  /** Passes everything on as it is with null. */
  spoil(how: Spoiling | null): void;
  /** What was done to answers since the last look. */
  take(): readonly Spoilt<string>[];
  stop(): Promise<void>;
}

interface Answer {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** Starts a proxy before a server on loopback. */
export async function startSpoilingProxy(target: string): Promise<SpoilingProxy> {
  let how: Spoiling | null = null;
  let done: Spoilt<string>[] = [];
  const times = new Map<string, number>();

  const spoilt = (request: string, answer: Answer): Answer => {
    if (how === null) return answer;
    // By the request and not by the order of requests, which differs from run to run.
    const time = (times.get(request) ?? 0) + 1;
    times.set(request, time);
    const random = randomOf(hashOf(`${how.seed} ${request.replace(/\d{6,}/g, '')} ${time}`));
    if (random() >= how.share) return answer;
    const { answer: changed, what, empties } = spoilAnswer(answer, random);
    done.push({ answer: '', what: `${request}: ${what}`, empties });
    return changed;
  };

  const handle = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/', headers } = incoming;
    const body = await buffer(incoming);
    const passed = call(new URL(url, target), { method, headers });
    passed.on('error', () => outgoing.destroy());
    passed.on('response', async (answer) => {
      const whole = { body: await buffer(answer), headers: answer.headers };
      const { body: bytes, headers: named } = spoilt(`${method} ${url}`, whole);
      const { 'content-length': _, 'transfer-encoding': __, ...rest } = named;
      const sent = Object.entries(rest).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as const],
      );
      outgoing.writeHead(answer.statusCode ?? 502, Object.fromEntries(sent) as Record<string, string>).end(bytes);
    });
    passed.end(body);
  };
  const server = createServer((incoming, outgoing) => void handle(incoming, outgoing));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spoil(next) {
      how = next;
      times.clear();
    },
    take() {
      const taken = done;
      done = [];
      return taken;
    },
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function spoilAnswer({ body, headers }: Answer, random: Random): Spoilt<Answer> {
  const choice = random();
  if (choice < 0.06) {
    const [what, bytes] = oneOf(BODIES, random);
    return { answer: { body: bytes(body), headers }, what, empties: false };
  }
  if (choice < 0.14) {
    const name = oneOf(HEADERS, random);
    const value = oneOf(VALUES, random);
    return { answer: { body, headers: { ...headers, [name]: value } }, what: `${name} ${value}`, empties: false };
  }
  const times = choice < 0.75 ? 1 : 3;
  let json: Json;
  try {
    json = JSON.parse(body.toString()) as Json;
  } catch {
    return { answer: { body: Buffer.from('{"strange":[]}'), headers }, what: 'a body', empties: false };
  }
  const done: Spoilt<Json>[] = [];
  for (let time = 0; time < times; time += 1) done.push(spoil(done.at(-1)?.answer ?? json, random));
  return {
    answer: { body: Buffer.from(JSON.stringify(done.at(-1)?.answer ?? null)), headers },
    what: done.map(({ what }) => what).join('; '),
    empties: done.some(({ empties }) => empties),
  };
}

const BODIES: readonly (readonly [string, (body: Buffer) => Buffer])[] = [
  ['cut', (body) => body.subarray(0, body.length / 2)],
  ['no body', () => Buffer.alloc(0)],
  ['a page of HTML', () => Buffer.from('<html><body>Maintenance</body></html>')],
  ['a byte order mark', (body) => Buffer.concat([Buffer.from('\uFEFF'), body])],
  ['bytes that are no UTF-8', (body) => Buffer.concat([body.subarray(0, -2), Buffer.from([0xff, 0x22, 0x7d])])],
  ['null', () => Buffer.from('null')],
  ['a number', () => Buffer.from('7')],
  ['a list', () => Buffer.from('[[]]')],
  ['a text', () => Buffer.from('"ok"')],
];

const HEADERS = ['content-type', 'link', 'date', 'x-ratelimit-remaining', 'x-ratelimit-limit', 'location', 'etag'];
const VALUES = ['', 'no such', '-1', '1e999', 'text/html; charset=klingon', '<http://127.0.0.1:9/>; rel="next"', 'NaN'];

// FNV-1a.
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}
