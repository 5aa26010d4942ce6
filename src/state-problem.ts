/** Why a state cannot be used. */
export type StateProblem =
  | { readonly kind: 'unusable'; readonly detail: string }
  | { readonly kind: 'foreign'; readonly holds: string; readonly expected: string }
  | { readonly kind: 'newer'; readonly version: number; readonly supported: number }
  | { readonly kind: 'linked'; readonly path: string }
  /** It does not fit the log of SQLite (`-wal`) that lies beside it. */
  | { readonly kind: 'mixed' }
  | { readonly kind: 'missing' }
  /** The state was moved, and this is what was left behind. */
  | { readonly kind: 'moved'; readonly to: string }
  | DatabaseProblem;

/** Why a state in a database cannot be used. */
export type DatabaseProblem =
  | { readonly kind: 'address'; readonly detail: string }
  /** It cannot be connected to; it was, and the connection is gone; or it refuses what it is asked to do. */
  | { readonly kind: 'unreachable' | 'lost' | 'database'; readonly detail: string }
  | { readonly kind: 'outdated'; readonly version: number; readonly needed: number }
  /** Nobody has made the tables, and this command makes none. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'package'; readonly name: string };
