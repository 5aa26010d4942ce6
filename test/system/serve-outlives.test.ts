import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Sqlite from 'better-sqlite3';
import { describe, expect } from 'vitest';
import { type Connect, type Connector, test } from '../support/connector.js';
import { rowsOfPart } from '../support/part.js';
import { plainPeople, plainPerson } from '../support/people.js';
import { delivery, SERVING, Server, TOKEN, within } from '../support/server.js';

async function served(
  connect: Connect,
  document: object = {},
  env: Readonly<Record<string, string>> = {},
): Promise<{ connector: Connector; server: Server }> {
  const connector = await connect({ people: 20, config: { document: { ...SERVING.document, ...document } } });
  await connector.imported();
  return { connector, server: await Server.start(connector, env) };
}

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);

async function goesOn({ connector, server }: { connector: Connector; server: Server }): Promise<void> {
  const other = plainPeople(connector.company)[5];
  expect(await server.personio(delivery('person.updated', other?.id ?? 0))).toBe(204);
  expect(await server.waiting()).toBeGreaterThan(0);
  expect(server.running.child.exitCode).toBeNull();
  await server.stop();
}

/** Whoever listens to heartbeats, and counts them. */
async function heartbeats() {
  let count = 0;
  const listener = createServer((_, response) => {
    count += 1;
    response.end('ok');
  });
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  listener.unref();
  const { port } = listener.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/beat`, count: () => count, close: () => listener.close() };
}

describe.concurrent('hrsync serve goes on', () => {
  test.for(
    rowsOfPart([
      ['HR', 'text that is no JSON', { kind: 'html' }],
      ['HR', 'an answer that is cut off', { kind: 'truncated_json' }],
      ['HR', 'nothing', { kind: 'empty_body' }],
      ['HR', 'something nested very deep', { kind: 'status', status: 200, body: { data: nested(2_000) } }],
      [
        'HR',
        'something of another form',
        { kind: 'status', status: 200, body: { data: [null, 1, { attributes: 7 }] } },
      ],
      ['HR', 'a refusal', { kind: 'status', status: 403 }],
      ['the LMS', 'text that is no JSON', { kind: 'html' }],
      ['the LMS', 'something nested very deep', { kind: 'status', status: 200, body: nested(2_000) }],
      ['the LMS', 'a refusal', { kind: 'status', status: 401 }],
    ] as const),
  )('when a run meets %s that answers with %s', async ([side, , fault], { connect }) => {
    const { connector, server } = await served(connect);
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Principal' });
    const { faults } = side === 'HR' ? connector.sandbox.personio : connector.sandbox.learnamp;
    faults.add({ times: null, fault });
    expect(await server.personio(delivery('person.updated', person.id))).toBe(204);
    await within(30, async () =>
      /^hrsync_runs_total\{command="webhook",exit_code="[1-9]\d*"\} [1-9]/m.test(await server.metrics()),
    );
    await goesOn({ connector, server });
  });

  test('when a notification is refused', async ({ connect }) => {
    const notify = { on: 'always', webhook: 'http://127.0.0.1:1/hook', heartbeat: 'http://127.0.0.1:1/beat' };
    const { connector, server } = await served(connect, { notify });
    await server.personio(delivery('person.updated', plainPerson(connector.company).id));
    await within(15, async () => (await server.metrics()).includes('command="webhook",exit_code="0"} 1'));
    await goesOn({ connector, server });
    expect((await server.running.ended).stderr).toContain('the webhook of notify could not be reached');
  });

  test('when its state cannot be written for a while, says so, and takes events again', async ({ connect }) => {
    const { connector, server } = await served(connect);
    const event = delivery('person.updated', plainPerson(connector.company).id);
    const health = async () => (await fetch(`${server.url}/healthz`)).status;
    const other = new Sqlite(connector.stateFile);
    other.exec('BEGIN IMMEDIATE');
    expect(await server.personio(event)).toBe(503);
    expect(await health()).toBe(503);
    expect(await server.metrics()).toContain('hrsync_webhooks_total{sender="personio",outcome="unkept"} 1\n');
    other.exec('ROLLBACK');
    other.close();
    expect(await server.personio(event)).toBe(204);
    expect(await health()).toBe(200);
    await within(15, async () => (await server.waiting()) === 0);
    server.running.child.kill('SIGTERM');
    const { code, stderr } = await server.running.ended;
    expect([code, stderr]).toEqual([0, expect.stringContaining('a delivery of Personio could not be written down')]);
  });

  test('when a promise is forgotten, a socket breaks or a callback throws', async ({ connect }) => {
    const stray = `
      import { connect } from 'node:net';
      process.on('SIGUSR2', () => {
        Promise.reject(new RangeError('stray of somebody@acme.example'));
        setImmediate(() => { throw new TypeError('thrown') });
        connect(1, '127.0.0.1');
      });`;
    const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(stray)}` };
    const { connector, server } = await served(connect, {}, env);
    const strays = async () => /^hrsync_errors_total\{where="stray"\} (\d+)$/m.exec(await server.metrics())?.[1];
    server.running.child.kill('SIGUSR2');
    await within(5, async () => (await strays()) === '3');
    server.running.child.kill('SIGUSR2');
    await within(5, async () => (await strays()) === '6');
    await goesOn({ connector, server });
    const { stderr } = await server.running.ended;
    expect(stderr.match(/an unexpected error came up outside of a run; the server goes on/g)).toHaveLength(1);
    expect(stderr).not.toContain('somebody@acme.example');
  });
});

