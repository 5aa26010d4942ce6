import type { Config } from '../config/config.js';
import type { ConfigDraft } from '../config/load.js';
import type { ConfigLook } from '../config/parse.js';
import type { Redact, Stream } from '../report/output.js';
import type { Reporter } from '../report/reporter.js';

/** What hrsync needs of the process that runs it; tests hand in one of their own. */
export interface HostProcess {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly stdout: Stream;
  readonly stderr: Stream;
  readonly stdin?: NodeJS.ReadableStream & {
    readonly isTTY?: boolean | undefined;
    setRawMode?(raw: boolean): unknown;
  };
  cwd(): string;
  on(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  on(trouble: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', listener: () => void): unknown;
  off(trouble: 'uncaughtException' | 'unhandledRejection', listener: (error: unknown) => void): unknown;
}

/** The flags that every command has. */
export interface GlobalFlags {
  readonly config?: string | undefined;
  readonly json?: boolean | undefined;
  readonly quiet?: boolean | undefined;
  readonly verbose?: boolean | undefined;
  readonly logFormat?: 'text' | 'json' | undefined;
  /** False with `--no-color`. */
  readonly color: boolean;
}

/** What a command is given to work with. */
export interface CommandWorld {
  readonly host: HostProcess;
  readonly flags: GlobalFlags;
  readonly reporter: Reporter;
  /** One more reporter of the same kind, for a command that runs more than once. */
  readonly newReporter: () => Reporter;
  /** Aborted at SIGINT or SIGTERM. */
  readonly signal: AbortSignal;
  /** Columns of the terminal, or 200 where there is none. */
  readonly width: number;
  /** Whether text on stdout may be coloured. */
  readonly colour: boolean;
  /** Longest pause between requests, in ms; absent: as long as pace and far end ask. A rehearsal does not wait as long. */
  readonly longestWait?: number;
  /** The clock: the real one, but for the demo, which lets a month pass. */
  readonly now: () => Date;
  /** Takes the secrets of the config, once it is loaded, out of a text. */
  readonly redact: (text: string) => string;
  /** Loads the config that the flags name, or a draft of one, and shows its warnings. */
  loadConfig(draft?: ConfigDraft): Promise<Config>;
  /** Loads the config that an argument of the command names, and shows its warnings. */
  loadConfigAt(path: string, argument: string): Promise<Config>;
  /** Reads the config that the flags name without running a command of it; shows no warnings. */
  lookAtConfig(): Promise<ConfigLook>;
  /**
   * Writes the result of a command that is no run: text, or with `--json` one document. `troubles` are the sentences of the
   * text that ask for attention; with `--json` they go to stderr as well.
   */
  print(result: { readonly text: string; readonly json: unknown; readonly troubles?: readonly string[] }): void;
  /** The same for a result that need not fit in memory; `json` yields the document without secrets. */
  stream(result: {
    readonly text: () => AsyncIterable<string>;
    readonly json: (redact: Redact) => AsyncIterable<string>;
  }): Promise<void>;
}

/** A command, ready to run; gives the exit code. */
export type CommandBody = (world: CommandWorld) => Promise<number>;
