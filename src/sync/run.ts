import { batchesOf } from '../core/batches.js';
import { isEnding, type PlannedChange } from '../core/change.js';
import { count } from '../core/count.js';
import { changesIn } from '../core/plan.js';
import { sayOff } from '../core/rollout.js';
import { HrsyncError, InterruptedError } from '../errors.js';
import { EXIT, type ExitCode } from '../exit.js';
import type { ReportedChange, RunHeader, RunResult } from '../report/reporter.js';
import type { Applied } from './apply/applied.js';
import { apply } from './apply/apply.js';
import { recover } from './apply/recover.js';
import { remember } from './apply/remember.js';
import type { RunContext } from './context.js';
import { namesIn } from './names.js';
import { departmentsOf } from './plan/departments.js';
import { foresee } from './plan/foresee.js';
import { holdToApproval } from './plan/limits/hold-to-approval.js';
import { noteEndings } from './plan/limits/overdue.js';
import { holdTypes } from './plan/mapping-types.js';
import { makePlan, type Plan } from './plan/plan.js';
import { pull } from './read/pull.js';
import { withinReadTime } from './read/read-time.js';
import { planRevert } from './revert/plan-revert.js';
import { revertedBy } from './run-kind.js';
import { holdToCompany } from './same-company.js';
import { correctDrift, type NightlyDrift } from './verify/nightly-drift.js';

/**
 * One run, from top to bottom: settle what an earlier run left uncertain, look for values that were changed in the LMS by
 * hand where the config asks for it, read whom it is to read (or, to take a run back,
 * the journal), plan, show, judge, carry out, remember. A dry run is the same with the steps that write withheld.
 */
export async function runImport(context: RunContext): Promise<RunResult> {
  const header = await begin(context);
  context.reporter.started(header);
  try {
    const read = () => readAndPlan(context, header);
    const { plan, unfit, drift, foreseen } = await withinReadTime(context.readTime, read);
    const view = present(context, header, plan, foreseen);
    await context.reporter.planned(view);
    const applied = header.dryRun || isHeldBack(plan) ? null : await carryOutPlan(context, header, plan, unfit);
    const exitCode = unfit?.exitCode ?? exitCodeOf(context, plan, applied, drift);
    const summary = { ...plan.listed, failed: applied === null ? 0 : applied.failed + applied.uncertain };
    const result = { ...view, summary, exitCode, finishedAt: context.now(), alarm: applied?.alarm ?? null };
    if (!header.dryRun) await remember(context, plan, result);
    await context.reporter.finished(result);
    if (applied?.stopped) context.reporter.failed(applied.stopped);
    return result;
  } catch (error) {
    if (!header.dryRun) await finishBroken(context, header, error);
    throw error;
  }
}

async function begin(context: RunContext): Promise<RunHeader> {
  const { options, store, source, target, connector, policy, configDigest } = context;
  const startedAt = context.now();
  const reverts = revertedBy(options.kind);
  const run = options.dryRun
    ? await store.nextRunNumber()
    : await store.startRun({ command: options.command, startedAt: startedAt.toISOString(), config: configDigest });
  return {
    connector,
    command: options.command,
    run,
    dryRun: options.dryRun,
    ...(reverts !== undefined && { reverts }),
    startedAt,
    today: policy.today,
    source: { type: source.type, title: source.title },
    target: { type: target.type, title: target.title },
  };
}

async function readAndPlan(context: RunContext, header: RunHeader) {
  context.target.recall?.(await context.store.targetNotes());
  const company = await holdToCompany(context);
  if (!header.dryRun) await recover(context);
  const drift = await correctDrift(context);
  const plan = await drawPlan(context);
  if (plan.leftOpen > 0) tellLeftOpen(context, plan.leftOpen);
  if (context.approval) await holdToApproval(context, context.approval);
  // What is taken back stood in the LMS before, so its types fit.
  const unfit = header.reverts === undefined ? await misfitOf(context, plan) : null;
  if (!header.dryRun) await tidy(context, plan);
  if (!header.dryRun) await noteEndings(context, plan);
  const ahead = header.dryRun ? await foresee(context) : [];
  const foreseen = [...company, ...plan.pulled.notices, ...drift.notices, ...plan.notices, ...ahead];
  return { plan, unfit, drift, foreseen };
}

// Urgently, whatever the config says: an account of somebody who left must never be open in silence.
function tellLeftOpen({ reporter, target }: RunContext, accounts: number): void {
  const open = count(accounts, 'account of a leaver stays', 'accounts of leavers stay');
  reporter.note(`${sayOff('deactivate')}: ${open} open in ${target.title}`, { urgent: true, atOnce: true });
}

async function drawPlan(context: RunContext): Promise<Plan> {
  const reverted = revertedBy(context.options.kind);
  return reverted === undefined ? makePlan(context, await pull(context)) : planRevert(context, reverted);
}

// A mapping that does not fit keeps fields from being written, and an LMS that cannot be asked whose account is whose keeps
// accounts from being given. An ending needs neither, so it goes on all the same.
async function misfitOf(context: RunContext, plan: Plan): Promise<HrsyncError | null> {
  try {
    if (plan.unanswered) throw plan.unanswered;
    await holdTypes(context, plan);
    return null;
  } catch (error) {
    const stops = context.options.dryRun || plan.endings.length === 0 || isHeldBack(plan);
    if (stops || !(error instanceof HrsyncError) || error instanceof InterruptedError) throw error;
    return error;
  }
}

