import { readFileSync } from 'node:fs';
import type { Client, QueryResult } from 'pg';
import { type Address, parseAddress } from '../../core/database-address.js';
import { type DatabasePlace, shownPlace } from '../../core/state-place.js';
import { StateError } from '../../errors.js';
import { DatabaseError } from '../../errors-state.js';
import { type Row, type Statement, statement } from './statement.js';
import { isAborted, translated } from './trouble.js';

/** How long making a connection may take, and how long any answer may, in ms. */
const CONNECT_TIMEOUT = 15_000;
const ANSWER_TIMEOUT = 300_000;
/** How long a statement of ours waits for a lock, in ms: others hold locks for a moment only. */
const LOCK_TIMEOUT = 10_000;

/** What a connection is for. */
export interface ConnectionOptions {
  /** Whether it may write; a connection that only reads is held to it by the server. */
  readonly writes: boolean;
}

/** Runs one statement in an open transaction. */
export type Run = (statement: Statement) => Promise<readonly Row[]>;

const BEGIN = statement('BEGIN');
const COMMIT = statement('COMMIT');
const ROLLBACK = statement('ROLLBACK');

/**
 * The settings of a session, in one statement. A transaction that stands still ends before the grace does: a frozen process
 * must not keep its locks from a taker. What the owner of the server asks of commits holds,
 * unless it is not durable.
 */
const SETTINGS = `SELECT set_config('hrsync.connector', $1, false), set_config('search_path', 'hrsync, pg_temp', false),
  set_config('default_transaction_isolation', 'read committed', false), set_config('jit', 'off', false),
  set_config('default_transaction_read_only', $2, false), set_config('lock_timeout', $3, false),
  set_config('idle_in_transaction_session_timeout', $4, false), set_config('client_min_messages', 'warning', false),
  set_config('TimeZone', 'UTC', false), set_config('synchronous_commit',
    CASE WHEN current_setting('synchronous_commit') IN ('off', 'local') THEN 'on'
      ELSE current_setting('synchronous_commit') END, false)`;

/**
 * One connection to the database of a state. Statements are sent without waiting for the answers to those before, so a
 * transaction costs one round trip. A connection that is lost is not made anew: the run ends, and the next one recovers.
 */
export class Connection {
  readonly #names = new Map<string, string>();
  readonly #lost = new AbortController();
  /** Resolved while no transaction with answers in between is open: whatever is sent then would become a part of it. */
  #free: Promise<void> = Promise.resolve();
  #isTaken = false;

