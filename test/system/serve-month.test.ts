import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect } from 'vitest';
import { connect as openAdapters } from '../../src/cli/connect.js';
import { ToldCauses } from '../../src/cli/observe/told-causes.js';
import type { CommandWorld } from '../../src/cli/process.js';
import { runJob } from '../../src/cli/serve-run.js';
import { loadConfig, lookAtConfig } from '../../src/config/load.js';
import { createReporter } from '../../src/report/create-reporter.js';
import { createTimetable, type Job, Metrics, Worker } from '../../src/serve/index.js';
import { openInbox } from '../../src/store/open.js';
import { SECRETS } from '../support/config.js';
import { type Connector, test } from '../support/connector.js';
import { activeAccounts, expectedAccounts } from '../support/expected.js';
import { plainPeople, plainPerson } from '../support/people.js';

const DAYS = 30;
const DAY = 86_400_000;
const SCHEDULE = { import_all: '30 2 * * *', sync: '0 */12 * * *' };
const MEGABYTE = 1_048_576;

/** What lives in memory once nothing else does, in bytes. */
function liveHeap(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}

/** The world of a command that nobody listens to, on a clock of its own. */
function silentWorld({ configFile, folder }: Connector, now: () => Date, signal: AbortSignal): CommandWorld {
  const nothing = { write: () => true };
  const host = { argv: [], env: SECRETS, stdout: nothing, stderr: nothing, cwd: () => folder };
  const newReporter = () =>
    createReporter({
      ...{ stdout: nothing, stderr: nothing, mode: 'lines', colour: false, width: 80, verbose: false, quiet: true },
      ...{ now, secrets: [] },
    });
  return {
    ...{ flags: { color: false }, signal, width: 80, colour: false, now, newReporter, reporter: newReporter() },
    host: { ...host, on: () => undefined, off: () => undefined },
    redact: (text) => text,
    loadConfig: () => loadConfig({ path: configFile, environment: SECRETS, workingDirectory: folder }),
    loadConfigAt: () => loadConfig({ path: configFile, environment: SECRETS, workingDirectory: folder }),
    loadFleet: () => Promise.reject(new Error('there is no fleet here')),
    lookAtConfig: () => lookAtConfig({ path: configFile, environment: SECRETS, workingDirectory: folder }),
    print: () => undefined,
    stream: async () => undefined,
  };
}

describe('a service that runs for 30 simulated days with both schedules, into winter time', () => {
  test('makes every run, one after the other, keeps the LMS in step and its memory flat', { timeout: 120_000 }, async ({
    connect,
    annotate,
  }) => {
    const start = Date.parse('2026-10-10T12:00:00Z');
    let clock = start;
    const now = () => new Date(clock);
    const connector = await connect({
      sandbox: { company: { size: 20, today: '2026-10-10' }, now },
      config: { document: { timezone: 'Europe/Berlin', schedule: SCHEDULE } },
    });
    const stop = new AbortController();
    const world = silentWorld(connector, now, stop.signal);
    const config = await world.loadConfig();
    const { identity } = openAdapters(config, world);
    const inbox = await openInbox({ place: { kind: 'file', file: connector.stateFile }, identity, now });
    const metrics = new Metrics();
    const told = new ToldCauses();
    const ran: Job['kind'][] = [];
    const heaps: number[] = [];
    let day = '2026-10-10';
    let isRunning = false;

    const morning = async (): Promise<void> => {
      connector.hr.moveTo(day);
      const { id } = plainPerson(connector.company, ran.length % plainPeople(connector.company).length);
      connector.hr.apply({ kind: 'promote', person: id, to: `Title of ${day}` });
      const event = { key: day, kind: 'person', employeeId: String(id), receivedAt: now().toISOString() } as const;
      await inbox.put([event]);
      worker.arrived();
      connector.sandbox.personio.requests.clear();
      connector.takeRequests();
      heaps.push(liveHeap());
    };
    const worker = new Worker({
      inbox,
      timetable: createTimetable(config.schedule, config.timezone),
      now,
      run: async (job) => {
        expect(isRunning).toBe(false);
        isRunning = true;
        ran.push(job.kind);
        const ending = await runJob(world, config, { metrics, told }, job);
        isRunning = false;
        return ending;
      },
      pause: async (milliseconds) => {
        clock += milliseconds;
        if (clock >= start + DAYS * DAY) stop.abort();
        const today = now().toISOString().slice(0, 10);
        if (today === day) return;
        day = today;
        await morning();
      },
      signal: stop.signal,
    });
    await worker.work();
    await inbox.close();

    const count = (kind: Job['kind']) => ran.filter((one) => one === kind).length;
    expect([count('import-all'), count('sync'), count('events')]).toEqual([DAYS, DAYS * 2, DAYS]);
    expect(
      metrics
        .text()
        .match(/hrsync_runs_total\{.*/g)
        ?.sort(),
    ).toEqual([
      `hrsync_runs_total{command="import-all",exit_code="0"} ${DAYS}`,
      `hrsync_runs_total{command="sync",exit_code="0"} ${DAYS * 2}`,
      `hrsync_runs_total{command="webhook",exit_code="0"} ${DAYS}`,
    ]);
    expect(activeAccounts(connector.sandbox)).toEqual(expectedAccounts(connector.company, day));
    const [early = 0, late = 0] = [heaps[9], heaps.at(-1)];
    await annotate(
      `live heap ${(early / MEGABYTE).toFixed(1)} MB after 10 days, ${(late / MEGABYTE).toFixed(1)} after 30`,
    );
    expect(late - early).toBeLessThan(4 * MEGABYTE);
  });
});
