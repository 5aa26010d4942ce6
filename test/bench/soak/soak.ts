import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { prune } from '../../../src/cli/commands/prune.js';
import { runSession } from '../../../src/cli/session.js';
import { loadConfig } from '../../../src/config/load.js';
import { addDays, type Day } from '../../../src/core/day.js';
import { HrsyncError } from '../../../src/errors.js';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.js';
import { importOf } from '../../../src/sync/run-kind.js';
import { configText, SECRETS } from '../../support/config.js';
import { activeAccounts, expectedAccounts } from '../../support/expected.js';
import { benchWorld } from '../session.js';
import { chanceFrom, Happenings, setFaults } from './happenings.js';

const { values } = parseArgs({
  options: {
    people: { type: 'string', default: '20000' },
    nights: { type: 'string', default: '365' },
    seed: { type: 'string', default: '1' },
  },
});
const [people, nights, seed] = [Number(values.people), Number(values.nights), Number(values.seed)];
const FIRST: Day = '2026-01-05';
const DAY = 86_400_000;
/** How often everything is compared. */
const COMPARED_EVERY = 30;
/** Nights before that without faults, in which nobody vanishes. */
const CALM_NIGHTS = 4;

/** A company, its LMS and a clock, and one run of the command on them for each night of a year. */
class Soak {
  #night = 0;
  #stop = new AbortController();
  readonly #chance = chanceFrom(seed);
  readonly #happenings: Happenings;
  readonly exits = new Map<number, number>();
  faults = 0;
  events = 0;
  interruptions = 0;

  private constructor(
    private readonly sandbox: Sandbox,
    private readonly folder: string,
    private readonly clock: { now: () => Date },
  ) {
    this.#happenings = new Happenings(sandbox, this.#chance);
  }

