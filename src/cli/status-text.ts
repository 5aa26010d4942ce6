import type { Missing } from '../core/absence.js';
import { isEnding, type Scheduled } from '../core/change.js';
import type { EmployeeReference } from '../core/employee.js';
import { sayMinute } from '../core/instant.js';
import { type RolloutSwitch, SWITCHED, sayOff } from '../core/rollout.js';
import { EXIT } from '../exit.js';
import { columns, renderTable } from '../report/table.js';
import { wrapText } from '../report/terminal.js';
import { sayUnderWay, type UnderWay } from '../report/under-way.js';
import { count } from '../report/words.js';
import type { OverdueEnding } from '../store/endings.js';
import type { Failure, Invitation, RememberedSkip, Run } from '../store/store.js';
import type { ComingDeletion } from '../sync/plan/accounts/coming-deletions.js';

/** So many coming deletions are named; `--json` names all. */
const SOON = 20;

/** How far a run is that goes on now; `planned` is null while it reads and plans. */
export type Progress = Pick<UnderWay, 'done' | 'planned'>;

/** How a connector is doing, as `hrsync status` tells it. */
export interface Status {
  readonly connector: string;
  /** Whose account is open although it should have ended, since when and why. */
  readonly endings_overdue: readonly OverdueEnding[];
  readonly last_run: (Run & { readonly under_way?: Progress }) | null;
  readonly last_complete_run: Run | null;
  readonly accounts: Readonly<Record<string, number>>;
  readonly uncertain: number;
  readonly scheduled: readonly Scheduled[];
  /** Closed accounts that `deactivation.delete_after` deletes, soonest first. */
  readonly deletions: readonly ComingDeletion[];
  /** People whose invitation may or may not have been mailed: a person must find out. */
  readonly unclear_invitations: readonly Invitation[];
  readonly missing: readonly (Omit<Missing, 'goneOn'> & { readonly gone_on: string | null })[];
  readonly failing: readonly Failure[];
  /** Whom the last run left alone, those outside the filter only counted. */
  readonly skipped: readonly Omit<RememberedSkip, 'at'>[];
  readonly out_of_scope: number;
  readonly too_old: boolean;
  /** The switches of `rollout` that are off; absent where all are on. */
  readonly rollout_off?: readonly RolloutSwitch[];
}

/** The same for people: what asks for somebody comes first, the calendar last. */
export function statusText(result: Status, zone: string, width: number): string {
  const { last_run: last, last_complete_run: complete, accounts, scheduled } = result;
  const lines = [
    `${result.connector}`,
    ...(result.endings_overdue.length === 0
      ? []
      : [`  Overdue        ${sayOpen(result.endings_overdue.length)} that should have ended`]),
    ...(last?.exitCode === EXIT.refused
      ? wrapText(
          `"hrsync runs ${last.number}" shows what was held back, and what allows it`,
          width,
          '  Refused        ',
        )
      : []),
    ...(result.unclear_invitations.length === 0
      ? []
      : [`  Unclear        ${count(result.unclear_invitations.length, 'invitation')}: mailed or not?`]),
    ...(result.failing.length === 0 ? [] : [`  Failing        ${count(result.failing.length, 'change')}`]),
    `  Last run       ${last === null ? 'none yet' : sayRun(last, zone)}`,
    ...(last?.untold ? wrapText(`${last.untold} (run ${last.number})`, width, '  Mail           ') : []),
    `  Last complete  ${complete === null ? 'none yet' : sayRun(complete, zone)}${result.too_old ? '   too old' : ''}`,
    `  Accounts       ${accounts['active'] ?? 0} active, ${sayPending(accounts['pending'] ?? 0)}${accounts['deactivated'] ?? 0} deactivated`,
  ];
  if (result.uncertain > 0)
    lines.push(`  Uncertain      ${count(result.uncertain, 'change')}; the next run asks the LMS`);
  if (result.rollout_off !== undefined) lines.push(...sayRollout(result.rollout_off, width));
  lines.push(`  Left alone     ${sayLeftAlone(result)}`);
  lines.push(`  Scheduled      ${scheduled.length === 0 ? 'nothing' : `${scheduled.length}`}`);
  lines.push(...deletionLines(result));
  return [`${lines.join('\n')}\n`, ...tables(result, zone, width)].join('\n');
}

