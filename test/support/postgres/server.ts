import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { BINARIES, MAJOR, NO_POSTGRES, SERVER_USER } from './binaries.js';

/** Passwords of the servers in tests; output that holds one is a leak. */
export const PASSWORD = 'Sesam-Oeffne-Dich-4711';
/** The role that owns the databases; it is no superuser, who would see past row level security. */
export const OWNER = 'hrsync_test';

/** A server of its own in a folder of its own, on this machine only. */
export interface Server {
  readonly folder: string;
  readonly port: number;
}

/** Makes a cluster in a folder and starts its server, which stays when this process ends: `stopServer` ends it. */
export async function startServer(folder: string): Promise<Server> {
  makeCluster(folder);
  const server = { folder, port: await freePort() };
  await restartServer(server);
  await onServer(server, 'postgres', 'postgres', `CREATE ROLE ${OWNER} LOGIN PASSWORD '${PASSWORD}'`);
  return server;
}

/** Starts the server of a cluster that is not running. */
export async function restartServer({ folder, port }: Server): Promise<void> {
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'shared_buffers=32MB',
  ];
  const log = openSync(join(folder, 'log'), 'a', 0o644);
  const options = ['-D', join(folder, 'data'), '-p', String(port), ...settings.flatMap((one) => ['-c', one])];
  // English messages, so that a test sees the same text everywhere.
  const env = { PATH: process.env['PATH'], LC_ALL: 'C' };
  const child = spawn(program('postgres'), options, {
    ...SERVER_USER,
    env,
    cwd: folder,
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  for (const until = Date.now() + 60_000; ; ) {
    if (await answers(port)) return;
    if (child.exitCode !== null || Date.now() > until) {
      throw new Error(`PostgreSQL did not start: ${readFileSync(join(folder, 'log'), 'utf8').slice(-2_000)}`);
    }
    await wait(50);
  }
}

/** Ends a server by the id in its own file: `fast` breaks connections off, `immediate` is a crash. */
export async function stopServer(
  { folder }: Pick<Server, 'folder'>,
  how: 'fast' | 'immediate' = 'fast',
): Promise<void> {
  const pid = pidOf(folder);
  if (pid === null) return;
  process.kill(pid, how === 'fast' ? 'SIGINT' : 'SIGQUIT');
  for (const until = Date.now() + 30_000; Date.now() < until && pidOf(folder) === pid && isAlive(pid); ) await wait(20);
}

/** Stops a server and removes its folder. */
export async function removeServer(server: Pick<Server, 'folder'>): Promise<void> {
  await stopServer(server);
  rmSync(server.folder, { recursive: true, force: true });
}

/** Runs SQL on a server as its superuser (or another role) and gives the rows of the last statement. */
export async function onServer(
  { port }: Pick<Server, 'port'>,
  database: string,
  user: string,
  sql: string,
  values?: readonly unknown[],
): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ host: '127.0.0.1', port, database, user, password: PASSWORD });
  // A test may stop the server under a connection that is about to close.
  client.on('error', () => undefined);
  await client.connect();
  try {
    const result = await client.query(sql, values === undefined ? undefined : [...values]);
    return (Array.isArray(result) ? result.at(-1) : result).rows;
  } finally {
    await client.end();
  }
}

/** The address of a database on a server, for a config. */
export function addressOf({ port }: Pick<Server, 'port'>, database: string, user = OWNER): string {
  return `postgres://${user}:${PASSWORD}@127.0.0.1:${port}/${database}`;
}

/** Makes an empty database. */
export async function createDatabase(server: Pick<Server, 'port'>, name: string): Promise<string> {
  await onServer(server, 'postgres', 'postgres', `CREATE DATABASE ${name} OWNER ${OWNER}`);
  return addressOf(server, name);
}

function makeCluster(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const passwords = join(folder, 'password');
  writeFileSync(passwords, PASSWORD, { mode: 0o600 });
  if (SERVER_USER !== null) {
    for (const path of [folder, passwords]) chownSync(path, SERVER_USER.uid, SERVER_USER.gid);
    // The user of the server has to reach its folder in ours.
    chmodSync(dirname(folder), 0o711);
  }
  // A language's order, where the programs know one: a comparison that forgets COLLATE "C" fails then.
  const order = MAJOR >= 15 ? ['--locale-provider=icu', '--icu-locale=de'] : [];
  execFileSync(
    program('initdb'),
    [
      ...['-D', join(folder, 'data'), '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--no-sync', ...order],
      ...['--auth=scram-sha-256', `--pwfile=${passwords}`],
    ],
    { ...SERVER_USER, cwd: folder, stdio: 'pipe' },
  );
}

function program(name: string): string {
  if (BINARIES === null) throw new Error(NO_POSTGRES ?? '');
  return join(BINARIES, name);
}

function pidOf(folder: string): number | null {
  try {
    return Number(readFileSync(join(folder, 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return null;
  }
}

/** Whether there is a process of this id. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    await onServer({ port }, 'postgres', 'postgres', 'SELECT 1');
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no port is free');
  return address.port;
}
