import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { LockedError, StateError } from '../../../src/errors.js';
import type { Lock } from '../../../src/store/lock.js';
import { acquireLock } from '../../../src/store/sqlite/lock.js';
import { AT } from './made-up.js';

const folder = mkdtempSync(join(tmpdir(), 'hrsync-lock-'));
const state = join(folder, 'state', 'acme.db');
const program = join(folder, 'take-lock.mjs');
const held: Lock[] = [];
const children: ChildProcess[] = [];

// Another process, as cron would start it: takes the lock, tells how that went, and stays. It keeps its lock and
// collects garbage, because a lock that nothing refers to is closed with its database.
beforeAll(async () => {
  symlinkSync(resolve('node_modules'), join(folder, 'node_modules'));
  const contents = `
    import { acquireLock } from './src/store/sqlite/lock.ts';
    let answer = 'taken';
    try { globalThis.lock = acquireLock(process.argv[2], () => new Date('${AT}')); } catch (error) { answer = error.name; }
    gc();
    process.send(answer);
    setInterval(() => {}, 1_000);`;
  const stdin = { contents, resolveDir: resolve('.'), loader: 'ts' } as const;
  await build({ stdin, bundle: true, platform: 'node', format: 'esm', packages: 'external', outfile: program });
});
afterEach(async () => {
  for (const lock of held.splice(0)) await lock.release();
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(() => rmSync(folder, { recursive: true }));

function take(): Lock {
  const lock = acquireLock(state, () => new Date(AT));
  held.push(lock);
  return lock;
}

async function takeElsewhere(): Promise<{ readonly answer: string; readonly child: ChildProcess }> {
  const child = fork(program, [state], { execArgv: ['--expose-gc'] });
  children.push(child);
  const [answer] = await once(child, 'message');
  return { answer: String(answer), child };
}

function refusal(): unknown {
  try {
    take();
  } catch (error) {
    return error;
  }
  return 'taken';
}

it('is held by one run, told by name, and free again when it is released', async () => {
  const lock = take();
  const error = refusal();
  expect(error).toBeInstanceOf(LockedError);
  expect(error).toMatchObject({ file: `${state}.lock`, holder: `process ${process.pid} since ${AT}` });
  expect(lock.mayWrite()).toBe(true);
  await lock.release();
  await lock.release();
  expect(lock.mayWrite()).toBe(false);
  expect(refusal()).toBe('taken');
});

it('is held against other processes, also after somebody here tried to take it again', async () => {
  take();
  expect(refusal()).toBeInstanceOf(LockedError);
  expect((await takeElsewhere()).answer).toBe('LockedError');
});

it('is freed with a process that is killed', async () => {
  const { answer, child } = await takeElsewhere();
  expect(answer).toBe('taken');
  expect(refusal()).toMatchObject({ name: 'LockedError', holder: `process ${child.pid} since ${AT}` });
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
  expect(refusal()).toBe('taken');
});

it('lies in files that only their owner can read', () => {
  take();
  for (const end of ['.lock', '.lock-holder'])
    expect((statSync(`${state}${end}`).mode & 0o777).toString(8)).toBe('600');
  expect((statSync(join(folder, 'state')).mode & 0o777).toString(8)).toBe('700');
  expect(readFileSync(`${state}.lock-holder`, 'utf8')).toBe(`process ${process.pid} since ${AT}\n`);
});

it('does not depend on saying who holds it', () => {
  const other = join(folder, 'other.db');
  mkdirSync(`${other}.lock-holder`);
  const lock = acquireLock(other, () => new Date(AT));
  held.push(lock);
  expect(() => acquireLock(other, () => new Date(AT))).toThrow(LockedError);
});

it('whose file is something else is a StateError', () => {
  const other = join(folder, 'diary.db');
  writeFileSync(`${other}.lock`, 'Dear diary, '.repeat(500));
  expect(() => acquireLock(other, () => new Date(AT))).toThrow(StateError);
});
