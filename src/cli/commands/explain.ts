import type { Config } from '../../config/config.js';
import type { EmployeeReference } from '../../core/employee.js';
import { sayMinute } from '../../core/instant.js';
import { type Standing, standingOf } from '../../core/standing.js';
import type { Value } from '../../core/value.js';
import { UnknownPersonError, UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import { type Explanation, renderExplanation } from '../../report/explanation.js';
import type { NamesOf } from '../../report/managers.js';
import { sayUnderWay } from '../../report/under-way.js';
import { openStore } from '../../store/open.js';
import type { Store } from '../../store/store.js';
import { namesIn } from '../../sync/names.js';
import type { Calendar } from '../../sync/plan/limits/overdue.js';
import { sayUnplaced } from '../../sync/plan/settle.js';
import { importOf } from '../../sync/run-kind.js';
import type { Target } from '../../targets/target.js';
import { connect } from '../connect.js';
import { type Connector, earliestDay, statePlace } from '../connector.js';
import { calendarOf, configName, failuresOf, matchOf, rulesOf, scopeOf } from '../explain/describe.js';
import type { Rehearsed } from '../explain/rehearse.js';
import { type Remembered, remember } from '../explain/remembered.js';
import { type Verdict, verdictOfMissing, verdictOfRun, verdictOfState } from '../explain/verdict.js';
import { findRemembered } from '../find-person.js';
import { liveRun } from '../live-run.js';
import type { CommandBody, CommandWorld } from '../process.js';

interface ExplainFlags {
  readonly fresh?: true | undefined;
}

/** Tells everything about one person: from the state alone, or with `--fresh` out of a dry run for them. */
export function explain(person: string, flags: ExplainFlags): CommandBody {
  const sought = person.trim();
  if (sought === '') throw new UsageError('name a person by employee id or e-mail address');
  return (world) => (flags.fresh ? fromHr(world, sought) : fromState(world, sought));
}

async function fromHr(world: CommandWorld, sought: string): Promise<number> {
  const options = {
    command: 'explain',
    dryRun: true,
    kind: importOf([sought]),
    allow: {},
    detailedExitCode: false,
  };
  // Only this needs all that a run needs.
  const [{ withSession }, { rehearse }] = await Promise.all([
    import('../session.js'),
    import('../explain/rehearse.js'),
  ]);
  return withSession(world, options, async (context, config) => {
    const { policy, mapping, store, source, target } = context;
    const connector = { config, source, target };
    const run = await rehearse(context, sought);
    const person = run?.person ?? (await findRemembered(store, sought));
    if (person === null) throw new UnknownPersonError(sought, connector.source.title);
    const seen = { ...presentOf(config, world), live: context.underWay ?? null };
    const state = await remember(store, person.id, seen);
    const standing = run?.employee ? standingOf(run.employee, policy, mapping) : null;
    const titles = { source: connector.source.title, target: connector.target.title };
    const verdict = run === null ? verdictOfMissing(state, policy, titles) : verdictOfRun(run, standing, state, titles);
    const basis = `${titles.source} was read just now${sayLastRun(state, ', the state is of')}`;
    const settled = await settledStanding(target, standing);
    return show(world, connector, { person, verdict, basis, run, ...settled, state }, namesIn(context));
  });
}

async function fromState(world: CommandWorld, sought: string): Promise<number> {
  const config = await world.loadConfig();
  const connector = connect(config, world);
  const store: Store = await openStore({ ...statePlace(connector, world.now), mode: 'read' });
  try {
    const titles = { source: connector.source.title, target: connector.target.title };
    const person = await findRemembered(store, sought);
    if (person === null) throw new UnknownPersonError(sought, `the state (--fresh asks ${titles.source})`);
    const seen = { ...presentOf(config, world), live: await liveRun(store, config.state) };
    const state = await remember(store, person.id, seen);
    const basis = `From the state${sayLastRun(state, ' as it was after')}; --fresh asks ${titles.source}`;
    const found = { person, verdict: verdictOfState(state, titles), basis, run: null, standing: null, unplaced: null };
    return await show(world, connector, { ...found, state }, namesIn({ store }));
  } finally {
    await store.close();
  }
}

function presentOf(config: Config, { now }: CommandWorld) {
  const dayOf = (at: Date) => earliestDay(config, at);
  const calendar: Calendar = { today: dayOf(now()), dayOf };
  return { calendar, deleteAfter: config.deactivation.deleteAfter, now: now() };
}

/** The wanted account as the LMS can take it; a dry run has asked it already, unless it does not answer. */
async function settledStanding(
  target: Target,
  standing: Standing | null,
): Promise<{ readonly standing: Standing | null; readonly unplaced: string | null }> {
  if (standing?.kind !== 'wanted' || target.settle === undefined) return { standing, unplaced: null };
  const { fields, unplaced } = await target.settle(standing.fields);
  return { standing: { ...standing, fields }, unplaced: unplaced && sayUnplaced(unplaced) };
}

interface Found {
  readonly person: EmployeeReference;
  readonly verdict: Verdict;
  readonly basis: string;
  readonly run: Rehearsed | null;
  readonly standing: Standing | null;
  /** The value of HR that no group of the LMS matches, as a sentence. */
  readonly unplaced: string | null;
  readonly state: Remembered;
}

/** What both ends and the config are called. */
type Ends = Pick<Connector, 'config' | 'source' | 'target'>;

async function show(world: CommandWorld, connector: Ends, found: Found, namesOf: NamesOf): Promise<number> {
  const { config, target } = connector;
  const { person, verdict, basis, run, standing, unplaced, state } = found;
  const employee = run?.employee ?? null;
  const mapping = rulesOf(config, employee, { standing, unplaced }, state);
  const explanation: Explanation = {
    person,
    verdict: verdict.sentence,
    basis,
    config: configName(config),
    hr: employee?.fields ?? null,
    unreadable: Object.values(employee?.unreadable ?? {}),
    scope: scopeOf(config, employee),
    mapping,
    managerNames: await namesOf(managersOf(employee?.fields['manager'], mapping)),
    match: matchOf(state, run, target.title),
    changes: run?.changes ?? null,
    calendar: calendarOf(state, run),
    failures: failuresOf(state),
    history: state.history.map((attempt) => ({ ...attempt, underWay: attempt.run === state.live?.run })),
    earlier: state.earlier,
  };
  world.print({ text: renderExplanation(explanation, world), json: documentOf(connector, found, explanation) });
  return EXIT.done;
}

function managersOf(inHr: Value | undefined, mapping: Explanation['mapping']): readonly string[] {
  const rules = mapping.filter(({ field }) => field === 'manager');
  const values = [inHr, ...rules.flatMap(({ held, wanted }) => [held, wanted])];
  return [...new Set(values.filter((value) => typeof value === 'string'))];
}

function documentOf({ config, source }: Ends, { verdict, run, state }: Found, explanation: Explanation): object {
  const { snapshot, lastComplete } = state;
  return {
    format: 1,
    connector: config.name,
    person: explanation.person,
    verdict,
    fresh: explanation.changes !== null,
    last_complete_run: lastComplete,
    hr:
      explanation.hr === null
        ? null
        : { source: source.type, fields: explanation.hr, unreadable: explanation.unreadable },
    scope: explanation.scope,
    mapping: explanation.mapping,
    account: snapshot === null ? null : { id: snapshot.accountId, state: snapshot.state, fields: snapshot.fields },
    match: explanation.match,
    changes:
      run?.changes.map(({ kind, invites, fields, because, account }) => ({
        kind,
        invites,
        fields,
        because,
        account,
      })) ?? null,
    skipped: (run?.skips ?? state.skips).map(({ employee, reason, message }) => ({ employee, reason, message })),
    scheduled: run?.scheduled ?? state.scheduled,
    ...(state.deletedOn !== null && { deleted_on: state.deletedOn }),
    invitations: state.invitations,
    failure: state.failure,
    history: state.history,
  };
}

function sayLastRun({ lastComplete, live }: Remembered, words: string): string {
  const last =
    lastComplete === null
      ? '; there was no complete run yet'
      : `${words} run ${lastComplete.number} of ${sayMinute(lastComplete.startedAt)}`;
  return live === null ? last : `${last}; run ${live.run} is ${sayUnderWay(live)}`;
}
