import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { performance } from 'node:perf_hooks';
import { type DatabasePlace, shownPlace } from '../../core/state-place.js';
import { LockedError, type StateError } from '../../errors.js';
import { LeaseLostError } from '../../errors-state.js';
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

interface HolderRow extends Row {
  readonly host: string;
  readonly process: number;
  readonly since: string;
  readonly freeAt: string;
}

const ISO = (column: string) => `to_char((${column}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const MS = (parameter: string) => `${parameter}::integer * interval '1 millisecond'`;
const HOLDER = (waits: string) =>
  `host, process, ${ISO('since')} AS since, ${ISO(`until + greatest(grace, ${MS(waits)})`)} AS "freeAt"`;
const LOOK = `SELECT ${HOLDER('$2')} FROM lease WHERE connector = $1 AND token IS NOT NULL
  AND until + greatest(grace, ${MS('$2')}) > clock_timestamp()`;
const TAKE = `SELECT ${HOLDER('$7')} FROM take_lease($1, $2, $3, $4, $5, ${MS('$6')}, ${MS('$7')}, $8)`;
const RENEW = `UPDATE lease SET until = clock_timestamp() + ${MS('$3')} WHERE connector = $1 AND token = $2
  RETURNING 1 AS renewed`;
const RELEASE = 'SELECT release_lease($1, $2)';

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
    connection.lost.addEventListener('abort', () => this.lose(connection.lost.reason as StateError));
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
    const token = randomUUID();
    const values = [token, worker, hostname(), process.pid, lasts, grace, String(ASK_TIMEOUT)] as const;
    const [holder] = await connection.run(statement(TAKE, place.connector, ...values)).catch((error: unknown) => {
      throw isLockTimeout(error) ? new LockedError(nameOf(place), 'a process that is taking it now') : error;
    });
    if (holder !== undefined) throw held(holder as HolderRow, place);
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
    await this.connection.run(statement(RELEASE, connector, this.#token)).catch(() => undefined);
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
  const [holder] = (await connection.run(statement(LOOK, connector, lease.grace))) as readonly HolderRow[];
  return holder === undefined ? null : { since: holder.since };
}

function held({ process: id, host, since, freeAt }: HolderRow, place: DatabasePlace): LockedError {
  return new LockedError(nameOf(place), `process ${id} on ${host} since ${since}`, 'run', freeAt);
}

function nameOf(place: DatabasePlace): string {
  return `connector ${place.connector} in ${shownPlace(place)}`;
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && codeOf(error.cause) === '55P03';
}
