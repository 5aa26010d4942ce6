import { EXIT, type ExitCode } from './exit.js';

/**
 * The ways in which hrsync can fail. Errors carry facts as fields and no advice: `report/messages` turns each into what
 * happened, what it means and what to do next.
 */
export abstract class HrsyncError extends Error {
  abstract override readonly name: string;
  /** What the process exits with when this error ends it. */
  readonly exitCode: ExitCode = EXIT.unexpected;
  /**
   * What a far end said of it, without secrets; null where it said nothing. It may be about a person, so it never stands in
   * `message`, is never stored, and is shown with `--verbose` alone.
   */
  get words(): string | null {
    return this.cause instanceof HrsyncError ? this.cause.words : null;
  }
}

/** `next`: what to do, as sentences, where the usual advice does not fit. */
export interface Advised extends ErrorOptions {
  readonly next?: string;
}

/** The command line asks for something that does not exist or does not fit together. */
export class UsageError extends HrsyncError {
  override readonly name = 'UsageError';
  override readonly exitCode = EXIT.usage;
  readonly next: string | null;
  constructor(message: string, { next, ...options }: Advised = {}) {
    super(message, options);
    this.next = next ?? null;
  }
}

/** One thing wrong in a config file. Lines and columns count from 1. */
export interface ConfigProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Path of the key, such as `target.base_url`. */
  readonly path: string;
  readonly message: string;
  /** What to write instead, where that is known. */
  readonly suggestion: string | null;
}

/** The config cannot be used; holds every problem at once. */
export class ConfigError extends HrsyncError {
  override readonly name = 'ConfigError';
  override readonly exitCode = EXIT.usage;
  constructor(readonly problems: readonly ConfigProblem[]) {
    super(problems.map((p) => `${p.file}:${p.line}:${p.column} ${p.path}: ${p.message}`).join('\n'));
  }
}

/** The system refused the credentials (HTTP 401, wrong client, revoked key). */
export class CredentialsError extends HrsyncError {
  override readonly name = 'CredentialsError';
  override readonly exitCode = EXIT.credentials;
  constructor(
    readonly system: string,
    readonly detail: string,
    /** `settings`: which settings hold the credentials and where they are made, as words that go after "Compare". */
    readonly options: ErrorOptions & { readonly settings?: string } = {},
  ) {
    super(`${system} rejected the credentials: ${detail}`, options);
  }
}

/** The credentials are good but may not do or read something that the config needs. */
export class PermissionError extends HrsyncError {
  override readonly name = 'PermissionError';
  override readonly exitCode = EXIT.credentials;
  readonly next: string | null;
  /** What the system does with it. */
  readonly denial: string;
  constructor(
    readonly system: string,
    /** What is missing, in the system's own words: scopes, attributes, rights. */
    readonly missing: readonly string[],
    readonly detail: string,
    { next, denial = 'does not allow', ...options }: Advised & { readonly denial?: string } = {},
  ) {
    super(`${system} withholds ${missing.join(', ')}: ${detail}`, options);
    this.next = next ?? null;
    this.denial = denial;
  }
}

/** The HR system's answer cannot be believed as a whole: short, doubled, empty, not JSON, implausible. */
export class IncompleteReadError extends HrsyncError {
  override readonly name = 'IncompleteReadError';
  override readonly exitCode = EXIT.incompleteRead;
  readonly next: string | null;
  constructor(
    readonly system: string,
    /** Each check that did not hold, as a sentence with figures. */
    readonly findings: readonly string[],
    { next, ...options }: Advised = {},
  ) {
    super(`the read of ${system} is not complete: ${findings.join('; ')}`, options);
    this.next = next ?? null;
  }
}

/** Why an HR system says that its data must not be used now. */
export type NotReadyReason = 'setting_up' | 'held_back' | 'switched_off' | 'outdated' | 'disconnected';

