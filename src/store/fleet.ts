import type { HrEvent } from '../core/hr-event.js';
import type { Owed } from '../core/owed.js';
import type { ConnectorIdentity } from './open-store.js';

/** When a connector's runs are due, as cron expressions in its zone; null: never. */
export interface ConnectorTimes {
  readonly timezone: string;
  readonly schedule: { readonly importAll: string | null; readonly sync: string | null };
}

/** What the database keeps of a connector's file beside its text. */
export interface ConnectorEntry extends ConnectorTimes {
  readonly name: string;
  readonly tenant: string;
  readonly labels: Readonly<Record<string, string>>;
  /** Types of its two adapters. */
  readonly source: string;
  readonly target: string;
  readonly text: string;
}

/** A connector as the database knows it. */
export interface RegisteredConnector extends ConnectorEntry {
  readonly version: number;
  readonly paused: boolean;
  /** Its file is gone: no more runs, state kept. */
  readonly retired: boolean;
}

/** What `fleet apply` writes. */
export interface AppliedConnector extends ConnectorEntry {
  /** Null where nothing is due any more. */
  readonly nextDueAt: Date | null;
  /** Whether the text differs from the version before: it becomes a new one. */
  readonly isNewVersion: boolean;
  /** Whether its times differ, or it is new: what is due next counts anew. */
  readonly hasNewTimes: boolean;
}

/** The connectors of a fleet and their versions. */
export interface Registry {
  connectors(): Promise<readonly RegisteredConnector[]>;
  connector(name: string): Promise<RegisteredConnector | null>;
  /** Everything that has a state, retired connectors included, with the systems that it belongs to. */
  states(): Promise<readonly ConnectorIdentity[]>;
  /** Writes new versions and retires connectors: all of it in one transaction. `by`: who asked for it. */
  apply(changed: readonly AppliedConnector[], retired: readonly string[], by: string): Promise<void>;
  /** Holds back new runs of connectors, or lets them go on; gives the names that there are not. */
  setPaused(names: readonly string[], paused: boolean): Promise<readonly string[]>;
}

/** A connector of which something is due by its times. */
export interface DueConnector extends ConnectorTimes {
  readonly name: string;
  readonly nextDueAt: Date;
}

/** What came of it. */
export interface Ticked {
  readonly name: string;
  readonly owed: Owed;
  readonly nextDueAt: Date | null;
}

/** A connector that owes something and could be run now. */
export interface Candidate {
  readonly name: string;
  readonly tenant: string;
  readonly owed: Owed;
  readonly owedSince: Date | null;
  /** Whether no run of it has ever ended. */
  readonly isNew: boolean;
  /** Employees at its last read of everybody; null: unknown. */
  readonly employees: number | null;
  readonly source: string;
  readonly target: string;
  readonly version: number;
  readonly attempts: number;
}

/** A run that failed not long ago. */
export interface RecentFailure {
  readonly connector: string;
  readonly source: string;
  readonly target: string;
  readonly error: string;
}

/** What a claim is decided by. */
export interface ClaimView {
  readonly now: Date;
  readonly candidates: readonly Candidate[];
  /** How many connectors run now, by tenant. */
  readonly running: ReadonlyMap<string, number>;
}

/** What became of an attempt. */
export interface Attempted {
  readonly name: string;
  /** What it would have fulfilled. */
  readonly owed: Owed;
  /** `put back`: another process had its turn. `failed`: `retryIn` ms later again; null: given up. */
  readonly ending: 'fulfilled' | 'put back' | 'failed';
  readonly retryIn?: number | null;
}

/** Who does what next. Nothing here decides who may write: that is the lease. */
export interface Dispatch {
  now(): Promise<Date>;
  /** Writes down what has become due, under a lock; gives whether more may have, which is for another call. */
  tick(work: (due: readonly DueConnector[], now: Date) => readonly Ticked[]): Promise<boolean>;
  /** Chooses among what is owed, one worker at a time, and marks it as taken for `seconds`. */
  claim<Choice extends { readonly candidate: Candidate }>(
    worker: string,
    choose: (view: ClaimView) => readonly Choice[],
  ): Promise<readonly Choice[]>;
  /** Ends a claim. */
  settle(worker: string, attempt: Attempted): Promise<void>;
  /** Asks for a run by hand. */
  ask(name: string): Promise<void>;
  /** Whether a run that was asked for by hand has not ended yet. */
  isAsked(name: string): Promise<boolean>;
  /** Whether anything is owed that a worker could do. */
  owesAnything(): Promise<boolean>;
  /** Runs that failed since then, with the errors that they ended with. */
  failuresSince(seconds: number): Promise<readonly RecentFailure[]>;
  /** Allows one attempt at a vendor that is down, every so many seconds over all workers. */
  mayProbe(vendor: string, seconds: number): Promise<boolean>;
  /** Writes down a run that could not begin, so that nobody takes its connector for one that does well. */
  recordBroken(name: string, run: BrokenRun): Promise<void>;
}

