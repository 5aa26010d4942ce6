import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, onTestFinished } from 'vitest';
import { test } from '../../support/connector.js';
import { DAY, isInPart, PARTS, rowsOfPart } from '../../support/part.js';
import type { Moment } from '../../support/postgres/proxy.js';
import { removeServer, restartServer, startServer, stopServer } from '../../support/postgres/server.js';
import { NO_POSTGRES } from '../../support/postgres.js';
import { learnAmpOf } from '../kill/on-learnamp.js';
import { busyNight, firstImport } from '../kill/story.js';
import { DatabaseConnector, LEASE } from './state.js';

const timeout = 900_000;

/** What happens to a run at a commit, and what the command may then end with. */
interface Disturbance {
  readonly what: string;
  readonly codes: readonly (number | null)[];
  disturb(on: DatabaseConnector, child: { kill(signal: NodeJS.Signals): boolean }): Promise<'pass' | 'cut'>;
}

const KILL: Disturbance = {
  what: 'killed',
  codes: [null],
  async disturb(_, child) {
    child.kill('SIGKILL');
    return 'cut';
  },
};
const CUT: Disturbance = {
  what: 'cut off from the database',
  // A connection that is lost only when the lease is given back is no failure.
  codes: [0, 1],
  async disturb({ proxy }) {
    proxy.leave();
    return 'cut';
  },
};

const WAYS = [KILL, CUT].flatMap((disturbance) => [[disturbance, 'before'] as const, [disturbance, 'after'] as const]);

const waysOfToday = rowsOfPart(WAYS.map((_, index) => index));

/** The commits that this run of the tests tries in one way: all of them, or another one each day. */
function* placesOf(way: number, fewest: number): Generator<number> {
  if (PARTS > 1) return yield 1 + ((DAY * 5 + way * 7) % fewest);
  for (let place = 1; ; place++) yield place;
}

describe.skipIf(NO_POSTGRES !== null)('a run with its state in PostgreSQL', () => {
  test.for([
    ['a first import', firstImport, 10],
    ['a busy night', busyNight, 16],
  ] as const)(
    'that is killed or cut off at a commit, and taken over elsewhere, ends as one that was not: %s',
    { timeout },
    async ([, story, fewest], { connect, annotate }) => {
      const on = await DatabaseConnector.open(connect, { company: story.company });
      await story.tell(learnAmpOf(on.connector));
      const goBack = await on.save();
      const lms = on.connector.lms.save();
      expect((await on.run('import-all')).code).toBe(0);
      const undisturbed = await on.portrait();
      const tried: string[] = [];
      for (const [index, [disturbance, moment]] of WAYS.entries()) {
        if (!waysOfToday.includes(index)) continue;
        for (const place of placesOf(index, fewest)) {
          await goBack();
          on.connector.lms.restore(lms);
          if (!(await disturbedAt(on, disturbance, moment, place))) break;
          const what = `${disturbance.what} ${moment} commit ${place}`;
          tried.push(what);
          await on.letLeasePass();
          const again = await on.run('import-all');
          expect(again.code, `${what}: ${again.stderr}`).toBe(0);
          expect(await on.portrait(), what).toEqual(undisturbed);
          on.connector.takeWrites();
          expect((await on.run('import-all')).code).toBe(0);
          expect(on.connector.takeWrites(), what).toEqual([]);
        }
      }
      await annotate(tried.join(', '));
      expect(tried.length).toBeGreaterThanOrEqual(waysOfToday.length);
    },
  );

  /** Runs the command and disturbs it at a commit; false when it came to its end before that. */
  async function disturbedAt(on: DatabaseConnector, { disturb, codes }: Disturbance, moment: Moment, at: number) {
    const running = on.start('import-all');
    let reached = false;
    on.proxy.watch((when, place) => {
      if (reached || when !== moment || place !== at) return 'pass';
      reached = true;
      return disturb(on, running.child);
    });
    const { code, stderr } = await running.ended;
    on.proxy.watch(() => 'pass');
    on.proxy.comeBack();
    if (!reached) expect(code, stderr).toBe(0);
    else expect(codes, `${code}: ${stderr}`).toContain(code);
    if (code === 1) expect(stderr).toMatch(/The (connection to the )?database .* (was lost|cannot be reached)/);
    return reached;
  }
});

