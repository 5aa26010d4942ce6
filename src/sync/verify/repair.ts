import type { Decision } from '../../core/decide.js';
import type { DriftKind } from '../../core/drift.js';

/** Whom a run that mends drift may touch. What HR wants of them beyond that is left to the night and its limits. */
export interface Repair {
  /** The accounts that differ from the snapshot, by employee id, and how. */
  readonly listed: ReadonlyMap<string, DriftKind>;
  /** Who lost their manager with an account that was closed or deleted by hand, and that manager (employee ids). */
  readonly reports: ReadonlyMap<string, string>;
}

type Action = Decision['action'];

/** What brings an account back to what was acknowledged. A leaver who was let in again ends again. */
const MENDS: Readonly<Record<DriftKind, readonly Action[]>> = {
  gone: ['create', 'hold'],
  deactivated: ['reactivate'],
  active: ['deactivate', 'delete', 'compare'],
  changed: ['compare'],
};

/** Whether a repair may carry a decision out: nobody is made, ended or taken over whom nothing happened to in the LMS. */
export function mends({ listed }: Repair, employeeId: string, action: Action): boolean {
  const kind = listed.get(employeeId);
  if (kind === undefined) return action === 'compare';
  return action === 'skip' || action === 'nothing' || MENDS[kind].includes(action);
}
