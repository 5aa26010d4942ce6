import { expect, it } from 'vitest';
import { StateError } from '../../../src/errors.js';
import { GroupCommit } from '../../../src/store/sqlite/group-commit.js';

/** A disk that keeps what a transaction wrote when it ends well, and counts them. */
function stage() {
  const disk: string[] = [];
  let pending: string[] = [];
  let transactions = 0;
  let atEnd: () => void = () => undefined;
  const group = new GroupCommit((work) => {
    transactions += 1;
    pending = [];
    work();
    atEnd();
    disk.push(...pending);
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
