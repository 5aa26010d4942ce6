import { isEnding, type Scheduled } from '../../core/change.js';
import { exceededLimits } from '../../core/refusal.js';
import { EXIT } from '../../exit.js';
import type { RunResult } from '../../report/reporter.js';
import type { RunMemory } from '../../store/run-memory.js';
import type { Invitation } from '../../store/store.js';
import type { RunContext } from '../context.js';
import { whyOpen } from '../plan/limits/overdue.js';
import type { Plan } from '../plan/plan.js';
import { isForEverybody, isWhole, rulesOf } from '../run-kind.js';

const REFUSED = 'refused by safety';

/** Ends a run and writes down what it leaves for the next: the calendar, the invitation ledger, what is left undone. */
export async function remember(context: RunContext, plan: Plan, result: RunResult): Promise<void> {
  const { store, options, policy } = context;
  const { proof, seen } = plan.pulled;
  const isRefused = result.exitCode === EXIT.refused;
  const { undone, endings } = await undoneIn(context, isRefused);
  const isForAll = isForEverybody(options.kind);
  const makesAll = isWhole(options.kind);
  const cancelled = isForAll ? await withdrawnIn(context, plan) : [];
  await store.finishRun(
    {
      number: result.run,
      finishedAt: result.finishedAt.toISOString(),
      exitCode: result.exitCode,
      employees: result.read.employees,
      inScope: result.read.inScope,
      complete: result.read.complete,
      whole: makesAll && proof.complete,
      counts: { ...plan.summary, failed: result.summary.failed },
      error: isRefused ? REFUSED : null,
      refusal: await exceededLimits(result),
    },
    {
      endings: await whyOpen(store, endings),
      invitations: [...cancelled, ...plan.held],
      undone: { forget: [], add: [...undone] },
      ...(await noted(context, makesAll && proof.complete && result.exitCode === EXIT.done)),
      ...(proof.complete && { shown: { isShown: (id) => seen.has(id, null), today: policy.today } }),
      ...(isForAll && { schedule: await scheduleAfter(context, plan) }),
      ...(makesAll && (await leftByWholeRun(context, plan, result, undone))),
      ...(plan.verdict.verdict === 'go' && served(context, plan)),
    },
  );
}

async function noted({ target }: RunContext, isDone: boolean): Promise<RunMemory> {
  const notes = await target.notes?.(isDone);
  return notes === undefined ? {} : { notes };
}

async function leftByWholeRun(
  context: RunContext,
  { pulled, verdict, skips }: Plan,
  { run, startedAt }: RunResult,
  undone: ReadonlySet<string>,
): Promise<RunMemory> {
  const forget = pulled.people === null ? null : [...pulled.people];
  const { filledFields, ...marks } = pulled.marks;
  // A plan that is refused clears nothing, so what people had is still to be held against what comes.
  const isRefused = verdict.verdict === 'refused';
  return {
    mended: await mendedIn(context, pulled.people),
    skips: { forget, add: skips.map((skip) => ({ ...skip, run, at: startedAt.toISOString() })) },
    undone: { forget, add: [...undone] },
    ...(pulled.nameless && { nameless: pulled.nameless }),
    marks: { ...marks, ...(!isRefused && filledFields && { filledFields }) },
  };
}

// A run that was refused served nobody: what it met is new to the next one, too.
function served({ credentials, options }: RunContext, { pulled, leftOut }: Plan): RunMemory {
  if (rulesOf(options.kind).makes !== 'all') return {};
  const units = [...pulled.units.changed].map(([employeeId, unit]) => ({ employeeId, unit }));
  const isForAll = pulled.people === null && isForEverybody(options.kind);
  return { units, ...(isForAll && { leftOut, credentials }) };
}

// An invitation that waited, is held no longer and is not to be sent by this run either: the hire was withdrawn. Who was
// skipped may still come, so theirs stands.
async function withdrawnIn(
  { store, spool, now }: RunContext,
  { pulled, held, unclear }: Plan,
): Promise<readonly Invitation[]> {
  const withdrawn = new Map<string, Invitation[]>();
  for await (const batch of store.listInvitations(['scheduled'])) {
    for (const invitation of batch) {
      const { id } = invitation.employee;
      if (!unclear.has(id) && (concerns(pulled.people, id) || pulled.deleted.includes(id)))
        withdrawn.set(id, [...(withdrawn.get(id) ?? []), invitation]);
    }
  }
  for (const { employee } of held) withdrawn.delete(employee.id);
  if (withdrawn.size === 0) return [];
  for await (const rows of spool.changes())
    for (const { change } of rows) if (change.invites) withdrawn.delete(change.employee.id);
  const at = now().toISOString();
  const because = 'the hire was withdrawn';
  return [...withdrawn.values()].flat().map((invitation) => ({ ...invitation, state: 'cancelled', because, at }));
}

// A person who failed before and has nothing left to do counts as mended: corrected in HR, withdrawn or gone.
async function mendedIn({ store, spool }: RunContext, people: People): Promise<readonly string[]> {
  const failing = (await store.failures()).map(({ employee }) => employee.id);
  const mended = new Set(failing.filter((id) => concerns(people, id)));
  if (mended.size === 0) return [];
  for await (const rows of spool.changes()) for (const { change } of rows) mended.delete(change.employee.id);
  return [...mended];
}

// Who did not come keeps their place in the calendar.
async function scheduleAfter({ store }: RunContext, { pulled, scheduled }: Plan): Promise<readonly Scheduled[]> {
  const { people } = pulled;
  if (people === null) return scheduled;
  const kept: Scheduled[] = [];
  for await (const batch of store.schedule()) kept.push(...batch.filter(({ employee }) => !people.has(employee.id)));
  return [...kept, ...scheduled].toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

/** With whom something is left undone, for whatever reason, and for endings that reason. */
interface Undone {
  readonly undone: ReadonlySet<string>;
  readonly endings: ReadonlyMap<string, string | null>;
}

async function undoneIn({ spool }: RunContext, refused: boolean): Promise<Undone> {
  const undone = new Set<string>();
  const endings = new Map<string, string | null>();
  for await (const rows of spool.changes()) {
    for (const { change, outcome, error } of rows) {
      if (outcome === 'done') continue;
      // What the config holds back is no work that was left: only an account that stays open is told of.
      if (change.heldBack === undefined) undone.add(change.employee.id);
      if (isEnding(change.kind)) endings.set(change.employee.id, error ?? (refused ? REFUSED : null));
    }
  }
  return { undone, endings };
}

/** Whom a read brought; null: everybody. */
type People = ReadonlySet<string> | null;

function concerns(people: People, id: string): boolean {
  return people === null || people.has(id);
}
