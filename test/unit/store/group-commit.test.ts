import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { StateError } from '../../../src/errors.js';
import { GroupCommit } from '../../../src/store/sqlite/group-commit.js';

/** A disk that keeps what a transaction wrote when it ends well, and counts them. */
function stage() {
  const disk: string[] = [];
  let pending: string[] = [];
  let transactions = 0;
  let atEnd: () => void = () => undefined;
  const group = new GroupCommit({
    transact(work) {
      transactions += 1;
      pending = [];
      work();
      atEnd();
      disk.push(...pending);
    },
  });
  return {
    disk,
    transactions: () => transactions,
    write: (line: string) => group.write(() => void pending.push(line)),
    fail: (error: Error) =>
      group.write(() => {
        throw error;
      }),
    endWith: (next: () => void) => {
      atEnd = next;
    },
  };
}

const unusable = () => new StateError('acme.db', { kind: 'unusable', detail: 'the disk is full' });

it('what is written at about the same time shares one transaction, in the order in which it came', async () => {
  const { disk, transactions, write } = stage();
  await Promise.all(['a', 'b', 'c', 'd'].map(write));
  expect(disk).toEqual(['a', 'b', 'c', 'd']);
  expect(transactions()).toBe(1);
});

it('workers that each write again and again share transactions all the way', async () => {
  const { disk, transactions, write } = stage();
  const worker = async (name: string) => {
    for (let count = 0; count < 10; count++) await write(`${name}${count}`);
  };
  await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map(worker));
  expect(disk).toHaveLength(80);
  expect(transactions()).toBe(10);
});

it('nobody goes on before their own work is on the disk', async () => {
  const { disk, write } = stage();
  const lines = ['a', 'b', 'c'];
  const onDisk = await Promise.all(lines.map((line) => write(line).then(() => disk.includes(line))));
  expect(onDisk).toEqual([true, true, true]);
});

it('work that cannot be written fails alone, and is written once at most', async () => {
  const { disk, write, fail } = stage();
  const results = await Promise.allSettled([write('a'), fail(new Error('a constraint')), write('c')]);
  expect(results.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(disk).toEqual(['a', 'c']);
  await write('d');
  expect(disk).toEqual(['a', 'c', 'd']);
});

it('a disk that refuses fails all who wait, and everybody after them', async () => {
  const { disk, write, endWith, transactions } = stage();
  const error = unusable();
  endWith(() => {
    throw error;
  });
  const results = await Promise.allSettled([write('a'), write('b')]);
  expect(results).toEqual([
    { status: 'rejected', reason: error },
    { status: 'rejected', reason: error },
  ]);
  endWith(() => undefined);
  await expect(write('c')).rejects.toBe(error);
  expect(disk).toEqual([]);
  expect(transactions()).toBe(1);
});

describe('on a disk that is waited for after the commit', () => {
  /** A disk whose waits end when they are told to. */
  function slowDisk() {
    const committed: string[] = [];
    const waits: { readonly end: () => void; readonly fail: (error: Error) => void }[] = [];
    const group = new GroupCommit({
      transact: (work) => work(),
      synced: () => new Promise<void>((end, fail) => waits.push({ end, fail })),
    });
    const write = (line: string) => group.write(() => void committed.push(line));
    return { committed, waits, write };
  }

  it('nobody goes on before the wait is over', async () => {
    const { committed, waits, write } = slowDisk();
    const ended: string[] = [];
    const written = write('a').then(() => ended.push('a'));
    await setImmediate();
    expect(committed).toEqual(['a']);
    expect(ended).toEqual([]);
    waits[0]?.end();
    await written;
    expect(ended).toEqual(['a']);
  });

  it('whoever comes during a wait shares the next one', async () => {
    const { committed, waits, write } = slowDisk();
    const first = write('a');
    await setImmediate();
    const others = ['b', 'c'].map(write);
    await setImmediate();
    expect(committed).toEqual(['a']);
    waits[0]?.end();
    await first;
    await setImmediate();
    expect(committed).toEqual(['a', 'b', 'c']);
    expect(waits).toHaveLength(2);
    waits[1]?.end();
    await Promise.all(others);
  });

  it('a wait that fails fails all who waited, and everybody after them', async () => {
    const { committed, waits, write } = slowDisk();
    const error = unusable();
    const results = Promise.allSettled(['a', 'b'].map(write));
    await setImmediate();
    waits[0]?.fail(error);
    expect((await results).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await expect(write('c')).rejects.toBe(error);
    expect(committed).toEqual(['a', 'b']);
  });
});