  private constructor(
    private readonly client: Client,
    readonly place: DatabasePlace,
  ) {
    client.on('error', (error) => this.#lose(error));
  }

  /**
   * Connects.
   *
   * @throws DatabaseError when the package is missing, or the database cannot be reached or lets nobody in
   */
  static async open(place: DatabasePlace, { writes }: ConnectionOptions): Promise<Connection> {
    const shown = shownPlace(place);
    const { grace } = place.lease;
    const address = parseAddress(place.url);
    if ('wrong' in address) throw new DatabaseError(shown, { kind: 'address', detail: `it ${address.wrong}` });
    const Client = await loadClient(shown);
    const client = new Client({ ...settingsOf(address, shown), pipeline: true, types: TYPES });
    const connection = new Connection(client, place);
    try {
      await client.connect();
      const idle = Math.ceil(grace / 2);
      await connection.run(
        statement(SETTINGS, place.connector, writes ? 'off' : 'on', String(LOCK_TIMEOUT), String(idle)),
      );
      return connection;
    } catch (error) {
      client.end().catch(() => undefined);
      throw error instanceof StateError ? error : translated(error, shown, 'unreachable');
    }
  }

  /** Aborted when the connection is lost or broken off; its reason is the error. */
  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** Runs one statement by itself and gives its rows. */
  async run(one: Statement): Promise<readonly Row[]> {
    while (this.#isTaken) await this.#free;
    return (await this.#send(one)).rows;
  }

  /** Runs statements in one transaction and one round trip, and gives the rows of each; all of them count, or none. */
  async batch(statements: readonly Statement[]): Promise<readonly (readonly Row[])[]> {
    while (this.#isTaken) await this.#free;
    const sent = [BEGIN, ...statements, COMMIT].map((one) => this.#send(one));
    const answers = await Promise.allSettled(sent);
    const failed = answers.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
    // Those after the first one fail because it did.
    const first = failed.find((error) => !isAborted(error)) ?? failed[0];
    if (first !== undefined) throw first;
    const results = answers.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
    if (results.at(-1)?.command !== 'COMMIT') throw new Error('the database did not commit a transaction');
    return results.slice(1, -1).map(({ rows }) => rows);
  }

  /** Runs a transaction whose later statements depend on earlier answers. */
  async transact<Result>(work: (run: Run) => Promise<Result>): Promise<Result> {
    while (this.#isTaken) await this.#free;
    this.#isTaken = true;
    let release: () => void = () => undefined;
    this.#free = new Promise((resolve) => {
      release = resolve;
    });
    const run: Run = async (one) => (await this.#send(one)).rows;
    try {
      await run(BEGIN);
      try {
        const result = await work(run);
        const { command } = await this.#send(COMMIT);
        if (command !== 'COMMIT') throw new Error('the database did not commit a transaction');
        return result;
      } catch (error) {
        await run(ROLLBACK).catch(() => undefined);
        throw error;
      }
    } finally {
      this.#isTaken = false;
      release();
    }
  }

  /** Ends the connection in good order. */
  async close(): Promise<void> {
    // Not reached any more: there is nothing to end.
    if (!this.#lost.signal.aborted) await this.client.end().catch(() => undefined);
  }

  /** Breaks the connection off; what waits for an answer fails with this error, and so does all that follows. */
  breakOff(error: Error): void {
    this.#lost.abort(error);
    this.client.end().catch(() => undefined);
    streamOf(this.client)?.destroy();
  }

  async #send({ text, values }: Statement): Promise<QueryResult<Row>> {
    this.#lost.signal.throwIfAborted();
    try {
      const name = values.length === 0 ? undefined : this.#nameOf(text);
      return await this.client.query<Row>({ text, values: [...values], ...(name !== undefined && { name }) });
    } catch (error) {
      this.#lost.signal.throwIfAborted();
      throw translated(error, shownPlace(this.place), 'lost');
    }
  }

  #nameOf(text: string): string {
    const name = this.#names.get(text) ?? `s${this.#names.size}`;
    this.#names.set(text, name);
    return name;
  }

  #lose(error: Error): void {
    this.#lost.abort(translated(error, shownPlace(this.place), 'lost'));
  }
}

async function loadClient(shown: string): Promise<typeof Client> {
  try {
    return (await import('pg')).default.Client;
  } catch (error) {
    throw new DatabaseError(shown, { kind: 'package', name: 'pg' }, { cause: error });
  }
}

function settingsOf({ host, port, database, user, password, tls }: Address, shown: string) {
  return {
    host,
    port,
    database,
    user,
    ...(password !== undefined && { password }),
    ssl: tls.mode === 'off' ? false : { rejectUnauthorized: true, ...(tls.caFile && { ca: caOf(tls.caFile, shown) }) },
    application_name: 'hrsync',
    keepAlive: true,
    connectionTimeoutMillis: CONNECT_TIMEOUT,
    query_timeout: ANSWER_TIMEOUT,
  };
}

function caOf(file: string, shown: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DatabaseError(
      shown,
      { kind: 'address', detail: `sslrootcert cannot be read: ${reason}` },
      { cause: error },
    );
  }
}

/** Numbers of eight bytes count ids and rows here, which stay far below what a number of JavaScript holds. */
const INT8 = 20;
const TYPES = {
  getTypeParser: (oid: number) => (oid === INT8 ? Number : (PARSERS[oid] ?? ((text: string) => text))),
};
const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  16: (text) => text === 't',
  21: Number,
  23: Number,
  700: Number,
  701: Number,
  3802: (text) => JSON.parse(text) as unknown,
};

function streamOf(client: Client): { destroy(): void } | null {
  const { connection } = client as unknown as { readonly connection?: { readonly stream?: { destroy(): void } } };
  return connection?.stream ?? null;
}
