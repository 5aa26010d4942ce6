import type { FieldChange } from '../core/change.js';
import { DRIFT_KINDS, type Drift, type DriftKind } from '../core/drift.js';
import { changeLines, type View } from './change-text.js';
import { firstOf, inGroups } from './groups.js';
import { withManagers } from './managers.js';
import { andMore } from './plan-changes.js';
import type { ReportedChange, VerifyResult } from './reporter.js';
import { flow, lines, safeText, wrapText } from './terminal.js';
import { count, sayDuration } from './words.js';

/** How each kind of drift is written: heading, part of a count, and the kind of change whose sign it bears. */
const WORDS: Readonly<Record<DriftKind, { heading: string; found: string; sign: ReportedChange['kind'] }>> = {
  gone: { heading: 'Gone from the LMS', found: 'gone', sign: 'delete' },
  deactivated: { heading: 'Deactivated in the LMS', found: 'deactivated', sign: 'deactivate' },
  active: { heading: 'Active in the LMS, although ended', found: 'active again', sign: 'reactivate' },
  changed: { heading: 'Changed in the LMS', found: 'changed', sign: 'update' },
};

/** What differs between the LMS and the snapshot, person by person; each piece ends with a line break. */
export async function* renderDrift(result: VerifyResult, view: View): AsyncGenerator<string> {
  const { style, width } = view;
  yield `${style.strong(safeText(`${result.connector}: ${result.target.title} against what it last acknowledged`))}\n\n`;
  yield lines(flow(sayDriftCounts(result), width, '  Compared  ', ' · '));
  for await (const group of inGroups(
    () => result.drift(),
    ({ kind }) => kind,
    DRIFT_KINDS,
  )) {
    yield `\n${style.strong(`${WORDS[group.key].heading} ${group.total}`)}\n`;
    for await (const drift of withManagers(firstOf(group.items, view.limit), result.namesOf))
      yield lines(changeLines(asChange(drift), view));
    yield andMore(group.total, view);
  }
  yield '\n';
  for (const notice of result.notices) yield lines(wrapText(notice, width, 'Note      '));
  if (!result.repairs) {
    const next =
      '"hrsync verify --repair --dry-run" shows what HR says now and what would be sent; without --dry-run it is.';
    yield lines(wrapText(next, width, 'Next      '));
  }
}

/** `no drift: 396 accounts compared (1.2 s)`, and what else there is to know. */
export function noDrift({ compared, startedAt, finishedAt, notices }: VerifyResult): string {
  const took = sayDuration(finishedAt.getTime() - startedAt.getTime());
  const rest = notices.map((sentence) => `; ${safeText(sentence)}`).join('');
  return `no drift: ${count(compared, 'account')} compared (${took})${rest}`;
}

/** "396 accounts", "394 in step", "2 changed". */
export function sayDriftCounts({ compared, counts }: VerifyResult): string[] {
  const found = DRIFT_KINDS.filter((kind) => counts[kind] > 0).map((kind) => `${counts[kind]} ${WORDS[kind].found}`);
  const differing = DRIFT_KINDS.reduce((sum, kind) => sum + counts[kind], 0);
  return [count(compared, 'account'), `${compared - differing} in step`, ...found];
}

// Told as a change is: before is what was acknowledged, after what the LMS shows.
function asChange({
  kind,
  employee,
  account,
  state,
  fields,
  managerNames = new Map(),
}: Drift & Pick<ReportedChange, 'managerNames'>): ReportedChange {
  const all: Record<string, FieldChange> = state === null ? { ...fields } : { account: state, ...fields };
  const because = `account ${account}`;
  return {
    ...{ kind: WORDS[kind].sign, employee, account, fields: all, because },
    ...{ invites: false, privileged: false, stage: 0, outcome: 'done', error: null, managerNames },
  };
}
