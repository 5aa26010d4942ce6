import { type Snapshot, UNKNOWN } from '../../core/account.js';
import type { DriftKind } from '../../core/drift.js';
import type { Value } from '../../core/value.js';
import { EXIT } from '../../exit.js';
import type { VerifyResult } from '../../report/reporter.js';
import type { Spool } from '../../store/spool.js';
import { recover } from '../apply/recover.js';
import type { RunContext } from '../context.js';
import { namesIn } from '../names.js';
import { unsettled } from '../plan/foresee.js';
import { runImport } from '../run.js';
import { holdToCompany } from '../same-company.js';
import { type Comparison, countDrift, type Drifted, findDrift } from './find-drift.js';
import type { Repair } from './repair.js';

/**
 * Compares the LMS with the snapshot and shows what differs. With `repair` the snapshot is then corrected to what the LMS
 * shows, and a run for those people alone plans against HR, is judged and carries out what brings their accounts back: what
 * nobody maps, and accounts that nobody is linked to, it never sees, and what else HR wants it leaves to the night.
 *
 * The correction stands whatever becomes of that run, since it is what the LMS holds: the next run plans the same again.
 */
export async function runVerify(
  context: RunContext,
  spool: Spool<Drifted, never>,
  { repair }: { readonly repair: boolean },
): Promise<number> {
  const startedAt = context.now();
  await holdToCompany(context);
  if (repair && !context.options.dryRun) await recover(context);
  const comparison = await findDrift(context, spool);
  const repairs = repair && countDrift(comparison) > 0;
  const result = await present(context, spool, { startedAt, comparison, repairs });
  await context.reporter.verified(result);
  if (!repairs) return result.exitCode;
  const corrected = await correct(context, spool, comparison);
  const among = new Set([...corrected.listed.keys(), ...corrected.reports.keys()]);
  return (
    await runImport({ ...context, options: { ...context.options, kind: { name: 'repair', among, repair: corrected } } })
  ).exitCode;
}

/** Makes the snapshot say what the LMS shows, and gives the people whose snapshot changed. */
async function correct(
  { store }: RunContext,
  spool: Spool<Drifted, never>,
  { showsManagers }: Comparison,
): Promise<Repair> {
  const listed = new Map<string, DriftKind>();
  const reports = new Map<string, string>();
  for await (const batch of spool.items()) {
    await store.putSnapshots(batch.map(({ item }) => item.corrected));
    for (const { id, item } of batch) listed.set(id, item.drift.kind);
  }
  for await (const batch of spool.items()) {
    if (!showsManagers) {
      const ended = batch.filter(({ item }) => hasEnded(item.drift.kind));
      const theirs = await store.reportsOf(ended.map(({ id }) => id));
      for (const { employeeId, fields } of theirs) noteManager(employeeId, fields['manager']);
      await store.putSnapshots(theirs.map(withoutManager));
    }
    for (const { id, item } of batch) noteManager(id, item.drift.fields['manager']?.before);
  }
  return { listed, reports };

  // Only a manager whose account was closed or deleted: others were changed on purpose, or HR knows better.
  function noteManager(report: string, manager: Value | undefined): void {
    const kind = typeof manager === 'string' ? listed.get(manager) : undefined;
    if (typeof manager === 'string' && kind !== undefined && hasEnded(kind)) reports.set(report, manager);
  }
}

function hasEnded(kind: DriftKind): boolean {
  return kind === 'gone' || kind === 'deactivated';
}

// An LMS gives the reports of an account that ends to somebody else. Where nobody can read that, it is written again.
function withoutManager(report: Snapshot): Snapshot {
  const manager = report.fields['manager'];
  const awaitingManager = typeof manager === 'string' ? manager : report.awaitingManager;
  return { ...report, fields: { ...report.fields, manager: UNKNOWN }, hash: null, awaitingManager };
}

async function present(
  context: RunContext,
  spool: Spool<Drifted, never>,
  { startedAt, comparison, repairs }: { startedAt: Date; comparison: Comparison; repairs: boolean },
): Promise<VerifyResult> {
  const { connector, target, now } = context;
  return {
    connector,
    startedAt,
    finishedAt: now(),
    exitCode: countDrift(comparison) > 0 ? EXIT.changesPending : EXIT.done,
    target: { type: target.type, title: target.title },
    accounts: comparison.accounts,
    compared: comparison.compared,
    counts: comparison.counts,
    notices: await noticesOf(context),
    repairs,
    namesOf: namesIn(context),
    async *drift() {
      for await (const batch of spool.items()) for (const { item } of batch) yield item.drift;
    },
  };
}

async function noticesOf(context: RunContext): Promise<readonly string[]> {
  const notices = await unsettled(context, 'they may show as drift, and the next run asks the LMS');
  const [last] = await context.store.runs(1);
  if (last?.finishedAt !== null || context.underWay?.run === last.number) return notices;
  return [...notices, `run ${last.number} did not finish: what it changed last may show as drift`];
}
