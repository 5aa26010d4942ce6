/** One fact beside a log line; never a secret, and never a person's name or address. */
export type LogFacts = Readonly<Record<string, string | number | boolean | null>>;

/** Where adapters leave what an operator may want to see: `debug` only with `--verbose`. */
export interface Log {
  debug(sentence: string, facts?: LogFacts): void;
  warn(sentence: string, facts?: LogFacts): void;
}

/** Swallows everything. */
export const silentLog: Log = { debug: () => undefined, warn: () => undefined };