async function carryOutPlan(
  context: RunContext,
  header: RunHeader,
  plan: Plan,
  unfit: HrsyncError | null,
): Promise<Applied> {
  const { store, firstImport } = context;
  // Before anything is carried out: a first import that breaks off must not make newcomers of the staff that it left.
  if (plan.pulled.proof.complete) await store.keepFirstRead(firstImport, plan.pulled.seen.unlinked());
  else if ((await store.firstImportDay()) === null) await store.setFirstImportDay(firstImport);
  const { employees, inScope } = plan.pulled;
  await store.recordPlan({ number: header.run, employees, inScope, counts: plan.summary });
  return apply(context, { run: header.run, total: changesIn(plan.summary), verdict: plan.verdict, unfit });
}

// Whether a limit holds back everything, endings as well.
function isHeldBack({ verdict: { verdict, restGoesOn, endingsGoOn } }: Plan): boolean {
  return verdict === 'refused' && !restGoesOn && !endingsGoOn;
}

// Before anything is carried out, so that what the LMS acknowledges afterwards stands.
async function tidy(context: RunContext, plan: Plan): Promise<void> {
  const { bytes } = plan.pulled;
  if (bytes !== undefined) await context.store.setReadMarks({ bytes: bytes.digest });
  for (const batch of batchesOf(plan.tidied)) await context.store.putSnapshots(batch);
}

function present(
  context: RunContext,
  header: RunHeader,
  plan: Plan,
  notices: readonly string[],
): Omit<RunResult, 'finishedAt' | 'exitCode'> {
  return {
    ...header,
    read: {
      employees: plan.pulled.employees,
      complete: plan.pulled.proof.complete,
      partial: plan.pulled.people !== null,
      inScope: plan.pulled.inScope,
      checks: plan.pulled.proof.checks,
    },
    summary: plan.listed,
    headcount: plan.headcount,
    safety: plan.verdict,
    notices,
    changes: () => changesOf(context, ({ heldBack }) => heldBack === undefined),
    ...(plan.heldBackBy.size > 0 && {
      heldBack: {
        counts: { create: 0, update: 0, deactivate: 0, invite: 0, ...Object.fromEntries(plan.heldBackBy) },
        changes: () => changesOf(context, ({ heldBack }) => heldBack !== undefined),
      },
    }),
    async *scheduled() {
      yield* plan.scheduled;
    },
    async *skipped() {
      yield* plan.skips;
    },
    missing: plan.missing,
    namesOf: namesIn(context),
  };
}

/** Those changes of the plan that pass a test, each with what became of it. */
async function* changesOf(
  context: RunContext,
  test: (change: PlannedChange) => boolean,
): AsyncGenerator<ReportedChange> {
  const { spool, store } = context;
  const rests = new Map((await store.failures()).map(({ employee, retryAt }) => [employee.id, retryAt]));
  for await (const all of spool.changes()) {
    const rows = all.filter(({ change }) => test(change));
    const departments = await departmentsOf(context, rows);
    for (const { change, outcome, error, account, sequence } of rows) {
      const isResting = outcome === 'failed' && !isEnding(change.kind);
      const retryAt = isResting ? (rests.get(change.employee.id) ?? null) : null;
      const department = departments.get(sequence) ?? null;
      yield { ...change, account: account ?? change.account, outcome, error, retryAt, department };
    }
  }
}

function exitCodeOf(
  context: RunContext,
  plan: Plan,
  applied: Applied | null,
  drift: Pick<NightlyDrift, 'complete'>,
): ExitCode {
  if (plan.verdict.verdict === 'refused') return EXIT.refused;
  if (applied === null) {
    if (context.options.detailedExitCode && changesIn(plan.summary) > 0) return EXIT.changesPending;
    return plan.unread > 0 ? EXIT.partial : EXIT.done;
  }
  if (context.signal.aborted) return EXIT.interrupted;
  if (applied.stopped instanceof Error && /^(Credentials|Permission)Error$/.test(applied.stopped.name))
    return EXIT.credentials;
  if (applied.failed > 0 || applied.uncertain > 0 || plan.paused > 0) return EXIT.partial;
  if (applied.ranOut || plan.rationed > 0) return EXIT.budget;
  if (!drift.complete) return EXIT.partial;
  // Who is skipped in a night is for HR to mend; what a reversal leaves as it is stays undone.
  const leaves = revertedBy(context.options.kind) !== undefined && plan.skips.length > 0;
  return applied.deferred > 0 || plan.unread > 0 || leaves ? EXIT.partial : EXIT.done;
}

// The run failed as a whole: that is remembered, but must not hide why.
async function finishBroken(context: RunContext, header: RunHeader, error: unknown): Promise<void> {
  const known = error instanceof HrsyncError ? error : null;
  await context.store
    .finishRun({
      number: header.run,
      finishedAt: context.now().toISOString(),
      exitCode: known?.exitCode ?? EXIT.unexpected,
      employees: null,
      inScope: null,
      complete: false,
      counts: {},
      error: known?.name ?? 'unexpected error',
    })
    .catch(() => undefined);
}
