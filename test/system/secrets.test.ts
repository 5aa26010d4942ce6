import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, onTestFinished } from 'vitest';
import type { SandboxOptions } from '../../src/sandbox/index.js';
import type { Ended } from '../support/command.js';
import { type Connector, test } from '../support/connector.js';
import { type Echo, type Echoing, startEcho } from '../support/echo.js';
import { type PairSource, SOURCES, type Target, UNPACED, unpacedConfig } from '../support/pairs.js';
import { rowsOfPart } from '../support/part.js';
import { plainPerson } from '../support/people.js';

/** With every sign that some encoding writes in another way. */
const PLANTED = (name: string) => `Pl4nt/+&"<'\\ %41=${name}-9Xw2Kq7`;
/** A key that goes into a header as it is. */
const PLANTED_KEY = (name: string) => `Pl4nt/+&<=${name}-9Xw2Kq7`;
/** A key of BambooHR: forty digits. */
const PLANTED_HEX = '9f3c1e77a0b64d2285c9d01f6e8b4a7733d5209c';

const ENCODINGS: Readonly<Record<string, (secret: string) => string>> = {
  'as it is': (secret) => secret,
  base64: (secret) => Buffer.from(secret).toString('base64'),
  base64url: (secret) => Buffer.from(`id:${secret}`).toString('base64url'),
  'percent, capitals': (secret) => encodeURIComponent(secret),
  'percent, small': (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase()),
  form: (secret) => new URLSearchParams({ s: secret }).toString().slice(2),
  JSON: (secret) => JSON.stringify(secret).slice(1, -1),
  'JSON in JSON': (secret) => JSON.stringify(JSON.stringify(secret).slice(1, -1)).slice(1, -1),
  HTML: (secret) =>
    secret.replace(/[&<>"']/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? '&#39;'),
  hex: (secret) => Buffer.from(secret).toString('hex'),
};

/** A message in which the secrets stand at its beginning, at the 300th letter and at the 400th, where messages are cut. */
function messageWith(secrets: readonly string[], encode: (secret: string) => string): string {
  const echoes = secrets.map(encode);
  const padded = (length: number, echo: string) => `${'refused '.repeat(length).slice(0, length - 9)} ${echo}`;
  return [
    `Authorization ${echoes.join(' ')} is not enough.`,
    ...[300, 400, 2_000].flatMap((length) => echoes.map((echo) => padded(length, echo))),
  ].join('\n');
}

/** Where each system refuses, and the shape in which it words a refusal. */
interface EchoCase {
  readonly name: string;
  readonly side: 'source' | 'target';
  readonly source: PairSource;
  readonly target: Target;
  readonly secret: string;
  readonly statuses: readonly number[];
  readonly hits: Echoing['hits'];
  readonly shape: (message: string) => unknown;
}

const [V1, V2, KOMBO, BAMBOOHR] = SOURCES;
const isWrite: Echoing['hits'] = (method, path) => method !== 'GET' && !/token|oauth/.test(path);
const lists =
  (pattern: RegExp): Echoing['hits'] =>
  (method, path) =>
    method === 'GET' && pattern.test(path);

const CASES: readonly EchoCase[] = [
  {
    ...{ name: 'Personio v1', side: 'source', source: V1, target: 'learnamp', secret: PLANTED('v1') },
    ...{ statuses: [403, 400], hits: lists(/\/v1\/company\/employees(\?|$)/) },
    shape: (message) => ({ success: false, error: { code: 0, message } }),
  },
  {
    ...{ name: 'Personio v2', side: 'source', source: V2, target: 'learnamp', secret: PLANTED('v2') },
    ...{ statuses: [403, 200], hits: lists(/\/v2\/persons/) },
    shape: (message) => ({ errors: [{ title: 'refused', detail: message }], personio_trace_id: message }),
  },
  {
    ...{ name: 'Kombo', side: 'source', source: KOMBO, target: 'learnamp', secret: PLANTED_KEY('kombo') },
    ...{ statuses: [403, 400], hits: lists(/\/hris\/employees/) },
    shape: (message) => ({ status: 'error', error: { code: 'PLATFORM.INPUT_INVALID', message, title: message } }),
  },
  {
    ...{ name: 'BambooHR', side: 'source', source: BAMBOOHR, target: 'learnamp', secret: PLANTED_HEX },
    ...{ statuses: [403, 400], hits: (_, path) => /\/reports\/custom/.test(path) },
    shape: (message) => ({ error: { code: 'BadRequest', message } }),
  },
  {
    ...{ name: 'Learn Amp', side: 'target', source: V1, target: 'learnamp', secret: PLANTED('amp') },
    ...{ statuses: [422, 403], hits: isWrite, shape: (message) => ({ error: message }) },
  },
  {
    ...{ name: '360Learning', side: 'target', source: V1, target: '360learning', secret: PLANTED('360') },
    ...{ statuses: [400, 403], hits: isWrite, shape: (message) => ({ error: { code: 'invalidInput', message } }) },
  },
  {
    ...{ name: 'LearnUpon', side: 'target', source: V1, target: 'learnupon', secret: PLANTED('upon') },
    ...{ statuses: [422, 403], hits: isWrite, shape: (message) => ({ response_type: 'ERROR', message }) },
  },
  {
    ...{ name: 'SCIM', side: 'target', source: V1, target: 'scim', secret: PLANTED_KEY('scim') },
    ...{
      statuses: [400, 403],
      hits: isWrite,
      shape: (detail) => ({ status: '400', scimType: 'invalidValue', detail }),
    },
  },
  {
    ...{ name: 'Moodle', side: 'target', source: V1, target: 'moodle', secret: PLANTED('moodle') },
    ...{ statuses: [200, 403], hits: isWrite },
    shape: (message) => ({ exception: 'moodle_exception', errorcode: 'invalidparameter', message, debuginfo: message }),
  },
];

function sandboxWith({ secret, source: [, source], side, target }: EchoCase): SandboxOptions {
  const pair = { clientId: 'planted-id', clientSecret: secret };
  const planted: SandboxOptions =
    side === 'source'
      ? source === 'kombo'
        ? { kombo: { ...UNPACED.kombo, apiKeys: [secret] } }
        : source === 'bamboohr'
          ? { bamboohr: { keys: [{ key: secret }] } }
          : { personio: { ...UNPACED.personio, credentials: [pair] } }
      : target === 'learnamp'
        ? { learnamp: { keys: [pair] } }
        : target === '360learning'
          ? { '360learning': { ...UNPACED['360learning'], credentials: [pair] } }
          : target === 'scim'
            ? { scim: { token: secret } }
            : target === 'moodle'
              ? { moodle: { tokens: [{ token: secret }] } }
              : { learnupon: { keys: { username: 'planted-user', password: secret } } };
  return { company: { size: 10 }, ...UNPACED, ...planted };
}

/** A webhook that keeps what it hears. */
async function listener() {
  const heard: string[] = [];
  const server = createServer(async (request, response) => {
    heard.push(`${request.url} ${JSON.stringify(request.headers)} ${await text(request)}`);
    response.end('ok');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { heard, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
}

/** A connector whose config names its secret by a variable and reaches the system through an echo. */
async function connectEcho(one: EchoCase, connector: Connector, webhook: string): Promise<Echo> {
  const { sandbox } = connector;
  const key = one.side === 'source' ? one.source[1] : one.target;
  const real = sandbox[key].url;
  const echo = await startEcho(new URL(real).origin);
  onTestFinished(() => echo.stop());
  const config = unpacedConfig(sandbox, one.source, one.target, one.target === 'learnupon' ? '  concurrency: 1\n' : '')
    .replace(new URL(real).origin, echo.url)
    .replace(/^( +(?:client_secret|api_key|password|token)): \$\{SANDBOX_\w+:-.*\}$/gm, (line, name: string) =>
      line.includes(one.secret) ? `${name}: \${PLANTED}` : line,
    );
  await connector.configure(`${config}\nnotify:\n  on: always\n  webhook: ${webhook}\n`);
  return echo;
}

/** Every byte that the command wrote into its folder, besides the config. */
function filesOf({ folder }: Connector): readonly (readonly [string, string])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'hrsync.yaml')
    .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name)).toString('latin1')] as const);
}

