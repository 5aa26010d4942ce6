import { describe, expect, it } from 'vitest';
import { createGathering } from '../../../../src/targets/kit/gathering.js';

/** A gathering that notes its batches; items below zero fail. */
function gather() {
  const batches: (readonly number[])[] = [];
  const gathering = createGathering<number>(async (items) => {
    batches.push(items);
    await Promise.resolve();
    if (items.includes(99)) throw new Error('all of it');
    return new Map(items.filter((item) => item < 0).map((item) => [item, new Error(`no ${item}`)]));
  });
  return { batches, ...gathering };
}

/** A promise that is settled from outside. */
function gate() {
  const settle = { resolve: () => {}, reject: (_: Error) => {} };
  const promise = new Promise<void>((resolve, reject) => Object.assign(settle, { resolve, reject }));
  return { promise, resolve: () => settle.resolve(), reject: (error: Error) => settle.reject(error) };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('gathering', () => {
  it('does at once what nobody else could add to', async () => {
    const { batches, during, ask } = gather();
    await during(() => ask(1));
    await during(() => ask(2));
    expect(batches).toEqual([[1], [2]]);
  });

  it('waits for everybody who is at work, however long the others take', async () => {
    const { batches, during, ask } = gather();
    const slow = gate();
    const work = [1, 2, 3].map((item) => during(() => ask(item)));
    work.push(during(() => slow.promise.then(() => ask(4))));
    await turn();
    expect(batches).toEqual([]);
    slow.resolve();
    await Promise.all(work);
    expect(batches).toEqual([[1, 2, 3, 4]]);
  });

  it('does not wait for those who end without asking', async () => {
    const { batches, during, ask } = gather();
    const failing = gate();
    const work = [during(() => ask(1)), during(() => failing.promise).catch(() => undefined)];
    await turn();
    failing.reject(new Error('something else'));
    await Promise.all(work);
    expect(batches).toEqual([[1]]);
  });

  it('takes those who come while a batch is under way into the next one', async () => {
    const { batches, during, ask } = gather();
    const first = during(() => ask(1));
    const second = during(() => ask(2));
    await Promise.all([first, second]);
    expect(batches.flat().sort()).toEqual([1, 2]);
  });

  it('lets one failed item fail whoever asked for it, and a failure as a whole everybody', async () => {
    const { during, ask } = gather();
    const some = await Promise.allSettled([1, -2, 3].map((item) => during(() => ask(item))));
    expect(some.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    const all = await Promise.allSettled([1, 99].map((item) => during(() => ask(item))));
    expect(all.map(({ status }) => status)).toEqual(expect.arrayContaining(['rejected']));
  });
});
