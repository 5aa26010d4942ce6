import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import { type DatabasePlace, shownPlace } from '../../core/state-place.js';
import { LeaseLostError, LockedError, type StateError } from '../../errors.js';
import type { Lock, LockHolder } from '../lock.js';
import type { Connection } from './connection.js';
import { type Row, type Statement, statement } from './statement.js';
import { codeOf } from './trouble.js';

/** How often a lease is renewed while it lasts. */
const RENEWALS = 3;
/** How long whoever asks for a lease waits for somebody who looks at its row, in ms: the answer is "held", at once. */
const ASK_TIMEOUT = 500;

/** The clocks that a holder judges its deadline by, in ms. */
export interface Clocks {
  /** Stands still while the machine sleeps. */
  readonly monotonic: () => number;
  /** Jumps when the time is corrected. */
  readonly wall: () => number;
}

const CLOCKS: Clocks = { monotonic: () => performance.now(), wall: () => Date.now() };

/** Who takes a lease. */
export interface Taker {
  /** The worker of a fleet that takes it; null for a command. */
  readonly worker?: string | null;
  readonly clocks?: Clocks;
}

interface LeaseRow extends Row {
  readonly token: string | null;
  readonly host: string | null;
  readonly process: number | null;
  readonly since: string | null;
  readonly freeAt: string | null;
  readonly isHeld: boolean;
}

