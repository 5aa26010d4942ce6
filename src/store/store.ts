import type { CompanyMemory } from './company.js';
import type { CorrectionMemory } from './corrections.js';
import type { Invitations } from './invitations.js';
import type { Journal } from './journal.js';
import type { LeftUndone } from './left-undone.js';
import type { Erasure } from './retention.js';
import type { Runs } from './runs.js';
import type { Snapshots } from './snapshots.js';

export type { CredentialDigests } from './company.js';
export type { Invitation } from './invitations.js';
export type { Intent, JournalEntry, OpenIntent, Settlement } from './journal.js';
export type { Failure, RememberedSkip } from './left-undone.js';
export type { ConnectorIdentity, OpenFile, OpenStore } from './open-store.js';
export type { FinishedRun, Run } from './runs.js';
export type { SnapshotKey } from './snapshots.js';

/**
 * What hrsync remembers between runs. Asynchronous and in batches throughout, so that a shared database can stand
 * beside SQLite one day. A method that writes has committed durably once its promise resolves.
 */
export interface Store
  extends Snapshots,
    Journal,
    Invitations,
    LeftUndone,
    CompanyMemory,
    CorrectionMemory,
    Runs,
    Erasure {
  close(): Promise<void>;
}
