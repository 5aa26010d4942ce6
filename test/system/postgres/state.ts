import { onTestFinished } from 'vitest';
import type { Intercept } from '../../../src/sandbox/index.js';
import type { Ended, Running } from '../../support/command.js';
import type { Connect, Connector } from '../../support/connector.js';
import { type DatabaseProxy, startProxy } from '../../support/postgres/proxy.js';
import { OWNER, onServer, PASSWORD, type Server } from '../../support/postgres/server.js';
import { makeDatabase, type TestDatabase } from '../../support/postgres.js';
import { filledIn, type Memory, portraitOf } from '../kill/portrait.js';
import type { Story } from '../kill/situation.js';

/** Time of the leases here, in ms: short enough to wait for, long enough for a busy machine. */
export const LEASE = { lasts: 6_000, grace: 7_000 };

/** What every config of these tests has. */
export const CONFIG = {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference of the config
  document: { state: '${DATABASE_SECRET}', lease: { for: '6s', grace: '7s' } },
  source: { timeout_seconds: 5 },
  target: { timeout_seconds: 5 },
  safety: { max_deactivations: '50%' },
} as const;

/** What can be chosen about such a connector. */
interface DatabaseOptions {
  readonly concurrency?: number;
  readonly requestsPerSecond?: number;
  readonly company?: Story['company'] | { readonly size: number };
  /** A server of the test's own, which it may stop; otherwise that of the test run. */
  readonly server?: Server;
}

/** A connector whose state is in a database, which it reaches through a proxy. */
export class DatabaseConnector {
  intercept: Intercept = (_, handle) => handle();

  private constructor(
    readonly connector: Connector,
    readonly database: TestDatabase,
    readonly proxy: DatabaseProxy,
  ) {}

  static async open(
    connect: Connect,
    { concurrency = 1, requestsPerSecond = 1_000, company = { size: 12 }, server }: DatabaseOptions = {},
  ): Promise<DatabaseConnector> {
    const database = await makeDatabase(server);
    const proxy = await startProxy(database.server.port);
    onTestFinished(() => proxy.stop());
    let opened: DatabaseConnector | null = null;
    const target = { ...CONFIG.target, concurrency, requests_per_second: requestsPerSecond };
    const connector = await connect({
      sandbox: {
        company,
        intercept: (request, handle) => (opened === null ? handle() : opened.intercept(request, handle)),
      },
      config: { ...CONFIG, target },
    });
    // As if from another host; what is to be disturbed goes through the proxy.
    connector.env = { DATABASE_SECRET: database.url, PASSWORD_SECRET: PASSWORD };
    opened = new DatabaseConnector(connector, database, proxy);
    return opened;
  }

  /** Starts the command in a process that reaches the database through the proxy. */
  start(...args: readonly string[]): Running {
    const url = this.database.url.replace(/:\d+\//, `:${this.proxy.port}/`);
    return this.connector.start(args, { DATABASE_SECRET: url });
  }

  /** Runs the command to its end, past the proxy. */
  run(...args: readonly string[]): Promise<Ended> {
    return this.connector.run(args);
  }

  /** Lets the time of a lease and its grace pass, as far as the database is concerned. */
  async letLeasePass(): Promise<void> {
    await this.database.sql(`UPDATE hrsync.lease SET until = until - interval '1 hour' WHERE token IS NOT NULL`);
  }

  /** Keeps everything that the database holds; the function goes back to it. */
  async save(): Promise<() => Promise<void>> {
    const { server, name } = this.database;
    const sql = (text: string) => onServer(server, 'postgres', 'postgres', text);
    await sql(`CREATE DATABASE ${name}_saved TEMPLATE ${name}`);
    return async () => {
      await sql(`DROP DATABASE ${name} WITH (FORCE)`);
      // With its owner: one who does not own a database makes no schema in it.
      await sql(`CREATE DATABASE ${name} TEMPLATE ${name}_saved OWNER ${OWNER}`);
    };
  }

  /** Everything that the LMS holds, and what the state says of it, without what depends on the number of runs. */
  async portrait(): Promise<object> {
    return { lms: portraitOf(this.connector.lms), memory: await this.memory() };
  }

  async memory(): Promise<Memory> {
    const rows = (query: string) => this.database.sql(query);
    const snapshots = await rows(
      `SELECT employee_id, state, name, email, manager, fields, hash, awaiting_manager, start_date,
         missing_since IS NOT NULL AS missing FROM hrsync.snapshot ORDER BY employee_id`,
    );
    return {
      snapshots: snapshots.map((row) => [
        String(row['employee_id']),
        { ...row, fields: filledIn(String(row['fields'])), hash: row['state'] === 'active' ? row['hash'] : null },
      ]),
      invitations: await rows(
        'SELECT employee_id, hire, state, due, start_date FROM hrsync.invitation ORDER BY employee_id, hire',
      ),
      schedule: await rows('SELECT kind, employee_id, on_day FROM hrsync.schedule ORDER BY employee_id'),
      failures: await rows('SELECT employee_id, kind, error FROM hrsync.failure'),
      open: await rows(
        `SELECT kind, employee_id, outcome FROM hrsync.journal WHERE outcome IS NULL OR outcome = 'uncertain'`,
      ),
    };
  }
}
