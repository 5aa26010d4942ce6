import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type Connector, test } from '../support/connector.js';
import { rowsOfPart } from '../support/part.js';
import { plainPeople } from '../support/people.js';

/** A Personio that answers every read with a text of one's choice. */
class ScriptedPersonio {
  page = '';
  readonly #server = createServer((request, response) => {
    response.setHeader('content-type', 'application/json');
    if (request.url?.startsWith('/v1/auth')) response.end('{"success":true,"data":{"token":"papi-0123456789"}}');
    else if (request.url?.includes('attributes')) response.writeHead(404).end('{"success":false}');
    else response.end(this.page);
    request.resume();
  });

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

const personio = new ScriptedPersonio();
beforeAll(() => personio.start());
afterAll(() => personio.stop());

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** What Personio would answer, as plain JSON. */
async function rightAnswer({ sandbox }: Connector): Promise<{ data: Json[] }> {
  const { url, clientId, clientSecret } = sandbox.personio;
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ client_id: clientId, client_secret: clientSecret });
  const { data } = (await (await fetch(`${url}/v1/auth`, { method: 'POST', headers, body })).json()) as {
    data: { token: string };
  };
  const answer = await fetch(`${url}/v1/company/employees?limit=100&offset=0`, {
    headers: { authorization: `Bearer ${data.token}` },
  });
  return (await answer.json()) as { data: Json[] };
}

/** A connector in step with a company of one page, which from now on reads the scripted Personio. */
async function scripted(connector: Connector): Promise<{ data: Json[] }> {
  await connector.imported();
  const answer = await rightAnswer(connector);
  await connector.configure({ source: { base_url: personio.url } });
  personio.page = JSON.stringify(answer);
  expect((await connector.imported()).changes).toEqual([]);
  return answer;
}

/** Puts a value somewhere into a piece of JSON: `path` chooses the way at every fork. */
function spoil(json: Json, path: readonly number[], value: Json): Json {
  const [turn, ...rest] = path;
  if (turn === undefined || json === null || typeof json !== 'object') return value;
  if (Array.isArray(json)) {
    if (json.length === 0) return value;
    return json.map((item, index) => (index === turn % json.length ? spoil(item, rest, value) : item));
  }
  const keys = Object.keys(json);
  const key = keys[turn % keys.length];
  return key === undefined ? value : { ...json, [key]: spoil(json[key] ?? null, rest, value) };
}

describe('an HR answer that is not what it should be', () => {
  test('JSON of the wrong type anywhere in one record is that person’s trouble and nobody else’s', async ({
    connect,
  }) => {
    const connector = await connect({ people: 25 });
    const answer = await scripted(connector);
    const [spoiled, promoted] = plainPeople(connector.company);
    if (spoiled === undefined || promoted === undefined) throw new Error('the company is too small');
    const place = connector.company.people.indexOf(spoiled);
    const other = connector.company.people.indexOf(promoted);
    const title = { position: { label: 'Position', value: '', type: 'standard', universal_id: null } };
    let night = 0;
    const somewhere = fc.array(fc.nat(40), { minLength: 1, maxLength: 5 });
    const something = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as Json);
    await fc.assert(
      fc.asyncProperty(somewhere, something, async (path, value) => {
        night += 1;
        const data = answer.data.map((record, index) => {
          if (index === place) return spoil(record, [1, ...path], value);
          if (index !== other) return record;
          const { attributes, ...rest } = record as { attributes: Record<string, Json> };
          title.position.value = `Title ${night}`;
          return { ...rest, attributes: { ...attributes, ...title } } as Json;
        });
        personio.page = JSON.stringify({ ...answer, data });
        const { code, stdout, stderr } = await connector.run(['import-all', '--json']);
        expect([0, 4, 6], stderr).toContain(code);
        if (code === 6) return;
        const { changes } = JSON.parse(stdout) as { changes: { employee: { id: string }; kind: string }[] };
        const others = changes.filter(({ employee }) => employee.id !== String(spoiled.id));
        expect(others).toMatchObject([{ kind: 'update', employee: { id: String(promoted.id) } }]);
        expect(changes.map(({ kind }) => kind)).not.toContain('delete');
      }),
      { numRuns: 60 },
    );
  });

  test.for(
    rowsOfPart([
      [
        'nested a hundred thousand deep',
        (page: string) => page.replace('"data":[', `"data":[${'['.repeat(1e5)}${']'.repeat(1e5)},`),
      ],
      [
        'a value nested a hundred thousand deep',
        (page: string) => page.replace('"value":"', `"extra":${'['.repeat(1e5)}${']'.repeat(1e5)},"value":"`),
      ],
      [
        'a key that means something to JavaScript',
        (page: string) => page.replace('"attributes":{', '"attributes":{"__proto__":{"value":{"polluted":true}},'),
      ],
      ['a number where the list should be', () => '{"success":true,"data":7}'],
      ['a list where the envelope should be', () => '[[[]]]'],
      ['null', () => 'null'],
      ['nothing but white space', () => ' '.repeat(1e6)],
    ] as const),
  )('%s: no stack, no crash, and nobody is ended', async ([, spoiled], { connect }) => {
    const connector = await connect({ people: 25 });
    await scripted(connector);
    personio.page = spoiled(personio.page);
    connector.takeRequests();
    const { code, stderr } = await connector.run(['import-all']);
    expect([0, 6], stderr).toContain(code);
    expect(connector.takeWrites()).toEqual([]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('a body of 200 MB is given up at the limit, with the size told and little memory taken', async ({ connect }) => {
    const connector = await connect({ people: 25 });
    await scripted(connector);
    const whole = personio.page;
    personio.page = `${whole.slice(0, -1)},"padding":"${'x'.repeat(200 * 2 ** 20)}"}`;
    connector.takeRequests();
    const { code, stderr } = await connector.run(['import-all']);
    personio.page = whole;
    expect(code).toBe(6);
    expect(stderr).toContain('more than 50 MiB');
    expect(connector.takeRequests()).toEqual([]);
  });
});
