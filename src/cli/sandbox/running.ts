import { lstat, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { UsageError } from '../../errors.js';
import { writePrivately } from '../../report/private-file.js';
import type { HostProcess } from '../process.js';
import { temporaryFolder } from '../temporary-folder.js';

type Host = Pick<HostProcess, 'env'>;

const LOOPBACK = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\]):\d+\/_sandbox$/;

/** A folder that only this user may write: each sandbox that runs leaves its control address there. */
async function folderOf(host: Host): Promise<string> {
  const folder = join(temporaryFolder(host), `hrsync-sandbox-${userInfo().uid}`);
  await mkdir(folder, { mode: 0o700 }).catch(() => undefined);
  const found = await lstat(folder);
  const isOurs =
    found.isDirectory() && (found.uid === userInfo().uid || userInfo().uid < 0) && (found.mode & 0o022) === 0;
  if (!isOurs) throw new UsageError(`${folder} belongs to somebody else: name the sandbox with --control ADDRESS`);
  return folder;
}

/** Lets other commands find a sandbox while it runs; gives what takes that back. */
export async function announce(host: Host, url: string): Promise<() => Promise<void>> {
  const file = join(await folderOf(host), `${new URL(url).port}.url`);
  await writePrivately(file, [url]);
  return () => rm(file, { force: true });
}

/**
 * The control address of the sandbox that runs on this machine, or of the one that is named.
 *
 * @throws UsageError where none runs, or several do and none is named
 */
export async function findSandbox(host: Host, named: string | undefined): Promise<string> {
  if (named !== undefined) {
    const url = named.replace(/\/+$/, '').replace(/(:\d+)$/, '$1/_sandbox');
    if (!LOOPBACK.test(url))
      throw new UsageError(`--control ${named} is no address such as http://127.0.0.1:4402/_sandbox`);
    return url;
  }
  const folder = await folderOf(host);
  const running: string[] = [];
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const url = (await readFile(file, 'utf8').catch(() => '')).trim();
    if (LOOPBACK.test(url) && (await answers(url))) running.push(url);
    else await rm(file, { force: true });
  }
  const [one, ...others] = running;
  if (one === undefined)
    throw new UsageError('no sandbox runs on this machine: start one in another terminal', {
      next: 'Start one: hrsync sandbox --write-config sandbox.yaml',
    });
  if (others.length > 0)
    throw new UsageError(`${running.length} sandboxes run on this machine`, {
      next: `Name one of them, such as --control ${one}`,
    });
  return one;
}

/** Asks the control API of a sandbox; what it refuses is a fault of the command line. */
export async function askControl(url: string, method: 'GET' | 'POST' | 'DELETE', body?: object): Promise<unknown> {
  const init = body === undefined ? { method } : { method, headers: JSON_BODY, body: JSON.stringify(body) };
  const response = await fetch(url, init).catch((cause: unknown) => {
    throw new UsageError(`no sandbox answers at ${url}`, {
      cause,
      next: 'Start one: hrsync sandbox --write-config sandbox.yaml',
    });
  });
  const text = await response.text();
  if (response.ok) return text === '' || !isJson(response) ? text : JSON.parse(text);
  throw new UsageError(`the sandbox refuses that: ${errorIn(text)}`, {
    next: 'List what can be asked for: hrsync sandbox event, hrsync sandbox fault',
  });
}

const JSON_BODY = { 'Content-Type': 'application/json' };

function isJson(response: Response): boolean {
  return response.headers.get('Content-Type')?.includes('json') === true;
}

function errorIn(text: string): string {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && 'error' in parsed ? String(parsed.error) : text;
  } catch {
    return text.slice(0, 200);
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).ok;
  } catch {
    return false;
  }
}