/** A run that ended before it had a number. */
export interface BrokenRun {
  readonly command: string;
  readonly startedAt: string;
  readonly finishedAt: string;
  readonly exitCode: number;
  readonly error: string;
  readonly worker: string;
  readonly version: number;
}

/** A process that carries out runs. */
export interface WorkerEntry {
  readonly name: string;
  readonly host: string;
  readonly process: number;
  readonly version: string;
  readonly labels: readonly string[];
  readonly slots: number;
}

/** What a worker is told when it shows that it is alive. */
export interface Beat {
  /** Whether somebody asked it to take no more. */
  readonly draining: boolean;
  /** The least version of the schema that may work on this database. */
  readonly leastVersion: number;
  readonly now: Date;
}

/** The workers of a fleet. */
export interface Workers {
  /** Registers a worker; false where one of that name lives in another process. */
  register(worker: WorkerEntry): Promise<boolean>;
  beat(name: string, running: number, draining: boolean): Promise<Beat>;
  leave(name: string): Promise<void>;
  /** Asks a worker to drain; false where there is none. */
  drain(name: string): Promise<boolean>;
  workers(): Promise<readonly KnownWorker[]>;
}

/** A worker as the database knows it. */
export interface KnownWorker extends WorkerEntry {
  readonly running: number;
  readonly draining: boolean;
  readonly seenAt: Date;
}

/** A run as the overview shows it. */
export interface OverviewRun {
  readonly number: number;
  readonly command: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly exitCode: number | null;
  readonly worker: string | null;
}

/** A connector as the overview shows it. */
export interface OverviewConnector {
  readonly name: string;
  readonly tenant: string;
  readonly source: string;
  readonly target: string;
  readonly paused: boolean;
  readonly owed: Owed;
  readonly owedSince: Date | null;
  readonly nextDueAt: Date | null;
  readonly isRunning: boolean;
  /** The worker that runs it now. */
  readonly runsOn: string | null;
  readonly lastRun: OverviewRun | null;
  /** Exit code of the last run that has ended. */
  readonly lastExitCode: number | null;
  /** When the last run began that came to its end. */
  readonly lastGoodAt: Date | null;
}

/** A run of any connector. */
export interface FleetRun extends OverviewRun {
  readonly connector: string;
  readonly error: string | null;
}

/** The fleet as a whole. */
export interface Overview {
  overview(): Promise<{ readonly now: Date; readonly connectors: readonly OverviewConnector[] }>;
  /** The newest run of a connector that has ended. */
  lastEnded(name: string): Promise<OverviewRun | null>;
  /** The newest runs first. */
  fleetRuns(count: number, failing: boolean): Promise<readonly FleetRun[]>;
}

/** When reserved requests may begin. */
export interface Reserved {
  readonly start: number;
  readonly gap: number;
  /** What the database's clock said then. */
  readonly now: number;
}

/** Limits that all workers share. */
export interface Paces {
  /** Reserves the next requests of a key, `gap` ms apart at least; times are epoch ms by the database's clock. */
  reserve(rule: string, key: string, count: number, gap: number): Promise<Reserved>;
  /** Nobody begins a request of this key for so long, in ms; `slower` makes what comes after slower. */
  holdBack(rule: string, key: string, milliseconds: number, slower: boolean): Promise<void>;
}

/** An event as a door took it in. */
export interface TakenEvent extends HrEvent {
  readonly receivedAt: string;
}

/** What doors write. */
export interface DoorBook {
  /** Keeps events and what is owed for them in one transaction; false where all of them had come before. */
  takeIn(name: string, events: readonly TakenEvent[]): Promise<boolean>;
  countWaiting(name: string): Promise<number>;
}

/** Everything of a fleet that stands in the database, beside the connectors' own state. */
export interface FleetStore extends Registry, Dispatch, Workers, Overview, Paces, DoorBook {
  /** The version of the schema that this hrsync knows. */
  readonly schemaVersion: number;
  close(): Promise<void>;
}
