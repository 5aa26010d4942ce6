import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { type Connector, test } from '../support/connector.js';
import { Fleet } from '../support/fleet.js';
import { plainPerson } from '../support/people.js';
import { NO_POSTGRES } from '../support/postgres.js';
import { delivery, Server, TOKEN } from '../support/server.js';

const TWO = ['acme', 'globex'] as const;

/** A fleet of two connectors that have been applied. */
async function twoConnectors(connector: Connector, changes = {}): Promise<Fleet> {
  const fleet = await Fleet.open(connector, changes);
  for (const name of TWO) await fleet.write(name);
  expect(await fleet.json('apply')).toMatchObject({ new: TWO });
  return fleet;
}

const statesIn = async (fleet: Fleet) => {
  const { connectors } = (await fleet.json('status')) as { connectors: { name: string; state: string }[] };
  return Object.fromEntries(connectors.map(({ name, state }) => [name, state]));
};

describe.skipIf(NO_POSTGRES !== null)('fleet apply', () => {
  test('writes what differs as a new version, retires what is gone, and takes it back', async ({ connect }) => {
    const fleet = await twoConnectors(await connect({ people: 5 }));
    expect(await fleet.json('apply')).toMatchObject({ new: [], changed: [], unchanged: 2 });
    await fleet.edit('acme', (text) => `# a comment\n${text}`);
    await fleet.remove('globex');
    const differences = { changed: ['acme'], retired: ['globex'] };
    expect(await fleet.json('apply', '--dry-run')).toMatchObject({ dry_run: true, ...differences });
    expect(await fleet.json('apply')).toMatchObject({ dry_run: false, ...differences });
    expect(await statesIn(fleet)).toEqual({ acme: 'new' });
    expect((await fleet.run('run', 'globex')).code).toBe(2);
    await fleet.write('globex');
    expect(await fleet.json('apply')).toMatchObject({ changed: [], returned: ['globex'], unchanged: 1 });
    const versions = await fleet.database.sql(
      'SELECT connector, max(version) AS v FROM hrsync.config GROUP BY 1 ORDER BY 1',
    );
    expect(versions).toEqual([
      { connector: 'acme', v: 2 },
      { connector: 'globex', v: 1 },
    ]);
  });

  test('names every problem of every file and writes nothing', async ({ connect }) => {
    const fleet = await Fleet.open(await connect({ people: 5 }));
    await fleet.write('acme');
    await fleet.write('globex', { source: { client_secret: 'in-clear' }, document: { state: './globex.db' } });
    await fleet.write('initech', { document: { name: 'other', schedule: { import_all: 'soon' } } });
    const { code, stderr } = await fleet.run('apply');
    expect(code).toBe(2);
    expect(stderr).toContain('globex.yaml:');
    expect(stderr).toContain('source.client_secret: stands in the file in clear');
    expect(stderr).toContain('state: has no place in a fleet');
    expect(stderr).toContain('name: must be the name of the file, initech');
    expect(stderr).toContain('schedule.import_all: must have five fields');
    expect(stderr).not.toContain('in-clear');
    expect(await fleet.database.sql('SELECT 1 FROM hrsync.connector')).toEqual([]);
  });
});