  static async open(folder: string): Promise<Soak> {
    const clock = { now: clockOf(0) };
    const unlimited = { employeesPerMinute: null, employeesPerSecond: null, authPerMinute: null };
    let soak: Soak | null = null;
    const sandbox = await startSandbox({
      company: { size: people, seed, today: FIRST },
      now: () => clock.now(),
      personio: {
        credentials: [{ clientId: 'hr-client', clientSecret: SECRETS.HR_SECRET }],
        ...unlimited,
      },
      learnamp: { keys: [{ clientId: 'lms-key', clientSecret: SECRETS.LMS_SECRET }] },
      intercept: (_, handle) => (soak === null ? handle() : soak.#intercept(handle)),
    });
    writeFileSync(
      join(folder, 'hrsync.yaml'),
      configText(sandbox, {
        source: { requests_per_second: 10_000 },
        target: { requests_per_second: 10_000, concurrency: 8 },
      }),
      { mode: 0o600 },
    );
    soak = new Soak(sandbox, folder, clock);
    return soak;
  }

  get today(): Day {
    return addDays(FIRST, this.#night);
  }

  /** Lets a day pass, and its night. `calm`: without faults, and nobody vanishes. */
  async night(calm: boolean): Promise<void> {
    const before = this.today;
    this.#night += 1;
    this.clock.now = clockOf(this.#night);
    this.sandbox.hr.moveTo(this.today);
    this.events += this.#happenings.day(before, calm);
    if (!calm) this.faults += setFaults(this.sandbox, this.#chance);
    this.#countdown = !calm && this.#chance() < 0.1 ? 1 + Math.floor(this.#chance() * 40) : 0;
    await this.run();
    this.#countdown = 0;
    this.sandbox.personio.faults.clear();
    this.sandbox.learnamp.faults.clear();
    this.sandbox.personio.requests.clear();
    this.sandbox.learnamp.requests.clear();
  }

  /** Runs the command once and counts the exit code. */
  async run(): Promise<number> {
    this.#stop = new AbortController();
    const config = await this.#config();
    const world = { ...benchWorld(config), now: this.clock.now, signal: this.#stop.signal };
    const code = await runSession(world, {
      command: 'import-all',
      dryRun: false,
      kind: importOf([]),
      allow: {},
      detailedExitCode: false,
    }).catch((error: unknown) => {
      if (!(error instanceof HrsyncError)) throw error;
      return error.exitCode;
    });
    this.exits.set(code, (this.exits.get(code) ?? 0) + 1);
    return code;
  }

  /** Takes out what is older than a quarter, as an operator's crontab does every month. */
  async prune(): Promise<void> {
    const config = await this.#config();
    await prune({ olderThan: '90d', leavers: true })({ ...benchWorld(config), now: this.clock.now });
  }

  /** Everything that is not as it must be, as sentences; runs until nothing is left to do first. */
  async troubles(): Promise<readonly string[]> {
    const troubles: string[] = [];
    // Whoever vanished stays for some complete reads and days.
    for (let calm = 0; calm < CALM_NIGHTS; calm += 1) await this.night(true);
    // Whoever rests after a failure is tried again when the longest pause is over.
    for (let tries = 0; (await this.run()) !== 0 && tries < 3; tries += 1) await this.night(true);
    const [held, wanted] = [activeAccounts(this.sandbox), expectedAccounts(this.sandbox.company, this.today)];
    for (const id of new Set([...Object.keys(held), ...Object.keys(wanted)])) {
      if (isDeepStrictEqual(held[id], wanted[id])) continue;
      troubles.push(`#${id} is ${JSON.stringify(held[id])} and should be ${JSON.stringify(wanted[id])}`);
    }
    const accounts = this.sandbox.lms.list();
    const ids = accounts.map(({ integrationExternalId }) => integrationExternalId);
    if (new Set(ids).size !== ids.length) troubles.push('two accounts bear one employee id');
    const mailed = this.sandbox.lms.mails.map(({ account }) => account);
    if (new Set(mailed).size !== mailed.length) troubles.push('an account was mailed twice');
    this.sandbox.learnamp.requests.clear();
    if ((await this.run()) !== 0 || this.sandbox.learnamp.requests.list().length > 0)
      troubles.push('a run with nothing to do asked the LMS');
    return troubles;
  }

  get figures(): readonly (string | number)[] {
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    const state = statSync(join(this.folder, 'state', 'acme.db')).size;
    return [
      this.#night,
      this.today,
      this.sandbox.company.people.length,
      mebibytes(state),
      mebibytes(heapUsed),
      mebibytes(rss),
    ];
  }

  async close(): Promise<void> {
    await this.sandbox.stop();
  }

  #config() {
    return loadConfig({
      path: join(this.folder, 'hrsync.yaml'),
      environment: SECRETS,
      workingDirectory: this.folder,
    });
  }

  #countdown = 0;

  // Now and then the command is asked to stop in the middle of its work.
  #intercept(handle: () => Promise<Response | null>): Promise<Response | null> {
    if (this.#countdown > 0 && --this.#countdown === 0) {
      this.interruptions += 1;
      this.#stop.abort();
    }
    return handle();
  }
}

/** A clock that begins at two in the morning of a night and goes on from there. */
function clockOf(night: number): () => Date {
  const started = Date.now();
  return () => new Date(Date.parse(`${FIRST}T02:00:00Z`) + night * DAY + Date.now() - started);
}

function mebibytes(bytes: number): number {
  return Math.round(bytes / 1_048_576);
}

function say(...cells: readonly (string | number)[]): void {
  process.stdout.write(`${cells.map((cell) => String(cell).padStart(10)).join('  ')}\n`);
}

const folder = mkdtempSync(join(tmpdir(), 'hrsync-soak-'));
const soak = await Soak.open(folder);
try {
  const begun = Date.now();
  say('night', 'day', 'people', 'state MiB', 'heap MiB', 'rss MiB', 'troubles');
  await soak.run();
  for (let night = 1; night <= nights; night += 1) {
    await soak.night(false);
    if (night % COMPARED_EVERY !== 0 && night !== nights) continue;
    const troubles = await soak.troubles();
    await soak.prune();
    say(...soak.figures, troubles.length);
    for (const trouble of troubles.slice(0, 5)) process.stdout.write(`  ${trouble}\n`);
    if (troubles.length > 0) process.exitCode = 1;
  }
  const exits = [...soak.exits].sort(([one], [other]) => one - other).map(([code, count]) => `${code}: ${count}`);
  process.stdout.write(
    `${soak.events} events, ${soak.faults} faults, ${soak.interruptions} interruptions; exit codes ${exits.join(', ')}; ${Math.round((Date.now() - begun) / 1000)} s\n`,
  );
} finally {
  await soak.close();
  rmSync(folder, { recursive: true, force: true });
}
