import { CHANGE_KINDS, type Change, type ChangeKind } from './change.js';

/** The counts of a plan. `invite` counts every mail that the LMS will send, whatever change causes it. */
export type Summary = Readonly<Record<ChangeKind | 'scheduled' | 'unchanged' | 'skipped' | 'failed', number>>;

/** A summary of nothing, to count into. */
export function emptySummary(): Record<keyof Summary, number> {
  return {
    create: 0,
    update: 0,
    deactivate: 0,
    reactivate: 0,
    delete: 0,
    adopt: 0,
    invite: 0,
    scheduled: 0,
    unchanged: 0,
    skipped: 0,
    failed: 0,
  };
}

/** How many changes these counts come to; an invitation is a part of another change, or none. */
export function changesIn(counts: Readonly<Partial<Record<string, number>>>): number {
  const kinds = CHANGE_KINDS.filter((kind) => kind !== 'invite');
  return kinds.reduce((sum, kind) => sum + (counts[kind] ?? 0), 0);
}

/** Counts one change, and the invitation that it mails. */
export function countChange(
  counts: Record<ChangeKind, number>,
  { kind, invites }: Pick<Change, 'kind' | 'invites'>,
): void {
  counts[kind] += 1;
  if (invites && kind !== 'invite') counts.invite += 1;
}