const ISO = (column: string) => `to_char((${column}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
// The longer grace of the two counts: the holder's promise, or the taker's caution.
const FREE_AT = 'until + greatest(grace, $2::integer * interval \'1 millisecond\')';
const COLUMNS = `token, host, process, ${ISO('since')} AS since, ${ISO(FREE_AT)} AS "freeAt",
  token IS NOT NULL AND ${FREE_AT} > clock_timestamp() AS "isHeld"`;
const LOOK = `SELECT ${COLUMNS} FROM lease WHERE connector = $1`;
const LOOK_LOCKED = `${LOOK} FOR UPDATE`;
const ADD = 'INSERT INTO lease (connector) VALUES ($1) ON CONFLICT DO NOTHING';
const TAKE = `UPDATE lease SET token = $2, worker = $3, host = $4, process = $5, since = clock_timestamp(), run = NULL,
  until = clock_timestamp() + $6::integer * interval '1 millisecond', grace = $7::integer * interval '1 millisecond'
  WHERE connector = $1`;
const RENEW = `UPDATE lease SET until = clock_timestamp() + $3::integer * interval '1 millisecond'
  WHERE connector = $1 AND token = $2 RETURNING 1 AS renewed`;
const RELEASE = 'UPDATE lease SET token = NULL, until = NULL, run = NULL WHERE connector = $1 AND token = $2';

/**
 * The right of this process to write for a connector, for a limited time. It is renewed at a third of its time, on a
 * connection of its own. The deadline counts from before each request, and by the earlier of two clocks.
 */
export class Lease implements Lock {
  readonly #lost = new AbortController();
  readonly #token: string;
  #monotonic = 0;
  #wall = 0;
  #isReleased = false;
  #timers: NodeJS.Timeout[] = [];

  private constructor(
    private readonly connection: Connection,
    private readonly clocks: Clocks,
    readonly worker: string | null,
    token: string,
  ) {
    this.#token = token;
  }

  /**
   * Takes the lease of a connector on a connection that becomes the lease's own.
   *
   * @throws LockedError at once when another process holds it
   */
  static async take(connection: Connection, { worker = null, clocks = CLOCKS }: Taker = {}): Promise<Lease> {
    const { place } = connection;
    const { lasts, grace } = place.lease;
    const asked = { monotonic: clocks.monotonic(), wall: clocks.wall() };
    // Looked at without a lock first: a holder that is frozen may keep one.
    refuseHeld(await connection.run(statement(LOOK, place.connector, grace)), place);
    const token = randomUUID();
    try {
      await connection.transact(async (run) => {
        // A commit of the run that follows carries this one to the disk, before anything leaves for the LMS.
        await run(statement('SET LOCAL synchronous_commit = off'));
        await run(statement(`SET LOCAL lock_timeout = ${ASK_TIMEOUT}`));
        await run(statement(ADD, place.connector));
        refuseHeld(await run(statement(LOOK_LOCKED, place.connector, grace)), place);
        await run(statement(TAKE, place.connector, token, worker, hostname(), process.pid, lasts, grace));
      });
    } catch (error) {
      throw isLockTimeout(error) ? new LockedError(shownPlace(place), 'a process that is taking it now') : error;
    }
    const lease = new Lease(connection, clocks, worker, token);
    lease.#count(asked);
    lease.#renewLater();
    return lease;
  }

  get lost(): AbortSignal {
    return this.#lost.signal;
  }

  /** The statement that ends a transaction once the lease is another's. */
  get fence(): Statement {
    return statement('SELECT fence($1, $2)', this.connection.place.connector, this.#token);
  }

  mayWrite(): boolean {
    if (this.#isReleased || this.#lost.signal.aborted) return false;
    if (this.#isInTime()) return true;
    // For good: whoever waits for the grace to pass must be able to rely on it.
    this.lose(new LeaseLostError('it ran out before it could be renewed'));
    return false;
  }

  /** Throws what ended the lease, if it has ended. */
  demand(): void {
    if (this.mayWrite()) return;
    throw this.#lost.signal.aborted ? this.#lost.signal.reason : new LeaseLostError('it was released');
  }

  async release(): Promise<void> {
    if (this.#isReleased) return;
    this.#isReleased = true;
    for (const timer of this.#timers) clearTimeout(timer);
    const { connector } = this.connection.place;
    // What cannot be released runs out by itself.
    const release = [statement('SET LOCAL synchronous_commit = off'), statement(RELEASE, connector, this.#token)];
    await this.connection.batch(release).catch(() => undefined);
    await this.connection.close();
  }

  #isInTime(): boolean {
    return this.clocks.monotonic() < this.#monotonic && this.clocks.wall() < this.#wall;
  }

  #count(asked: { readonly monotonic: number; readonly wall: number }): void {
    const { lasts } = this.connection.place.lease;
    this.#monotonic = asked.monotonic + lasts;
    this.#wall = asked.wall + lasts;
  }

  #renewLater(): void {
    const { lasts } = this.connection.place.lease;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#timers = [
      setTimeout(() => void this.#renew(), lasts / RENEWALS).unref(),
      // Also tells a run that waits for the far end, or for a database that does not answer.
      setTimeout(() => void this.mayWrite(), lasts + 1).unref(),
    ];
  }

  async #renew(): Promise<void> {
    const { connector, lease } = this.connection.place;
    if (!this.mayWrite()) return;
    const asked = { monotonic: this.clocks.monotonic(), wall: this.clocks.wall() };
    try {
      const renewed = await this.connection.run(statement(RENEW, connector, this.#token, lease.lasts));
      // An answer that comes too late is no lease: others may have counted on the deadline before it.
      if (!this.mayWrite()) return;
      if (renewed.length === 0) return this.lose(new LeaseLostError('another process has taken it'));
      this.#count(asked);
      this.#renewLater();
    } catch (error) {
      this.lose(error as StateError);
    }
  }

  /** Notes that the lease is lost, for good. */
  lose(error: StateError): void {
    if (this.#isReleased || this.#lost.signal.aborted) return;
    for (const timer of this.#timers) clearTimeout(timer);
    this.#lost.abort(error);
    this.connection.breakOff(error);
  }
}

/** Who holds the lease of a connector now; null for nobody. Takes nothing and writes nothing. */
export async function readLease(connection: Connection): Promise<LockHolder | null> {
  const { connector, lease } = connection.place;
  const [row] = (await connection.run(statement(LOOK, connector, lease.grace))) as readonly LeaseRow[];
  return row?.isHeld === true ? { since: row.since } : null;
}

function refuseHeld(rows: readonly Row[], place: DatabasePlace): void {
  const [row] = rows as readonly LeaseRow[];
  if (row?.isHeld !== true) return;
  const holder = `process ${row.process} on ${row.host} since ${row.since}`;
  throw new LockedError(`connector ${place.connector} in ${shownPlace(place)}`, holder, 'run', row.freeAt);
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && codeOf(error.cause) === '55P03';
}