function deletionLines({ deletions }: Status): readonly string[] {
  const [first] = deletions;
  if (first === undefined) return [];
  const those = count(deletions.length, 'closed account');
  return [`  Deletions      ${those}, the first from ${first.on} on (deactivation.delete_after)`];
}

function tables(
  { endings_overdue: overdue, scheduled, deletions, unclear_invitations: unclear, missing, failing, skipped }: Status,
  zone: string,
  width: number,
): string[] {
  return [
    table(
      'Open although their account should have ended',
      [...columns('employee', 'name', 'since', 'because'), { title: 'still open because', wraps: true }],
      overdue.map(({ employee, since, because, why }) => [
        ...personCells(employee),
        since,
        because,
        why ?? 'no run has come to it',
      ]),
      width,
    ),
    table(
      'May or may not have been invited (find out, then "hrsync invite resolve")',
      columns('employee', 'name', 'e-mail', 'since', 'because'),
      unclear.map(({ employee, at, because }) => [...personCells(employee), employee.email ?? '', at, because]),
      width,
    ),
    table(
      'Keeps failing',
      [...columns('employee', 'name', 'what', 'tries', 'again after'), { title: 'error', wraps: true }],
      failing.map(({ employee, kind, attempts, retryAt, error }) => [
        ...personCells(employee),
        kind,
        String(attempts),
        isEnding(kind) ? 'the next run' : sayMinute(retryAt, zone),
        error,
      ]),
      width,
    ),
    table(
      'Missing from HR',
      columns('employee', 'name', 'since', 'reads', 'counts as gone from'),
      missing.map(({ employee, since, reads, gone_on }) => [
        ...personCells(employee),
        since,
        String(reads),
        gone_on ?? 'never',
      ]),
      width,
    ),
    table(
      'Skipped until the cause is gone',
      [...columns('employee', 'name', 'run'), { title: 'why', wraps: true }],
      skipped.map(({ employee, run, message }) => [...personCells(employee), String(run), message]),
      width,
    ),
    table(
      'Scheduled',
      columns('on', 'what', 'employee', 'name', 'e-mail'),
      scheduled.map(({ on, kind, employee }) => [on, kind, ...personCells(employee), employee.email ?? '']),
      width,
    ),
    table(
      deletions.length > SOON ? `To be deleted, the next ${SOON} of ${deletions.length}` : 'To be deleted',
      columns('from', 'employee', 'name', 'e-mail'),
      deletions.slice(0, SOON).map(({ on, employee }) => [on, ...personCells(employee), employee.email ?? '']),
      width,
    ),
  ].filter((one) => one !== '');
}

function table(
  title: string,
  titles: Parameters<typeof renderTable>[0],
  rows: readonly (readonly string[])[],
  width: number,
): string {
  if (rows.length === 0) return '';
  return `${title}\n${renderTable(titles, rows, width)}`;
}

function personCells({ id, name }: EmployeeReference): readonly string[] {
  return [`#${id}`, name ?? ''];
}

function sayLeftAlone({ skipped, out_of_scope: outside }: Status): string {
  return `${skipped.length} skipped, ${outside} outside the filter`;
}

function sayOpen(accounts: number): string {
  return count(accounts, 'account is open', 'accounts are open');
}

// Most systems know no such people.
function sayPending(pending: number): string {
  return pending === 0 ? '' : `${pending} invited and not there yet, `;
}

function sayRun(
  { number, command, startedAt, finishedAt, exitCode, ...run }: NonNullable<Status['last_run']>,
  zone: string,
): string {
  if (run.under_way !== undefined)
    return `run ${number} (${command}), ${sayUnderWay({ run: number, since: startedAt, ...run.under_way })}`;
  const end = finishedAt === null ? 'did not finish' : `exit code ${exitCode}`;
  return `run ${number} (${command}), ${sayMinute(startedAt, zone)}, ${end}`;
}

function sayRollout(off: readonly RolloutSwitch[], width: number): string[] {
  const held = off.map((one) => `${sayOff(one)} (${SWITCHED[one]})`).join(', ');
  return wrapText(`${held}: planned and held back`, width, '  Rollout        ');
}
