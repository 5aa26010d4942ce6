import type { PlannedChange } from '../../core/change.js';
import type { Intent } from '../../store/store.js';

/** The change that writes what an uncertain one may have written, and nobody can read back. */
export function writingAgain(change: PlannedChange, account: string | null, fields: readonly string[]): PlannedChange {
  const again = fields.map((field) => [field, { before: null, after: change.wanted?.[field] ?? null }] as const);
  const kind = 'update';
  return {
    ...change,
    kind,
    account,
    fields: Object.fromEntries(again),
    invites: false,
    invitation: null,
    takesOverFrom: null,
    hash: null,
  };
}

/** What the journal holds of a change before the call is made; `at` is an ISO instant. */
export function intentOf(change: PlannedChange, run: number, at: string): Intent {
  const { kind, employee, account, invites, fields, because, startDate, invitation } = change;
  return { run, kind, employee, account, invites, fields, because, startDate, hire: invitation?.hire ?? null, at };
}
