import type { Scheduled } from '../../core/change.js';
import { UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import { columns, renderTable } from '../../report/index.js';
import type { Failure, Run, Store } from '../../store/store.js';
import { duration } from '../arguments.js';
import type { CommandBody } from '../process.js';
import { openState } from '../session.js';

interface StatusFlags {
  readonly maxAge?: string | undefined;
}

interface Status {
  readonly connector: string;
  readonly last_run: Run | null;
  readonly last_complete_run: Run | null;
  readonly accounts: Readonly<Record<string, number>>;
  readonly uncertain: number;
  readonly scheduled: readonly Scheduled[];
  readonly failing: readonly Failure[];
  readonly too_old: boolean;
}

/** Tells how the connector is doing, out of its state alone. */
export function status(flags: StatusFlags): CommandBody {
  return async (world) => {
    const maxAge = flags.maxAge === undefined ? null : duration(flags.maxAge);
    if (flags.maxAge !== undefined && maxAge === null)
      throw new UsageError(`--max-age takes a duration such as 26h, not ${flags.maxAge}`);
    const { store, name } = await openState(world);
    try {
      const result = await gather(store, name, maxAge, world.now());
      world.print({ text: text(result, world.width), json: { format: 1, ...result } });
      return result.too_old ? EXIT.partial : EXIT.done;
    } finally {
      await store.close();
    }
  };
}

async function gather(store: Store, connector: string, maxAge: number | null, now: Date): Promise<Status> {
  const [last] = await store.runs(1);
  const complete = await store.lastCompleteRun();
  const scheduled: Scheduled[] = [];
  for await (const batch of store.schedule()) scheduled.push(...batch);
  return {
    connector,
    last_run: last ?? null,
    last_complete_run: complete,
    accounts: await store.countSnapshots(),
    uncertain: (await store.openIntents()).length,
    scheduled,
    failing: await store.failures(),
    too_old: maxAge !== null && isOlder(complete, maxAge, now),
  };
}

function isOlder(run: Run | null, maxAge: number, now: Date): boolean {
  return run === null || run.finishedAt === null || now.getTime() - Date.parse(run.finishedAt) > maxAge;
}

function text(result: Status, width: number): string {
  const { last_run: last, last_complete_run: complete, accounts, scheduled, failing } = result;
  const lines = [
    `${result.connector}`,
    `  Last run       ${last === null ? 'none yet' : sayRun(last)}`,
    `  Last complete  ${complete === null ? 'none yet' : sayRun(complete)}${result.too_old ? '   too old' : ''}`,
    `  Accounts       ${accounts['active'] ?? 0} active, ${accounts['deactivated'] ?? 0} deactivated`,
  ];
  if (result.uncertain > 0)
    lines.push(`  Uncertain      ${result.uncertain} changes; the next run asks the LMS about them`);
  lines.push(`  Scheduled      ${scheduled.length === 0 ? 'nothing' : `${scheduled.length}`}`);
  const parts = [`${lines.join('\n')}\n`];
  if (scheduled.length > 0) {
    const rows = scheduled.map(({ on, kind, employee }) => [
      on,
      kind,
      `#${employee.id}`,
      employee.name ?? '',
      employee.email ?? '',
    ]);
    parts.push(`\n${renderTable(columns('on', 'what', 'employee', 'name', 'e-mail'), rows, width)}`);
  }
  if (failing.length > 0) {
    const rows = failing.map(({ employee, kind, attempts, retryAt, error }) => [
      `#${employee.id}`,
      employee.name ?? '',
      kind,
      String(attempts),
      retryAt,
      error,
    ]);
    parts.push(
      `\nKeeps failing\n${renderTable(columns('employee', 'name', 'what', 'tries', 'again after', 'error'), rows, width)}`,
    );
  }
  return parts.join('');
}

function sayRun({ number, command, startedAt, finishedAt, exitCode }: Run): string {
  const end = finishedAt === null ? 'did not finish' : `exit code ${exitCode}`;
  return `run ${number} (${command}), ${startedAt}, ${end}`;
}
