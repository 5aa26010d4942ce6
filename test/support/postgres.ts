import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { createDatabase, onServer, type Server, startServer } from './postgres/server.js';

export { NO_POSTGRES } from './postgres/binaries.js';

/** An empty database of its own on the server of this test run. */
export interface TestDatabase {
  /** Its address with the password, for a config. */
  readonly url: string;
  readonly name: string;
  readonly server: Server;
  /** Runs SQL as superuser: it sees past row level security. */
  sql(text: string, values?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
}

/**
 * Makes a database; one a file is enough, because connectors of other names do not see each other. It goes with the test
 * run. A test that stops its server brings one of its own. Tests that use it are left out where `NO_POSTGRES` says why.
 */
export async function makeDatabase(own?: Server): Promise<TestDatabase> {
  const server = own ?? (await sharedServer());
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const url = await createDatabase(server, name);
  return { url, name, server, sql: (text, values) => onServer(server, name, 'postgres', text, values) };
}

/** The server of this test run: whoever makes the folder `lock` starts it, everybody else waits for `port`. */
async function sharedServer(): Promise<Server> {
  const run = process.env['HRSYNC_POSTGRES_RUN'];
  if (run === undefined) throw new Error('the test run has not reserved a server: see vitest.config.ts');
  const [folder, port, failed] = [join(run, 'server'), join(run, 'port'), join(run, 'failed')];
  if (made(join(run, 'lock'))) {
    const server = await startServer(folder).catch((error: unknown) => {
      writeFileSync(failed, '');
      throw error;
    });
    writeFileSync(`${port}-new`, String(server.port));
    renameSync(`${port}-new`, port);
  }
  for (const until = Date.now() + 90_000; !existsSync(port); await wait(50))
    if (existsSync(failed) || Date.now() > until)
      throw new Error('another test file could not start PostgreSQL; its own failure says why');
  return { folder, port: Number(readFileSync(port, 'utf8')) };
}

function made(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch {
    return false;
  }
}
