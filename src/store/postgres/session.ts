import { LeaseLostError } from '../../errors-state.js';
import type { Connection, Run } from './connection.js';
import { type Answers, GroupWrite } from './group-write.js';
import type { Lease } from './lease.js';
import type { Row, Statement } from './statement.js';

/**
 * The connection of a store, and the lease that it writes under. Each transaction that writes first checks the token of the
 * lease, in the same round trip.
 */
export class Session {
  readonly #group: GroupWrite;

  constructor(
    private readonly connection: Connection,
    /** Null for a store that only reads: the server refuses its writes. */
    private readonly lease: Lease | null,
  ) {
    this.#group = new GroupWrite((statements) => this.write(statements));
  }

  get connector(): string {
    return this.connection.place.connector;
  }

  /** The worker that writes; null for a run of one connector. */
  get worker(): string | null {
    return this.lease?.worker ?? null;
  }

  /** Gives the rows of one query. */
  async read<Found extends Row>(query: Statement): Promise<readonly Found[]> {
    return (await this.connection.run(query)) as readonly Found[];
  }

  /** Gives the rows of one query of a connector, or of its first row. */
  async first<Found extends Row>(query: Statement): Promise<Found | null> {
    return (await this.read<Found>(query))[0] ?? null;
  }

  /** Writes statements in one fenced transaction, and gives the rows of each. */
  async write(statements: readonly Statement[]): Promise<Answers> {
    if (statements.length === 0) return [];
    const checks = this.#fence();
    return (await this.#fenced(() => this.connection.batch([...checks, ...statements]))).slice(checks.length);
  }

  /** The same together with what others write at about the same time: one wait for the disk serves them all. */
  writeSoon(statements: readonly Statement[]): Promise<Answers> {
    return this.#group.add(statements);
  }

  /** A fenced transaction whose later statements depend on earlier answers. */
  transact<Result>(work: (run: Run) => Promise<Result>): Promise<Result> {
    const checks = this.#fence();
    return this.#fenced(() =>
      this.connection.transact(async (run) => {
        for (const check of checks) await run(check);
        return work(run);
      }),
    );
  }

  /** Runs a statement that allows no transaction around it. */
  async alone(one: Statement): Promise<void> {
    this.lease?.demand();
    await this.connection.run(one);
  }

  close(): Promise<void> {
    return this.connection.close();
  }

  // The first who meets a foreign token tells everybody: nothing more may leave either.
  async #fenced<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof LeaseLostError) this.lease?.lose(error);
      throw error;
    }
  }

  #fence(): readonly Statement[] {
    if (this.lease === null) return [];
    this.lease.demand();
    return [this.lease.fence];
  }
}
