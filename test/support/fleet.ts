import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { parse, stringify } from 'yaml';
import { type ConfigChanges, configText } from './config.js';
import type { Connector } from './connector.js';
import { makeDatabase, type TestDatabase } from './postgres.js';

/** How a fleet differs from the usual one of a test; null takes a key away. */
type FleetChanges = Readonly<Record<string, unknown>>;

/** Times that let a test see a takeover; the time-outs of the connectors fit below the grace. */
const TIMES = { lease: { for: '3s', grace: '3s' }, spread: '0s' };

/** A fleet whose connectors all speak to the sandbox of a test, and its database. */
export class Fleet {
  private constructor(
    readonly connector: Connector,
    readonly database: TestDatabase,
  ) {}

  /** Writes `fleet.yaml` beside the config of a connector, with an empty database that has its tables. */
  static async open(connector: Connector, changes: FleetChanges = {}): Promise<Fleet> {
    const fleet = new Fleet(connector, await makeDatabase());
    await mkdir(join(connector.folder, 'connectors'));
    await fleet.configure(changes);
    await fleet.run('migrate');
    return fleet;
  }

  async configure(changes: FleetChanges): Promise<void> {
    const usual = { version: 1, database: this.database.url, ...TIMES, allow: { environment: ['HR_*', 'LMS_*'] } };
    const merged = Object.entries({ ...usual, ...changes }).filter(([, value]) => value !== null);
    await writeFile(join(this.connector.folder, 'fleet.yaml'), stringify(Object.fromEntries(merged)), { mode: 0o600 });
  }

  /** Writes the file of a connector; its state is the fleet's. */
  async write(name: string, changes: ConfigChanges = {}): Promise<void> {
    const document = { name, state: null, schedule: { import_all: 'never', sync: 'never' }, ...changes.document };
    const quick = { timeout_seconds: 2 };
    const text = configText(this.connector.sandbox, {
      ...changes,
      document,
      source: { ...quick, ...changes.source },
      target: { ...quick, ...changes.target },
    });
    await writeFile(this.fileOf(name), text);
  }

  /** Changes the text of a connector's file. */
  async edit(name: string, change: (text: string) => string): Promise<void> {
    await writeFile(this.fileOf(name), change(await readFile(this.fileOf(name), 'utf8')));
  }

  async remove(name: string): Promise<void> {
    await rm(this.fileOf(name));
  }

  /** Runs a `fleet` command to its end. */
  run(...args: readonly string[]) {
    return this.connector.run(['fleet', ...args, '-c', 'fleet.yaml']);
  }

  /** Runs a `fleet` command that must end well, and reads its document. */
  async json(...args: readonly string[]): Promise<Record<string, unknown>> {
    const { stdout, stderr } = await this.run(...args, '--json');
    expect(stdout, stderr).not.toBe('');
    return parse(stdout) as Record<string, unknown>;
  }

  /** Starts a `fleet` command in a process of its own. */
  start(...args: readonly string[]) {
    return this.connector.start(['fleet', ...args, '-c', 'fleet.yaml']);
  }

  /** Makes every connector owe its night, as the tick would. */
  async nightfall(): Promise<void> {
    await this.database.sql(
      `UPDATE hrsync.connector SET owed = owed || jsonb_build_object('night', $1::text), owed_since = now()`,
      [new Date().toISOString()],
    );
  }

  private fileOf(name: string): string {
    return join(this.connector.folder, 'connectors', `${name}.yaml`);
  }
}
