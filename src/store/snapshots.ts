import type { Snapshot } from '../core/account.js';
import type { Day } from '../core/day.js';

/** What comparing an employee with the snapshot needs; `row` is a small number that stays the account's for good. */
export interface SnapshotKey {
  readonly row: number;
  readonly employeeId: string;
  readonly state: Snapshot['state'];
  readonly hash: string | null;
  readonly awaitingManager: string | null;
  readonly missingSince: Day | null;
}

/** What a store knows of linked accounts: what the LMS acknowledged of each. */
export interface Snapshots {
  /** The keys of those of the given employees who are linked, in no order. */
  keysOf(employeeIds: readonly string[]): Promise<readonly SnapshotKey[]>;
  /** The snapshots of those of the given employees who are linked. */
  snapshotsOf(employeeIds: readonly string[]): Promise<readonly Snapshot[]>;
  /** The snapshots that hold one of these addresses (as `emailKey` gives them). */
  snapshotsByEmail(emailKeys: readonly string[]): Promise<readonly Snapshot[]>;
  snapshotsByAccount(accountIds: readonly string[]): Promise<readonly Snapshot[]>;
  /** Every address that each of these accounts had before the present one (as `emailKey` gives them), by account id. */
  formerAddresses(accountIds: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>>;
  /** The active snapshots whose acknowledged manager is one of these employees. */
  reportsOf(managerIds: readonly string[]): Promise<readonly Snapshot[]>;
  /** Every snapshot, in batches, in the order of their rows. */
  snapshots(): AsyncGenerator<readonly (Snapshot & { readonly row: number })[]>;
  /** The active and pending snapshots of people who were not seen in a read, told by their rows. */
  absent(wasSeen: (row: number) => boolean): AsyncGenerator<readonly Snapshot[]>;
  /** The active snapshots of people whom the latest complete reads did not show. */
  missing(): Promise<readonly Snapshot[]>;
  /** How many linked accounts there are in each state. */
  countSnapshots(): Promise<Readonly<Record<Snapshot['state'], number>>>;
  /** Writes snapshots that changed without a call to the LMS (a new fingerprint, a count of missing reads). */
  putSnapshots(snapshots: readonly Snapshot[]): Promise<void>;
}
