/** A row as it comes back. */
export type FleetRow = Readonly<Record<string, unknown>>;

/** Runs one statement. */
export type FleetQuery = (text: string, values?: readonly unknown[]) => Promise<readonly FleetRow[]>;

/** The database of a fleet, for what stands beside the connectors' own state. */
export interface FleetDatabase {
  readonly query: FleetQuery;
  /** Runs statements in one transaction, and takes all of them back when one fails. */
  transact<Result>(work: (query: FleetQuery) => Promise<Result>): Promise<Result>;
  close(): Promise<void>;
}

/** A text, or null. */
export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A number, or null. */
export function integer(value: unknown): number | null {
  return typeof value === 'number' ? value : typeof value === 'string' ? Number(value) : null;
}

/** An instant, or null; the session's zone is UTC, so texts end with +00. */
export function instantOf(value: unknown): Date | null {
  return typeof value === 'string' ? new Date(value.replace(' ', 'T').replace(/\+00$/, 'Z')) : null;
}

/** A JSON object; what is none counts as an empty one. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
}
