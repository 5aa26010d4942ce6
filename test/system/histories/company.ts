import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { digest, policyOf } from '../../../src/cli/connector.js';
import type { Snapshot } from '../../../src/core/account.js';
import type { PlannedChange } from '../../../src/core/change.js';
import { addDays } from '../../../src/core/day.js';
import type { Candidate } from '../../../src/core/standing.js';
import { HrsyncError } from '../../../src/errors.js';
import { openSpool, openStore } from '../../../src/store/open.js';
import type { Store } from '../../../src/store/store.js';
import type { RunContext } from '../../../src/sync/context.js';
import { runImport } from '../../../src/sync/run.js';
import { ANY_TYPES } from '../../support/any-types.js';
import { addVictims, scheme } from './clerk.js';
import { addressOf, happen, hire, namesOf } from './events.js';
import type { History, Night } from './history.js';
import { type Answer, Hr, openSource, type ReadFault } from './hr.js';
import { Killed, type KillPoint, Life, mortalStore } from './life.js';
import { type Call, openTarget, type Weather } from './line.js';
import { Lms } from './lms.js';
import { Memory } from './memory.js';
import type { Observation } from './observation.js';
import { type Settings, settingsFor } from './settings.js';
import { SilentReporter } from './silent-reporter.js';

export const GO_LIVE = '2026-03-02';
const CALM_WEATHER: Weather = { faults: new Map(), refused: null };
const SYNC = { changed: true, ids: [], deleted: new Set<string>(), fullEvery: Number.POSITIVE_INFINITY };
const IDENTITY = { name: 'acme', source: 'model hr', target: 'model lms' };

interface Run {
  readonly kill: KillPoint | null;
  readonly read: ReadFault | null;
  readonly weather: Weather;
  /** A run of `sync`, with whom the HR system names as changed; undefined: `import-all`. */
  readonly named?: number;
}

interface Ran {
  readonly exit: number;
  readonly calls: readonly Call[];
  readonly answer: Answer;
  readonly reporter: SilentReporter;
  /** Whether the run came to its end, with whatever code, instead of breaking off. */
  readonly finished: boolean;
}

/** A company, its LMS and its hrsync, on a simulated calendar. */
export class Company {
  readonly hr: Hr;
  readonly lms = new Lms();
  readonly memory = new Memory();
  today = GO_LIVE;
  #minutes = 0;
  #store: Store | null = null;
  #nights = 0;

  private constructor(
    private readonly settings: Settings,
    private readonly history: Pick<History, 'choice' | 'hostile'>,
    private readonly file: string,
    /** A person of whom the LMS refuses every write, for good. */
    private readonly refused: string | null,
  ) {
    this.hr = new Hr(history.hostile);
    this.lms.showsNames = history.hostile === true;
  }

  /** Sets a company up in a state file that is not there yet. */
  static async found(history: History, file: string, refused: string | null = null): Promise<Company> {
    const { choice, people, existing, hostile } = history;
    const company = new Company(await settingsFor(choice), history, file, refused);
    for (let number = 1; number <= people; number += 1) {
      hire(company.hr, number, addDays(GO_LIVE, number % 4 === 0 ? 3 : -400));
    }
    const fields = { first_name: 'Old', last_name: 'Account', job_title: 'Typed by hand', primary_team: 'Old' };
    for (const number of existing) {
      const state = number % 3 === 0 ? 'deactivated' : 'active';
      company.lms.add({
        ...{ externalId: null, email: addressOf(number), state, manager: null, user: String(number) },
        // Of the staff, too, somebody may have more rights than a learner.
        role: hostile && number % 5 === 0 ? 'admin' : 'learner',
        fields: { ...fields, ...(hostile && namesOf(company.hr, number)) },
      });
    }
    company.lms.add({
      externalId: null,
      email: 'guest@else.example',
      state: 'active',
      manager: null,
      fields: { ...fields },
    });
    if (hostile) addVictims(company.lms);
    return company;
  }

  /** Lets one night happen, restarts what is killed until it ends, and tells what was seen; null where it was left dead. */
  async night(night: Night): Promise<Observation | null> {
    if (night.restore !== null) await this.#restore(night.restore);
    this.today = addDays(this.today, night.gap);
    this.lms.day = this.today;
    this.#minutes = 0;
    for (const event of night.events) happen(this.hr, event, this.today);
    for (const event of night.clerk ?? []) scheme(this, event, this.today);
    for (const named of night.syncs ?? []) {
      await this.#run({ kill: null, read: null, weather: { ...CALM_WEATHER, refused: this.refused }, named }, []);
    }
    this.#edit(night.edit);
    const before = this.lms.picture();
    const from = this.lms.effects.length;
    const calls: Call[] = [];
    let ran: Ran | null = null;
    let weather: Weather = { faults: new Map(night.faults), refused: this.refused };
    let deaths = 0;
    const kills = night.abandoned && night.kills.length > 0 ? night.kills.slice(0, 1) : [...night.kills, null];
    for (const kill of kills) {
      ran = await this.#run({ kill, read: night.read, weather }, calls);
      if (ran !== null) break;
      deaths += 1;
      weather = { ...CALM_WEATHER, refused: this.refused };
    }
    if (ran === null) return null;
    this.#nights += 1;
    const observation = await this.#observe(ran, before, from, calls, deaths, night);
    await this.#backUp();
    return observation;
  }