describe.skipIf(NO_POSTGRES !== null)('a worker', () => {
  test('carries out what is asked for, and status tells the truth on the way', async ({ connect }) => {
    const fleet = await twoConnectors(await connect({ people: 5 }));
    expect(await statesIn(fleet)).toEqual({ acme: 'new', globex: 'new' });
    expect((await fleet.run('run', 'acme', '--no-wait')).code).toBe(0);
    expect(await statesIn(fleet)).toEqual({ acme: 'due', globex: 'new' });
    expect(await fleet.json('work', '--once', '--name', 'w1')).toEqual({ format: 1, worker: 'w1', runs: 1, failed: 0 });
    expect(await statesIn(fleet)).toEqual({ acme: 'ok', globex: 'new' });
    expect(await fleet.json('runs')).toMatchObject({
      runs: [{ connector: 'acme', number: 1, command: 'import-all', exit_code: 0, worker: 'w1', error: null }],
    });
  });

  test('lets a paused connector be, and does afterwards what it owes', async ({ connect }) => {
    const fleet = await twoConnectors(await connect({ people: 5 }));
    await fleet.nightfall();
    expect((await fleet.run('pause', 'acme', 'nobody')).code).toBe(2);
    expect((await fleet.run('pause', 'acme')).code).toBe(0);
    expect(await fleet.json('work', '--once')).toMatchObject({ runs: 1 });
    expect(await statesIn(fleet)).toEqual({ acme: 'paused', globex: 'ok' });
    const refused = await fleet.run('run', 'acme');
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('connector acme is paused');
    expect((await fleet.run('resume', 'acme')).code).toBe(0);
    expect(await fleet.json('work', '--once')).toMatchObject({ runs: 1 });
    expect(await statesIn(fleet)).toEqual({ acme: 'ok', globex: 'ok' });
  });

  test('shows a failure that began no run, and tries again later', async ({ connect }) => {
    const fleet = await twoConnectors(await connect({ people: 5 }), {
      allow: { environment: ['HR_*'] },
      secrets: { command: ['false', '{name}'] },
    });
    await fleet.nightfall();
    const { code, stderr } = await fleet.run('work', '--once');
    expect(code).toBe(0);
    expect(stderr).toContain('secrets.command of the fleet, which failed with exit code 1');
    expect(await statesIn(fleet)).toEqual({ acme: 'failing', globex: 'failing' });
    expect((await fleet.run('status')).code).toBe(4);
    const owed = await fleet.database.sql(
      'SELECT attempts, retry_at > now() AS later, owed_since IS NOT NULL AS owed FROM hrsync.connector',
    );
    expect(owed).toEqual([1, 2].map(() => ({ attempts: 1, later: true, owed: true })));
  });

  test('gets a secret from a command without a shell', async ({ connect }) => {
    const connector = await connect({ people: 5 });
    const command = ['printf', '%s', 'lms-secret-4Zk8pLm3'];
    const fleet = await twoConnectors(connector, { allow: { environment: ['HR_*'] }, secrets: { command } });
    await fleet.nightfall();
    expect(await fleet.json('work', '--once')).toMatchObject({ runs: 2, failed: 0 });
  });

  test('of a version that is too old for the database takes no more and says so', async ({ connect }) => {
    const fleet = await twoConnectors(await connect({ people: 5 }));
    await fleet.nightfall();
    await fleet.database.sql('UPDATE hrsync.fleet SET schema_version = 99');
    expect(await fleet.json('work', '--once')).toMatchObject({ runs: 2 });
    await fleet.nightfall();
    const worker = fleet.start('work', '--name', 'old');
    await working(fleet);
    await fleet.database.sql('UPDATE hrsync.fleet SET least_version = 99');
    const { code, stderr } = await worker.ended;
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('the database needs schema version 99');
  });

  test('drains when it is asked to, and ends well at SIGTERM', async ({ connect }) => {
    const fleet = await twoConnectors(await connect({ people: 5 }));
    const drained = fleet.start('work', '--name', 'w1');
    await working(fleet);
    expect((await fleet.run('work', '--name', 'w1')).code).toBe(2);
    expect((await fleet.run('drain', 'nobody')).code).toBe(2);
    expect((await fleet.run('drain', 'w1')).code).toBe(0);
    expect((await drained.ended).code).toBe(0);
    const stopped = fleet.start('work', '--name', 'w2');
    await working(fleet);
    const asked = fleet.start('run', 'acme');
    expect((await asked.ended).code).toBe(0);
    stopped.child.kill('SIGTERM');
    expect((await stopped.ended).code).toBe(0);
    expect(await fleet.json('status')).toMatchObject({ workers: [] });
  });
});

