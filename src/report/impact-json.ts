import { CHANGE_KINDS, type ChangeKind } from '../core/change.js';
import { countChange, emptySummary } from '../core/plan.js';
import type { ReportedImpact } from './impact.js';
import { changeOf, FORMAT, missingOf, safetyOf, scheduledOf, skipOf } from './json-parts.js';
import type { ReportedChange, RunResult } from './reporter.js';

/** The document of `impact`. `changes.different` holds what both configs do to one person, with other values. */
export function impactDocument(impact: ReportedImpact): object {
  const { present, next, changes, skips, scheduled } = impact;
  const { added, removed, different } = changes;
  return {
    format: FORMAT,
    connector: next.connector,
    day: next.today ?? null,
    started_at: present.startedAt.toISOString(),
    finished_at: next.finishedAt.toISOString(),
    exit_code: impact.exitCode,
    differs: impact.differs,
    config: { present: impact.files.present, new: impact.files.next, changed: impact.changedKeys },
    source: { type: next.source.type, employees: next.read.employees, read_once: impact.readOnce },
    present: planOf(present),
    new: planOf(next),
    summary: {
      added: countsOf(added),
      removed: countsOf(removed),
      different: different.length,
      same: impact.same,
      skipped: { added: skips.added.length, removed: skips.removed.length },
      scheduled: { added: scheduled.added.length, removed: scheduled.removed.length },
    },
    changes: {
      added: added.map(changeOf),
      removed: removed.map(changeOf),
      different: different.map((one) => ({ present: changeOf(one.present), new: changeOf(one.next) })),
    },
    skipped: { added: skips.added.map(skipOf), removed: skips.removed.map(skipOf) },
    scheduled: { added: scheduled.added.map(scheduledOf), removed: scheduled.removed.map(scheduledOf) },
    notices: impact.notices,
  };
}

function planOf({ read, summary, safety, missing }: RunResult): object {
  return {
    complete: read.complete,
    in_scope: read.inScope,
    summary,
    missing: missing.map(missingOf),
    safety: safetyOf(safety),
  };
}

/** The counts of some changes, kind by kind. */
function countsOf(changes: readonly ReportedChange[]): Readonly<Record<ChangeKind, number>> {
  const counts = emptySummary();
  for (const change of changes) countChange(counts, change);
  return Object.fromEntries(CHANGE_KINDS.map((kind) => [kind, counts[kind]])) as Record<ChangeKind, number>;
}
