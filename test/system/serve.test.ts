import { createHmac } from 'node:crypto';
import { connect as openSocket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { acquireLock } from '../../src/store/open.js';
import { type Connect, type Connector, day, test } from '../support/connector.js';
import { activeAccounts, expectedAccounts } from '../support/expected.js';
import { plainPeople, plainPerson } from '../support/people.js';
import { delivery, KOMBO_SECRET, SERVING, Server, shuffled, TOKEN, within } from '../support/server.js';

async function served(connect: Connect, people = 40): Promise<{ connector: Connector; server: Server }> {
  const connector = await connect({ people, config: SERVING });
  await connector.imported();
  connector.takeRequests();
  return { connector, server: await Server.start(connector) };
}

const kombo = (server: Server, body: object, secret = KOMBO_SECRET) => {
  const text = JSON.stringify(body);
  const signature = createHmac('sha256', secret).update(text).digest('base64url');
  return server.post('/webhooks/kombo', text, { 'X-Kombo-Signature': signature });
};

describe.concurrent('hrsync serve', () => {
  test('brings a change to the LMS soon after its webhook, and ends in peace', async ({ connect }) => {
    const { connector, server } = await served(connect);
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Principal' });
    expect(await server.personio(delivery('employment.updated', person.id))).toBe(204);
    await within(60, () => connector.account(person).jobTitle === 'Principal');
    await within(5, async () => (await server.waiting()) === 0);
    expect(await server.metrics()).toContain('hrsync_runs_total{command="webhook",exit_code="0"} 1');
    await server.stop();
  });

  test('runs a sync when Kombo says that somebody changed', async ({ connect }) => {
    const { connector, server } = await served(connect);
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Principal' });
    const data = { integration_id: 'personio:x', changed_models: [{ name: 'hris_employees' }] };
    expect(await kombo(server, { id: 'e1', type: 'data-changed', data })).toBe(204);
    await within(10, () => connector.account(person).jobTitle === 'Principal');
    await server.stop();
  });

  test('waits for a run that holds the lock instead of failing', async ({ connect }) => {
    const { connector, server } = await served(connect);
    const person = plainPerson(connector.company);
    const lock = await acquireLock({ kind: 'file', file: connector.stateFile }, () => new Date());
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Principal' });
    await server.personio(delivery('person.updated', person.id));
    await wait(4_000);
    expect(connector.takeWrites()).toEqual([]);
    await lock.release();
    await within(10, () => connector.account(person).jobTitle === 'Principal');
    await server.stop();
  });

  test('believes a deletion only when HR has the person no longer, and within the limits', async ({ connect }) => {
    const { connector, server } = await served(connect);
    const [kept, ...gone] = plainPeople(connector.company).slice(0, 8);
    if (kept === undefined) throw new Error('nobody works here');
    connector.hr.apply({ kind: 'delete', person: gone[0]?.id ?? 0 });
    for (const { id } of [kept, ...gone.slice(0, 1)]) await server.personio(delivery('person.deleted', id));
    const isOff = (person: typeof kept) => connector.account(person).status === 'deactivated';
    await within(10, () => gone.slice(0, 1).every(isOff));
    expect(isOff(kept)).toBe(false);
    // A tenth of everybody in a day is the limit, whether in one run or in many.
    for (const { id } of gone.slice(1)) {
      connector.hr.apply({ kind: 'delete', person: id });
      await server.personio(delivery('person.deleted', id));
    }
    await within(10, async () => (await server.metrics()).includes('command="webhook",exit_code="5"} 1'));
    expect(gone.filter(isOff)).toHaveLength(1);
    await server.stop();
  });

  test('holds wave after wave to the limits of one day, also where everybody is read', async ({ connect }) => {
    const { connector, server } = await served(connect, 60);
    const people = plainPeople(connector.company);
    const wave = async (from: number) => {
      for (const { id } of people.slice(from, from + 4))
        connector.hr.apply({ kind: 'set_status', person: id, status: 'inactive' });
      // More than are asked for one by one.
      for (const { id } of people.slice(from, from + 7)) await server.personio(delivery('person.updated', id));
    };
    await wave(0);
    await within(15, async () => (await server.metrics()).includes('command="webhook",exit_code="0"} 1'));
    await wave(10);
    await within(15, async () => (await server.metrics()).includes('command="webhook",exit_code="5"} 1'));
    expect(people.filter((person) => connector.account(person).status === 'deactivated')).toHaveLength(4);
    await server.stop();
  });

  test('is unharmed by whatever knocks at the door', async ({ connect }) => {
    const { connector, server } = await served(connect);
    const person = plainPerson(connector.company);
    const event = delivery('person.updated', person.id);
    expect(await server.personio(event, 'Bearer wrong')).toBe(401);
    expect(await kombo(server, { id: 'e1', type: 'data-changed' }, 'another secret')).toBe(401);
    expect(await server.personio(delivery('made.up', person.id))).toBe(204);
    expect(await server.post('/webhooks/personio', '{', { Authorization: TOKEN })).toBe(400);
    expect(await server.post('/webhooks/personio', 'x'.repeat(70_000), { Authorization: TOKEN })).toBe(413);
    expect(await server.post('/webhooks/else', '{}', {})).toBe(404);
    expect(await server.post('/webhooks/personio', '{}', { 'X-Large': 'x'.repeat(10_000) })).toBe(431);
    const { port, hostname } = new URL(server.url);
    const slow = openSocket(Number(port), hostname);
    const cut = new Promise<boolean>((resolve) => {
      slow.on('error', () => resolve(true)).on('close', () => resolve(true));
    });
    slow.write(
      `POST /webhooks/personio HTTP/1.1\r\nHost: x\r\nAuthorization: ${TOKEN}\r\nContent-Length: 500\r\n\r\n{`,
    );
    slow.resume();
    expect(await server.waiting()).toBe(0);
    for (const _ of [1, 2, 3]) expect(await server.personio(event)).toBe(204);
    await within(10, async () => (await server.waiting()) === 0);
    expect(await server.personio(event)).toBe(204);
    expect(await Promise.race([cut, wait(12_000, false)])).toBe(true);
    expect(await server.metrics()).toContain('hrsync_runs_total{command="webhook",exit_code="0"} 1');
    expect(connector.takeWrites()).toEqual([]);
    await server.stop();
  });
});

describe.concurrent('hrsync webhook', () => {
  test('subscribes the server, whom HR then tells by itself, and ends the subscription', async ({ connect }) => {
    const { connector, server } = await served(connect);
    const url = `${server.url}/webhooks/personio`;
    for (const _ of ['new', 'again']) {
      const { code, stdout } = await connector.run(['webhook', 'register', '--url', url]);
      expect([code, stdout]).toEqual([0, expect.stringContaining('sends 9 kinds of events')]);
    }
    const { stdout } = await connector.run(['webhook', 'list', '--json']);
    const { webhooks }: { webhooks?: { id: string; url: string; enabled: boolean }[] } = Object(JSON.parse(stdout));
    expect(webhooks).toMatchObject([{ url, enabled: true }]);
    const id = webhooks?.[0]?.id ?? '';
    expect((await connector.run(['webhook', 'test', id])).code).toBe(0);
    await within(5, async () => (await server.metrics()).includes('sender="personio",outcome="ignored"} 1'));
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Principal' });
    await within(10, () => connector.account(person).jobTitle === 'Principal');
    expect((await connector.run(['webhook', 'remove', id])).code).toBe(0);
    for (const what of ['remove', 'test']) {
      const { code, stderr } = await connector.run(['webhook', what, id]);
      expect([code, stderr]).toEqual([2, expect.stringContaining(`there is no webhook ${id}`)]);
    }
    expect((await connector.run(['webhook', 'list'])).stdout).toBe('no webhook is registered\n');
    expect((await connector.run(['webhook', 'register', '--url', 'http://hr.acme.example/x'])).code).toBe(2);
    await server.stop();
  });
});

/** How many people three events each are about; 3,400 make it a burst of 10,000 events against the built command. */
const BURST = Number(process.env['HRSYNC_BURST'] ?? 200);

describe('a burst of events, each three times and in any order', () => {
  const timeout = 120_000 + BURST * 100;
  test('ends right, in few runs, and loses nothing when the process is killed', { timeout }, async ({
    connect,
    annotate,
  }) => {
    const { connector, server: first } = await served(connect, BURST);
    const { company, hr } = connector;
    for (const { id } of plainPeople(company).slice(0, 60))
      hr.apply({ kind: 'promote', person: id, to: `Title ${id}` });
    const once = company.people.flatMap(({ id }) =>
      [0, 1, 2].map((minute) => delivery('person.updated', id, `2026-11-24T10:0${minute}:00Z`)),
    );
    const queue = shuffled([...once, ...once, ...once]);
    let server = first;
    let acknowledged = 0;
    // As the sender does: what is not acknowledged comes again.
    const send = async (): Promise<void> => {
      for (let event = queue.pop(); event !== undefined; event = queue.pop()) {
        const status = await server.personio(event).catch(() => 0);
        if (status === 204) acknowledged += 1;
        else {
          queue.push(event);
          await wait(50);
        }
      }
    };
    const began = Date.now();
    const senders = Array.from({ length: 16 }, send);
    for (const share of [0.3, 0.7]) {
      await within(60 + BURST / 20, () => acknowledged > once.length * 3 * share);
      await server.kill();
      server = await Server.start(connector);
    }
    await Promise.all(senders);
    const seconds = (Date.now() - began) / 1_000;
    await annotate(`${acknowledged} deliveries in ${seconds} s`);
    await within(30 + BURST / 20, async () => (await server.waiting()) === 0);
    expect(activeAccounts(connector.sandbox)).toEqual(expectedAccounts(company, day(0)));
    const runs = /hrsync_runs_total\{command="webhook",exit_code="0"\} (\d+)/.exec(await server.metrics())?.[1];
    await annotate(`${runs} runs since the last kill`);
    // Events are gathered for five seconds at most, so that none waits longer.
    expect(Number(runs)).toBeLessThanOrEqual(4 + (BURST > 200 ? seconds / 5 : 0));
    expect(connector.takeWrites().filter(({ route }) => route === 'users.update')).toHaveLength(60);
    await server.stop();
  });
});