describe.concurrent('after a refused night', () => {
  test('a run of hrsync serve for some people makes neither status, heartbeat nor metrics green', async ({
    connect,
  }) => {
    const beats = await heartbeats();
    const document = { ...SERVING.document, notify: { heartbeat: beats.url } };
    const connector = await connect({ people: 20, config: { document, safety: { max_creates: 3 } } });
    expect((await connector.run(['import-all'])).code).toBe(5);
    const whole = 'hrsync_last_complete_run_timestamp_seconds ';
    const age = async () => (await connector.run(['status', '--max-age', '26h'])).code;

    const first = await Server.start(connector);
    await first.personio(delivery('person.updated', plainPerson(connector.company).id));
    await within(15, async () => (await first.metrics()).includes('command="webhook",exit_code="0"} 1'));
    expect([await age(), beats.count()]).toEqual([4, 0]);
    expect(await first.metrics()).not.toContain(whole);
    await first.stop();

    // Once the limit is lifted, a run that reads everybody makes all of them green.
    await connector.configure({ document });
    const second = await Server.start(connector);
    const changed = { company_id: '1', event_name: 'person.updated', occurred_at: '2026-11-24T10:00:00Z' };
    expect(await second.post('/webhooks/personio', JSON.stringify(changed), { Authorization: TOKEN })).toBe(204);
    await within(15, async () => (await second.metrics()).includes(whole));
    await within(5, () => beats.count() === 1);
    expect(await age()).toBe(0);
    await second.stop();
    beats.close();
  });
});

describe.concurrent('an inbox of 300,000 events that nobody dealt with for months', () => {
  test('is emptied of them without a schedule, and costs whoever asks nothing meanwhile', { timeout: 120_000 }, async ({
    connect,
  }) => {
    const connector = await connect({ people: 20, config: SERVING });
    await connector.imported();
    const database = new Sqlite(connector.stateFile);
    const rows = database.prepare<[], number>('SELECT count(*) FROM inbox').pluck();
    database.exec(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)
       INSERT INTO inbox (event_key, kind, employee_id, received_at, done)
       SELECT 'old ' || i, 'person', i, '2026-01-01T00:00:00.000Z', 1 FROM n`,
    );
    const server = await Server.start(connector);
    for (let time = 0; time < 50; time += 1) expect(await server.waiting()).toBe(0);
    await within(60, () => rows.get() === 0);
    database.close();
    await goesOn({ connector, server });
  });
});