describe.skipIf(NO_POSTGRES !== null)('the other commands', () => {
  test('work on a connector of the fleet, and know it as its own', async ({ connect }) => {
    const connector = await connect({ people: 5 });
    const fleet = await twoConnectors(connector);
    const at = (...args: readonly string[]) => connector.run([...args, '-c', 'fleet.yaml', '--connector', 'acme']);
    expect((await at('import-all')).code).toBe(0);
    expect(JSON.parse((await at('status', '--json')).stdout)).toMatchObject({
      connector: 'acme',
      last_run: { number: 1 },
    });
    expect((await at('verify')).code).toBe(0);
    expect((await fleet.run('run', 'acme', '--dry-run')).code).toBe(0);
    expect(await statesIn(fleet)).toEqual({ acme: 'ok', globex: 'new' });
    const unknown = await connector.run(['status', '-c', 'fleet.yaml', '--connector', 'initech']);
    expect(unknown.code).toBe(2);
    expect(unknown.stderr).toContain('the fleet has no connector called initech');
  });

  test('forget a person everywhere', async ({ connect }) => {
    const connector = await connect({ people: 5 });
    const fleet = await twoConnectors(connector);
    await fleet.nightfall();
    await fleet.json('work', '--once');
    const [person] = connector.company.people.filter(({ id }) => connector.lms.findByExternalId(String(id)) !== null);
    const id = String(person?.id);
    expect((await fleet.run('forget', id, '--everywhere')).code).toBe(2);
    const forgotten = await fleet.json('forget', id, '--everywhere', '--leave-account-open');
    expect(forgotten).toMatchObject({ connectors: TWO.map((name) => ({ connector: name, forgotten: id })) });
    const left = await fleet.database.sql('SELECT 1 FROM hrsync.snapshot WHERE employee_id = $1', [id]);
    expect(left).toEqual([]);
  });
});

describe.skipIf(NO_POSTGRES !== null)('the door of a fleet', () => {
  test('takes webhooks in for a connector by its own secret, and a worker deals with them', async ({ connect }) => {
    const connector = await connect({ people: 5 });
    const fleet = await Fleet.open(connector, { serve: { port: 0 } });
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of the config
    await fleet.write('acme', { document: { serve: { personio: { token: '${HR_HOOK}' } } } });
    await fleet.run('apply');
    await connector.run(['import-all', '-c', 'fleet.yaml', '--connector', 'acme'], { HR_HOOK: TOKEN });
    const server = await Server.start(connector, { HR_HOOK: TOKEN }, ['fleet', 'serve', '-c', 'fleet.yaml']);
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Principal' });
    const event = JSON.stringify(delivery('employment.updated', person.id));
    const post = (path: string, token: string) => server.post(path, event, { Authorization: token });
    expect(await post('/webhooks/nobody/personio', TOKEN)).toBe(404);
    expect(await post('/webhooks/acme/kombo', TOKEN)).toBe(404);
    expect(await post('/webhooks/acme/personio', 'Bearer another-token-00')).toBe(401);
    expect(await statesIn(fleet)).toEqual({ acme: 'ok' });
    expect(await post('/webhooks/acme/personio', TOKEN)).toBe(204);
    expect(await post('/webhooks/acme/personio', TOKEN)).toBe(204);
    expect(await statesIn(fleet)).toEqual({ acme: 'due' });
    expect(await server.metrics()).toContain('hrsync_fleet_connectors{state="due"} 1');
    const worker = await connector.run(['fleet', 'work', '--once', '--json', '-c', 'fleet.yaml'], { HR_HOOK: TOKEN });
    expect(JSON.parse(worker.stdout)).toMatchObject({ runs: 1, failed: 0 });
    expect(connector.account(person).jobTitle).toBe('Principal');
    const waiting = await fleet.database.sql('SELECT 1 FROM hrsync.inbox WHERE NOT done');
    expect(waiting).toEqual([]);
    await server.stop();
  });
});

async function working(fleet: Fleet): Promise<void> {
  for (;;) {
    const { workers } = (await fleet.json('status')) as { workers: readonly { state: string }[] };
    if (workers.some(({ state }) => state === 'working')) return;
    await wait(100);
  }
}