describe.skipIf(NO_POSTGRES !== null)('a run whose database crashes', () => {
  test('at a commit ends with 1 and one sentence, and the next one mends everything', { timeout }, async ({
    connect,
  }) => {
    const folder = mkdtempSync(join(tmpdir(), 'hrsync-crash-'));
    const server = await startServer(join(folder, 'server'));
    onTestFinished(async () => {
      await removeServer(server);
      rmSync(folder, { recursive: true, force: true });
    });
    const on = await DatabaseConnector.open(connect, { company: firstImport.company, server });
    await firstImport.tell(learnAmpOf(on.connector));
    const goBack = await on.save();
    const lms = on.connector.lms.save();
    expect((await on.run('import-all')).code).toBe(0);
    const undisturbed = await on.portrait();
    for (const [index, moment] of (['before', 'after'] as const).entries()) {
      for (const place of placesOf(index, 8)) {
        await goBack();
        on.connector.lms.restore(lms);
        const running = on.start('import-all');
        let reached = false;
        on.proxy.watch(async (when, at) => {
          if (reached || when !== moment || at !== place) return 'pass';
          reached = true;
          await stopServer(server, 'immediate');
          return 'cut';
        });
        const { code, stderr } = await running.ended;
        on.proxy.watch(() => 'pass');
        if (!reached) break;
        const what = `${moment} commit ${place}: ${stderr}`;
        await restartServer(server);
        // A lease that is not given back in time is no failure of the run.
        expect([0, 1], what).toContain(code);
        if (code === 1)
          expect(
            stderr
              .trim()
              .split('\n')
              .filter((line) => / error /.test(line)),
            what,
          ).toHaveLength(1);
        await on.letLeasePass();
        const again = await on.run('import-all');
        expect(again.code, `${what} ${again.stderr}`).toBe(0);
        expect(await on.portrait(), what).toEqual(undisturbed);
      }
    }
  });
});

describe.skipIf(NO_POSTGRES !== null)('a run that is frozen', () => {
  test('right before the LMS is written to sends nothing more once another has taken over, and says 7', {
    timeout,
  }, async ({ connect }) => {
    const on = await DatabaseConnector.open(connect, { company: { size: 6 } });
    const lms = on.connector.lms.save();
    const empty = () => on.connector.lms.restore(lms);
    let frozen = 0;
    // Each commit of an intent is followed by a write: a few of them are tried in each run of the tests.
    for (const place of [3, 5, 8].filter((_, index) => index === 0 || isInPart(index))) {
      const running = on.start('import-all');
      let resume: () => void = () => undefined;
      const stopped = new Promise<void>((resolve) => {
        on.proxy.watch((moment, at) => {
          if (moment !== 'after' || at !== place) return 'pass';
          running.child.kill('SIGSTOP');
          resolve();
          return new Promise((done) => {
            resume = () => done('pass');
          });
        });
      });
      const early = await Promise.race([stopped.then(() => null), running.ended]);
      expect(early, 'the run reaches that commit').toBeNull();
      frozen += 1;
      // The time of the lease passes for both sides; the grace for the database alone.
      await wait(LEASE.lasts + 500);
      await on.letLeasePass();
      const other = await on.run('import-all');
      expect(other.code, other.stderr).toBe(0);
      const after = await on.portrait();
      on.connector.takeWrites();
      running.child.kill('SIGCONT');
      resume();
      const { code, stderr } = await running.ended;
      expect(code, stderr).toBe(7);
      expect(stderr).toContain('lost its lease');
      expect(on.connector.takeWrites()).toEqual([]);
      expect(await on.portrait()).toEqual(after);
      on.proxy.watch(() => 'pass');
      await on.database.sql('DROP SCHEMA hrsync CASCADE');
      empty();
    }
    expect(frozen).toBeGreaterThan(0);
  });

  test('while several writes wait for their pace sends none of them after another has taken over', {
    timeout,
  }, async ({ connect }) => {
    const on = await DatabaseConnector.open(connect, { concurrency: 4, requestsPerSecond: 4, company: { size: 12 } });
    const running = on.start('import-all');
    let writes = 0;
    const stopped = new Promise<void>((resolve) => {
      on.intercept = async ({ method, route }, handle) => {
        const answer = await handle();
        if (method === 'GET' || route === 'token') return answer;
        writes += 1;
        if (writes === 3) {
          running.child.kill('SIGSTOP');
          resolve();
        }
        return answer;
      };
    });
    await stopped;
    await wait(LEASE.lasts + 500);
    await on.letLeasePass();
    on.intercept = (_, handle) => handle();
    const other = await on.run('import-all');
    expect(other.code, other.stderr).toBe(0);
    on.connector.takeWrites();
    running.child.kill('SIGCONT');
    const { code, stderr } = await running.ended;
    expect(code, stderr).toBe(7);
    expect(on.connector.takeWrites()).toEqual([]);
    const emails = on.connector.lms.list().map(({ email }) => email);
    expect(new Set(emails).size).toBe(emails.length);
    on.connector.takeWrites();
    expect((await on.run('import-all')).code).toBe(0);
    expect(on.connector.takeWrites()).toEqual([]);
  });
});