  /** Runs once more, with nothing changed and nothing going wrong. */
  async again(): Promise<Ran> {
    const ran = await this.#run({ kill: null, read: null, weather: { ...CALM_WEATHER, refused: this.refused } }, []);
    if (ran === null) throw new Error('nobody killed this run');
    return ran;
  }

  async close(): Promise<void> {
    await this.#store?.close();
    this.#store = null;
  }

  async #run({ kill, read, weather, named }: Run, seen: Call[]): Promise<Ran | null> {
    const life = new Life(kill);
    this.#store ??= await openStore({
      place: { kind: 'file', file: this.file },
      identity: IDENTITY,
      mode: 'write',
      now: this.#now,
    });
    const calls: Call[] = [];
    const answer: Answer = { people: [], consistent: false };
    const reporter = new SilentReporter();
    const { config, mapping, neededFields } = this.settings;
    const spool = openSpool<Candidate, PlannedChange>();
    const store = mortalStore(this.#store, life);
    try {
      const context: RunContext = {
        connector: 'acme',
        options: {
          command: named === undefined ? 'import-all' : 'sync',
          dryRun: false,
          kind: named === undefined ? { name: 'night' } : { name: 'between_nights', reads: SYNC, only: [] },
          allow: {},
          detailedExitCode: false,
          deadline: null,
        },
        policy: policyOf(config, new Date(), this.today),
        mapping,
        types: ANY_TYPES,
        neededFields,
        source: openSource(this.hr, this.today, read, answer, named),
        target: openTarget(this.lms, life, weather, calls),
        credentials: { source: null, target: null },
        placeOf: (path) => path.join('.'),
        store,
        spool,
        reporter,
        now: this.#now,
        configDigest: 'the config',
        firstImport: (await this.#store.firstImportDay()) ?? this.today,
        digest,
        signal: new AbortController().signal,
      };
      const { exitCode } = await runImport(context);
      this.memory.noteRead(this.today, this.hr, answer, false);
      return { exit: exitCode, calls, answer, reporter, finished: true };
    } catch (error) {
      this.memory.noteRead(this.today, this.hr, answer, true);
      if (error instanceof HrsyncError) return { exit: error.exitCode, calls, answer, reporter, finished: false };
      if (!(error instanceof Killed)) throw error;
      // What other workers had under way when the process died is given the time to find out.
      for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await this.close();
      return null;
    } finally {
      seen.push(...calls);
      await spool.close();
    }
  }

  async #observe(
    ran: Ran,
    before: Observation['before'],
    from: number,
    calls: readonly Call[],
    deaths: number,
    night: Night,
  ): Promise<Observation> {
    const store = this.#store;
    if (store === null) throw new Error('a night that ended has a state');
    const snapshots: Snapshot[] = [];
    for await (const batch of store.snapshots()) snapshots.push(...batch);
    const observation: Observation = {
      today: this.today,
      exit: ran.exit,
      finished: ran.finished,
      calm: deaths === 0 && night.faults.length === 0 && this.refused === null,
      before,
      after: this.lms.picture(),
      lms: this.lms,
      effects: this.lms.effects.slice(from),
      calls,
      answer: ran.answer,
      believable: this.memory.isBelievable(ran.answer),
      skips: ran.reporter.skips,
      snapshots,
      open: new Set((await store.openIntents()).map((intent) => intent.employee.id)),
      failing: new Set((await store.failures()).map((failure) => failure.employee.id)),
      memory: this.memory,
      outOfScope: this.settings.config.deactivation.outOfScope,
      deactivationLimit: this.settings.config.safety.limits.deactivate,
      limited: this.history.choice.limits === 'shipped',
    };
    this.memory.forgive(observation);
    this.memory.believe(observation);
    return observation;
  }

  #edit(number: number | null): void {
    const accounts = [...this.lms.accounts.values()];
    const account = number === null ? undefined : accounts[number % accounts.length];
    if (account === undefined || account.role !== 'learner') return;
    account.fields['job_title'] = 'Typed by hand';
    this.memory.excuse(account.id, 'job_title');
  }

  async #backUp(): Promise<void> {
    for (const end of ['', '-wal']) {
      if (existsSync(this.file + end)) copyFileSync(this.file + end, `${this.file}.${this.#nights}${end}`);
    }
    this.memory.keep(this.#nights);
  }

  async #restore(nightsAgo: number): Promise<void> {
    const night = this.#nights - nightsAgo;
    if (night < 1) return;
    await this.close();
    for (const end of ['', '-wal', '-shm']) {
      rmSync(this.file + end, { force: true });
      if (existsSync(`${this.file}.${night}${end}`)) copyFileSync(`${this.file}.${night}${end}`, this.file + end);
    }
    this.#store = await openStore({
      place: { kind: 'file', file: this.file },
      identity: IDENTITY,
      mode: 'write',
      now: this.#now,
    });
    const snapshots: Snapshot[] = [];
    for await (const batch of this.#store.snapshots()) snapshots.push(...batch);
    this.memory.restore(night, snapshots, this.lms);
  }

  readonly #now = (): Date => {
    this.#minutes += 1 / 60;
    return new Date(Date.parse(`${this.today}T02:00:00Z`) + this.#minutes * 60_000);
  };
}