/** The HR system, or what mirrors it, answers well and says that its own data is not to be relied on. */
export class NotReadyError extends HrsyncError {
  override readonly name = 'NotReadyError';
  override readonly exitCode: ExitCode;
  constructor(
    readonly system: string,
    readonly reason: NotReadyReason,
    /** What it says, in its own words. */
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`the data of ${system} is not to be used now: ${detail}`, options);
    this.exitCode = reason === 'disconnected' ? EXIT.credentials : EXIT.incompleteRead;
  }
}

/** The state file cannot be used. */
export class StateError extends HrsyncError {
  override readonly name = 'StateError';
  constructor(
    readonly file: string,
    readonly problem:
      | { readonly kind: 'unusable'; readonly detail: string }
      | { readonly kind: 'foreign'; readonly holds: string; readonly expected: string }
      | { readonly kind: 'newer'; readonly version: number; readonly supported: number }
      | { readonly kind: 'linked'; readonly path: string }
      /** It does not fit the log of SQLite (`-wal`) that lies beside it. */
      | { readonly kind: 'mixed' }
      | { readonly kind: 'missing' },
    options?: ErrorOptions,
  ) {
    super(`state file ${file}: ${problem.kind}`, options);
  }
}

/** Another run holds the lock of this connector, or another server serves it. */
export class LockedError extends HrsyncError {
  override readonly name = 'LockedError';
  override readonly exitCode = EXIT.locked;
  constructor(
    readonly file: string,
    readonly holder: string | null,
    /** How messages call the other one. */
    readonly other: 'run' | 'hrsync serve' = 'run',
  ) {
    super(`another ${other} holds ${file}`);
  }
}

/** The run was asked to stop (SIGINT, SIGTERM). */
export class InterruptedError extends HrsyncError {
  override readonly name = 'InterruptedError';
  override readonly exitCode = EXIT.interrupted;
  constructor() {
    super('interrupted');
  }
}

/** A request budget is used up: what has begun is finished, nothing more is begun, and the next run goes on. */
export class BudgetError extends HrsyncError {
  override readonly name = 'BudgetError';
  override readonly exitCode = EXIT.budget;
  constructor(
    readonly system: string,
    /** How far it is used up, as a clause with figures. */
    readonly detail: string,
    /** The setting of the target that sets the bound. */
    readonly setting: string,
  ) {
    super(`the request budget of ${system} is used up: ${detail}`);
  }
}

/** The time of a run (`--max-minutes`) ended while it was still reading: nothing is concluded from half a read. */
export class OutOfTimeError extends HrsyncError {
  override readonly name = 'OutOfTimeError';
  override readonly exitCode = EXIT.budget;
  constructor() {
    super('the time of this run was used up while it was still reading');
  }
}

/** One person could not be found in the state or the HR system. */
export class UnknownPersonError extends HrsyncError {
  override readonly name = 'UnknownPersonError';
  override readonly exitCode = EXIT.usage;
  constructor(
    readonly person: string,
    readonly place: string,
  ) {
    super(`nobody called ${person} in ${place}`);
  }
}

/** Facts that every failed request knows of itself; the URL is redacted of credentials and query values. */
export interface RequestFacts {
  /** How reports call the system: "Learn Amp". */
  readonly system: string;
  readonly method: string;
  readonly url: string;
  /** Attempts made, the failed one included. */
  readonly attempts: number;
  /** Which end of the connector it is, where that is known. */
  readonly side?: 'source' | 'target' | undefined;
}

/** A request that brought no usable answer. */
export abstract class RequestError extends HrsyncError {
  // A read that fails is turned into an incomplete read before it gets here: this is the LMS, and its changes wait.
  override readonly exitCode = EXIT.partial;
  /** Whether the far end may have carried the request out although we hold no answer that says so. */
  abstract readonly mayHaveHappened: boolean;
  constructor(
    readonly request: RequestFacts,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** A list of the LMS holds fewer accounts than the LMS says there are: nobody is missing because the list lacks them. */
export class ShortListError extends RequestError {
  override readonly name = 'ShortListError';
  readonly mayHaveHappened = false;
  constructor(
    request: RequestFacts,
    /** What was wrong with the list, with figures, as part of a sentence. */
    readonly problem: string,
  ) {
    super(request, `${request.system} answered ${request.method} ${request.url} with ${problem}`);
  }
}
