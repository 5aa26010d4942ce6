import { expect, it } from 'vitest';
import { Pace } from '../../../src/http/pace.js';
import { virtualTime } from './virtual-time.js';

function stage(requestsPerSecond: number, concurrency: number, latency: number) {
  const time = virtualTime();
  const pace = new Pace({ requestsPerSecond, concurrency, now: time.now, sleep: time.sleep });
  const starts: number[] = [];
  let underWay = 0;
  let mostUnderWay = 0;
  const request = async (): Promise<void> => {
    starts.push(time.now().getTime());
    underWay += 1;
    mostUnderWay = Math.max(mostUnderWay, underWay);
    await time.sleep(latency);
    underWay -= 1;
  };
  const send = (count: number, one = request) => Promise.all(Array.from({ length: count }, () => pace.take(one)));
  return { time, pace, starts, request, send, mostUnderWay: () => mostUnderWay };
}

const gaps = (starts: readonly number[]) => starts.slice(1).map((start, index) => start - (starts[index] ?? 0));
const rate = (starts: readonly number[]) => ((starts.length - 1) * 1_000) / ((starts.at(-1) ?? 0) - (starts[0] ?? 0));

it.each([
  [0.5, 2, 300],
  [2, 4, 900],
  [10, 4, 250],
  [50, 8, 120],
  [200, 20, 60],
])('%d requests a second are met to 97 %% and never passed', async (limit, concurrency, latency) => {
  const { time, starts, send } = stage(limit, concurrency, latency);
  await time.until(send(300));
  expect(rate(starts)).toBeGreaterThanOrEqual(0.97 * limit);
  expect(rate(starts)).toBeLessThanOrEqual(limit);
  for (const start of starts) {
    const window = starts.filter((other) => other >= start && other < start + 1_000);
    expect(window.length).toBeLessThanOrEqual(Math.max(1, limit));
  }
});

it('time in which nothing was sent is not made up for by a burst', async () => {
  const { time, starts, send } = stage(10, 4, 10);
  await time.until(send(2));
  await time.until(time.sleep(60_000));
  await time.until(send(5));
  expect(Math.min(...gaps(starts))).toBeGreaterThanOrEqual(100);
});

it('no more requests are under way than may be, and the next one starts when one ends', async () => {
  const { time, starts, send, mostUnderWay } = stage(1_000, 3, 500);
  await time.until(send(9));
  expect(mostUnderWay()).toBe(3);
  expect((starts[8] ?? 0) - (starts[0] ?? 0)).toBeLessThan(1_100);
});

it('a request that fails makes room for the next', async () => {
  const { time, pace, starts, request } = stage(100, 1, 10);
  const failing = pace.take(() => Promise.reject(new Error('reset')));
  const after = pace.take(request);
  await expect(time.until(failing)).rejects.toThrow('reset');
  await time.until(after);
  expect(starts).toHaveLength(1);
});

it('a pause holds for everybody, also for those who had their starting time already', async () => {
  const { time, pace, starts, request, send } = stage(10, 4, 20);
  const begin = time.now().getTime();
  let first = true;
  await time.until(
    send(8, async () => {
      await request();
      if (first) pace.pause(10_000);
      first = false;
    }),
  );
  expect(starts[0]).toBe(begin);
  expect((starts[1] ?? 0) - begin).toBeGreaterThanOrEqual(10_000);
  expect(Math.min(...gaps(starts))).toBeGreaterThanOrEqual(100);
});

it('a shorter pause does not end a longer one', async () => {
  const { time, pace, starts, send } = stage(10, 2, 0);
  const begin = time.now().getTime();
  pace.pause(5_000);
  pace.pause(1_000);
  await time.until(send(1));
  expect(starts).toEqual([begin + 5_000]);
});

it('a limit that is lower than the configured one is found, and refuses seldom from then on', async () => {
  const { time, pace, starts, request, send } = stage(10, 4, 20);
  let refused = 0;
  await time.until(
    send(1_000, async () => {
      await request();
      const now = time.now().getTime();
      if (starts.filter((start) => start > now - 1_000).length <= 6) return;
      refused += 1;
      pace.slowDown(0);
    }),
  );
  expect(refused).toBeLessThanOrEqual(6);
  expect(rate(starts)).toBeGreaterThan(4);
});

it('requests that are refused together slow the pace once', async () => {
  const { time, pace, starts, send } = stage(10, 4, 0);
  for (let refused = 0; refused < 8; refused++) pace.slowDown(0);
  await time.until(send(20));
  expect(rate(starts)).toBeGreaterThan(7.5);
  expect(rate(starts)).toBeLessThan(8.5);
});

it('the full pace comes back after quiet minutes', async () => {
  const { time, pace, starts, send } = stage(10, 4, 0);
  pace.slowDown(2_000);
  await time.until(time.sleep(6 * 60_000));
  await time.until(send(100));
  expect(rate(starts)).toBeGreaterThan(9.7);
});

it('another rate holds from the next request on', async () => {
  const { time, pace, starts, send } = stage(5, 4, 0);
  await time.until(send(3));
  pace.goOnAt(20);
  await time.until(send(101));
  expect(rate(starts.slice(3))).toBeGreaterThan(0.97 * 20);
  expect(rate(starts.slice(3))).toBeLessThanOrEqual(20);
});