/** So many characters of a secret in a row, in any encoding, are a leak. */
const LEAK = 12;

function leaksIn(written: string, secrets: readonly string[]): readonly string[] {
  const found: string[] = [];
  for (const [name, encode] of Object.entries(ENCODINGS)) {
    for (const secret of secrets) {
      const spelled = encode(secret);
      for (let at = 0; at + LEAK <= spelled.length; at += 1) {
        if (!written.includes(spelled.slice(at, at + LEAK))) continue;
        found.push(name);
        break;
      }
    }
  }
  return found;
}

describe('a far end that echoes the credentials it was sent', () => {
  test.for(rowsOfPart(CASES))(
    '$name: in no encoding do they get into any output or file',
    { timeout: 180_000 },
    async (one, { connect }) => {
      const { heard, url } = await listener();
      const connector = await connect({ sandbox: sandboxWith(one) });
      const echo = await connectEcho(one, connector, url);
      const env = { PLANTED: one.secret };
      expect((await connector.run(['import-all', '--quiet'], env)).code).toBe(0);

      for (const [index, encode] of Object.values(ENCODINGS).entries()) {
        const person = plainPerson(connector.company);
        connector.hr.apply({ kind: 'change_name', person: person.id, firstName: `New${index}` });
        // Whoever failed before rests, unless they are named.
        const whom = one.side === 'target' ? ['--only', String(person.id)] : [];
        for (const status of one.statuses.filter((_, at) => at === index % one.statuses.length)) {
          const body = (secrets: readonly string[]) => one.shape(messageWith(secrets, encode));
          echo.echo({ hits: one.hits, status, body });
          const before = echo.struck;
          const files = ['--html', 'r.html', '--csv', 'r.csv', '--metrics', 'r.prom'];
          // What an earlier run sent nobody knows any more; each is shown what it sent itself.
          const secrets = new Set<string>();
          const outputs: Ended[] = [];
          const run = async (...args: readonly string[]) => {
            outputs.push(await connector.run(args, env));
            for (const secret of echo.takeSeen()) secrets.add(secret);
          };
          echo.takeSeen();
          await run('import-all', '--verbose', ...whom, ...files);
          await run('plan', '--out', 'plan.json');
          await run('import-all', ...whom, '--json', '--verbose', '--log-format', 'json');
          if (index === 0) for (const command of ['check', 'fields']) await run(command, '--verbose');
          expect(echo.struck, one.name).toBeGreaterThan(before);
          echo.echo(null);
          await run('status', '--json');
          await run('status', '--verbose');
          await run('runs', '2');
          expect([...secrets]).toContain(one.secret);
          const written: readonly (readonly [string, string])[] = [
            ...outputs.map(({ stdout, stderr }, at) => [`output ${at}`, stdout + stderr] as const),
            ...filesOf(connector),
            ['webhook', heard.join('\n')],
          ];
          const leaks = written.flatMap(([where, bytes]) =>
            leaksIn(bytes, [...secrets]).map((what) => `${where}: ${what}`),
          );
          expect(leaks, `${one.name} ${status}`).toEqual([]);
          if (one.side === 'source') expect([6, 8]).toContain(outputs[0]?.code);
        }
      }
    },
  );

  test('the search finds a secret in every encoding, whole or cut', () => {
    for (const [name, encode] of Object.entries(ENCODINGS)) {
      const echo = encode(PLANTED('x'));
      expect(leaksIn(`a ${echo} b`, [PLANTED('x')])).toContain(name);
      expect(leaksIn(`a ${echo.slice(0, 20)}`, [PLANTED('x')])).toContain(name);
    }
  });
});
