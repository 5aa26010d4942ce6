import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';

/** The folder with PostgreSQL's programs: `HRSYNC_POSTGRES`, Debian's newest, or one on the path; null where there is none. */
export const BINARIES: string | null =
  [process.env['HRSYNC_POSTGRES'] ?? '', ...ofDebian(), ...onPath()].find(hasServer) ?? null;

/** Why tests with PostgreSQL are left out on this machine; null where they run. */
export const NO_POSTGRES =
  BINARIES === null ? 'PostgreSQL is not installed here (set HRSYNC_POSTGRES to the folder with initdb)' : null;

/** As whom a server must run: PostgreSQL refuses to run as root. */
export const SERVER_USER: { readonly uid: number; readonly gid: number } | null =
  process.getuid?.() === 0 ? userOfPostgres() : null;

/** The major version of the programs; 0 where there are none. */
export const MAJOR = Number(/\/(\d+)\/bin$/.exec(BINARIES ?? '')?.[1] ?? 0);

if (NO_POSTGRES !== null && process.env['VITEST_POOL_ID'] === '1') process.stdout.write(`Left out: ${NO_POSTGRES}.\n`);

function ofDebian(): string[] {
  try {
    const versions = readdirSync(DEBIAN).map(Number).filter(Number.isInteger);
    return versions.sort((left, right) => right - left).map((version) => join(DEBIAN, String(version), 'bin'));
  } catch {
    return [];
  }
}

function onPath(): string[] {
  return (process.env['PATH'] ?? '').split(delimiter);
}

function hasServer(folder: string): boolean {
  if (folder === '') return false;
  try {
    for (const program of ['initdb', 'postgres']) accessSync(join(folder, program), constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function userOfPostgres(): { uid: number; gid: number } {
  const found = /^postgres:[^:]*:(\d+):(\d+):/m.exec(readFileSync('/etc/passwd', 'utf8'));
  if (found === null) throw new Error('there is no user "postgres" for a server to run as');
  return { uid: Number(found[1]), gid: Number(found[2]) };
}
