import type { DatabasePlace } from '../../../core/state-place.js';
import { Connection } from '../connection.js';
import { refuseVersion, schemaVersion } from '../migrate.js';
import { statement, type Value } from '../statement.js';
import type { FleetDatabase, FleetQuery } from './database.js';

/** Connections of one process for what stands beside the states; each run has its own besides. */
const MOST = 4;

/**
 * A few connections that are made when they are needed. One that fails is thrown away, and the next statement makes a new
 * one: unlike a run, a worker outlives a restart of the database.
 */
export class Pool implements FleetDatabase {
  readonly #idle: Connection[] = [];
  readonly #waiting: (() => void)[] = [];
  #open = 0;

  constructor(private readonly place: DatabasePlace) {}

  query: FleetQuery = (text, values = []) =>
    this.#with((connection) => connection.run(statement(text, ...asValues(values))));

  transact<Result>(work: (query: FleetQuery) => Promise<Result>): Promise<Result> {
    return this.#with((connection) =>
      connection.transact((run) => work((text, values = []) => run(statement(text, ...asValues(values))))),
    );
  }

  async close(): Promise<void> {
    await Promise.all(this.#idle.splice(0).map((connection) => connection.close()));
  }

  async #with<Result>(work: (connection: Connection) => Promise<Result>): Promise<Result> {
    while (this.#idle.length === 0 && this.#open >= MOST)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    let connection = this.#idle.pop() ?? null;
    if (connection === null) this.#open += 1;
    try {
      connection ??= await this.#make();
      const result = await work(connection);
      this.#idle.push(connection);
      return result;
    } catch (error) {
      this.#open -= 1;
      await connection?.close();
      throw error;
    } finally {
      this.#waiting.shift()?.();
    }
  }

  async #make(): Promise<Connection> {
    const connection = await Connection.open(this.place, { writes: true });
    try {
      refuseVersion(connection, await schemaVersion(connection));
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }
}

function asValues(values: readonly unknown[]): readonly Value[] {
  return values as readonly Value[];
}
