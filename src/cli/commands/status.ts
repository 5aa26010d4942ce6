import type { Config } from '../../config/config.js';
import { type Missing, missingPerson } from '../../core/absence.js';
import { isEnding, type Scheduled } from '../../core/change.js';
import { dayIn } from '../../core/day.js';
import { duration } from '../../core/duration.js';
import type { EmployeeReference } from '../../core/employee.js';
import { sayMinute } from '../../core/instant.js';
import { UsageError } from '../../errors.js';
import { cameToItsEnd, EXIT } from '../../exit.js';
import { columns, count, renderTable, sayUnderWay, type UnderWay, wrapText } from '../../report/index.js';
import type { OverdueEnding } from '../../store/endings.js';
import type { Failure, Invitation, RememberedSkip, Run, Store } from '../../store/store.js';
import { overdueEndings } from '../../sync/plan/limits/overdue.js';
import { writeCorrections } from '../corrections-file.js';
import { liveRun } from '../live-run.js';
import type { CommandBody } from '../process.js';
import { withState } from '../session.js';

const LOOKED_BACK = 1_000;

interface StatusFlags {
  readonly maxAge?: string | undefined;
  /** Where HR's list of corrections is to be written. */
  readonly corrections?: string | undefined;
}

/** How far a run is that goes on now; `planned` is null while it reads and plans. */
type Progress = Pick<UnderWay, 'done' | 'planned'>;

interface Status {
  readonly connector: string;
  /** Whose account is open although it should have ended, since when and why. */
  readonly endings_overdue: readonly OverdueEnding[];
  readonly last_run: (Run & { readonly under_way?: Progress }) | null;
  readonly last_complete_run: Run | null;
  readonly accounts: Readonly<Record<string, number>>;
  readonly uncertain: number;
  readonly scheduled: readonly Scheduled[];
  /** People whose invitation may or may not have been mailed: a person must find out. */
  readonly unclear_invitations: readonly Invitation[];
  readonly missing: readonly (Omit<Missing, 'goneOn'> & { readonly gone_on: string | null })[];
  readonly failing: readonly Failure[];
  /** Whom the last run left alone, those outside the filter only counted. */
  readonly skipped: readonly Omit<RememberedSkip, 'at'>[];
  readonly out_of_scope: number;
  readonly too_old: boolean;
}

/** Tells how the connector is doing, out of its state alone. */
export function status(flags: StatusFlags): CommandBody {
  return async (world) => {
    const maxAge = flags.maxAge === undefined ? null : duration(flags.maxAge);
    if (flags.maxAge !== undefined && maxAge === null)
      throw new UsageError(`--max-age takes a duration such as 26h, not ${flags.maxAge}`);
    return withState(world, 'read', async (store, config) => {
      if (flags.corrections !== undefined) await writeCorrections(world, config, store, flags.corrections);
      const result = await gather(store, config, maxAge, world.now());
      const troubles = result.too_old ? [`${config.name}: no good run since ${flags.maxAge} ago`] : [];
      if (result.last_run?.untold) troubles.push(result.last_run.untold);
      world.print({ text: text(result, config.timezone, world.width), json: { format: 1, ...result }, troubles });
      return result.too_old ? EXIT.partial : EXIT.done;
    });
  };
}

async function gather(store: Store, config: Config, maxAge: number | null, now: Date): Promise<Status> {
  const [last] = await store.runs(1);
  const complete = await store.lastCompleteRun();
  const live = await liveRun(store, config.state);
  const scheduled: Scheduled[] = [];
  for await (const batch of store.schedule()) scheduled.push(...batch);
  const dayOf = (at: Date) => dayIn(config.timezone, at);
  return {
    connector: config.name,
    endings_overdue: await overdueEndings(store, { today: dayOf(now), dayOf }),
    last_run: last === undefined ? null : { ...last, ...(live !== null && { under_way: progressOf(live) }) },
    last_complete_run: complete,
    accounts: await store.countSnapshots(),
    uncertain: (await store.openIntents()).filter(({ run }) => run !== live?.run).length,
    unclear_invitations: await unclear(store),
    scheduled,
    missing: (await store.missing()).map((one) => {
      const { goneOn, ...rest } = missingPerson(one, dayOf(now), config.deactivation.missing);
      return { ...rest, gone_on: goneOn };
    }),
    failing: await store.failures(),
    ...(await leftAlone(store)),
    too_old: maxAge !== null && isOlder(await lastGoodRun(store), maxAge, now),
  };
}

function progressOf({ done, planned }: UnderWay): Progress {
  return { done, planned };
}

async function leftAlone(store: Store): Promise<Pick<Status, 'skipped' | 'out_of_scope'>> {
  const skipped: Omit<RememberedSkip, 'at'>[] = [];
  let outside = 0;
  for await (const batch of store.skips()) {
    for (const { at: _, ...skip } of batch) {
      if (skip.reason === 'out_of_scope') outside += 1;
      else skipped.push(skip);
    }
  }
  return { skipped, out_of_scope: outside };
}

async function unclear(store: Store): Promise<readonly Invitation[]> {
  const invitations: Invitation[] = [];
  for await (const batch of store.listInvitations(['uncertain'])) invitations.push(...batch);
  return invitations;
}

// Safety refuses a run after it has read everybody: such a night is no good one. Neither is a run that read everybody for
// the sake of some: invitations alone, single people, a repair.
async function lastGoodRun(store: Store): Promise<Run | null> {
  const good = (run: Run) => run.whole && cameToItsEnd(run.exitCode);
  return (await store.runs(LOOKED_BACK)).find(good) ?? null;
}

function isOlder(run: Run | null, maxAge: number, now: Date): boolean {
  return run === null || run.finishedAt === null || now.getTime() - Date.parse(run.finishedAt) > maxAge;
}

// What asks for somebody comes first.
function text(result: Status, zone: string, width: number): string {
  const { last_run: last, last_complete_run: complete, accounts, scheduled } = result;
  const lines = [
    `${result.connector}`,
    ...(result.endings_overdue.length === 0
      ? []
      : [`  Overdue        ${sayOpen(result.endings_overdue.length)} that should have ended`]),
    ...(last?.exitCode === EXIT.refused
      ? wrapText(`"hrsync runs ${last.number}" shows what was held back, and what allows it`, width, '  Refused        ')
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
  lines.push(`  Left alone     ${sayLeftAlone(result)}`);
  lines.push(`  Scheduled      ${scheduled.length === 0 ? 'nothing' : `${scheduled.length}`}`);
  return [`${lines.join('\n')}\n`, ...tables(result, zone, width)].join('\n');
}

function tables(
  { endings_overdue: overdue, scheduled, unclear_invitations: unclear, missing, failing, skipped }: Status,
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
