import type { ChangeKind } from '../core/change.js';
import { type Alike, type AlikeUpdates, findAlike } from './alike.js';
import { changeLines, personLines, type View, wordsOf } from './change-text.js';
import { firstOf, only } from './groups.js';
import { withManagers } from './managers.js';
import type { PlanToReport, ReportedChange } from './reporter.js';
import { lines, wrapText } from './terminal.js';
import { count, grouped, KINDS, LIST_ORDER, sayName, showField } from './words.js';

type Totals = Readonly<Record<ChangeKind, number>>;

/** Every change of a plan: endings, mails, single updates, groups of equal ones, new accounts. */
export async function* renderChanges(plan: PlanToReport, view: View): AsyncGenerator<string> {
  const totals = await totalsOf(plan);
  for (const kind of LIST_ORDER.slice(0, LIST_ORDER.indexOf('update'))) {
    const belongs = kind === 'invite' ? isMailed : (change: ReportedChange) => change.kind === kind;
    const show = kind === 'invite' ? mailLines : changeLines;
    yield* section(plan, { heading: KINDS[kind].heading, total: totals[kind], belongs, show }, view);
  }
  if (totals.update > 0) yield* updates(plan, totals.update, view);
  const isNew = ({ kind }: ReportedChange) => kind === 'create';
  // A long list is there to see who gets an account: six fields each would hide that.
  const show = totals.create > view.limit ? briefLines : changeLines;
  const created = { heading: KINDS.create.heading, total: totals.create, belongs: isNew, show };
  yield* section(plan, created, view);
}

/** `… 350 more (--verbose, --html)`, or nothing when all are shown. */
export function andMore(total: number, { limit, style, more = '--verbose' }: View): string {
  return total <= limit ? '' : `${style.faint(`  … ${grouped(total - limit)} more (${more})`)}\n`;
}

interface Section {
  readonly heading: string;
  readonly total: number;
  readonly belongs: (change: ReportedChange) => boolean;
  readonly show: (change: ReportedChange, view: View) => string[];
}

async function* section(plan: PlanToReport, { heading, total, ...one }: Section, view: View): AsyncGenerator<string> {
  if (total === 0) return;
  yield `\n${view.style.strong(`${heading} ${grouped(total)}`)}\n`;
  yield* items(plan, { total, ...one }, view);
}

async function* items(
  plan: PlanToReport,
  { total, belongs, show }: Omit<Section, 'heading'>,
  view: View,
): AsyncGenerator<string> {
  const shown = firstOf(only(plan.changes(), belongs), Math.min(total, view.limit));
  for await (const change of withManagers(shown, plan.namesOf)) yield lines(show(change, view));
  yield andMore(total, view);
}

// With --verbose each is told by itself as well: a group names its first people only.
async function* updates(plan: PlanToReport, total: number, view: View): AsyncGenerator<string> {
  const alike = await findAlike(() => plan.changes());
  const whole = view.limit === Infinity;
  const isSingle = (change: ReportedChange) => change.kind === 'update' && (whole || !alike.isGrouped(change));
  const single = whole ? total : total - alike.groups.reduce((sum, group) => sum + group.total, 0);
  yield `\n${view.style.strong(`${KINDS.update.heading} ${grouped(total)}`)}\n`;
  if (single > 0) yield* items(plan, { total: single, belongs: isSingle, show: changeLines }, view);
  yield* groupsOf(alike, plan, view);
}

async function* groupsOf({ groups }: Alike, plan: PlanToReport, view: View): AsyncGenerator<string> {
  for (const group of groups.slice(0, view.limit)) {
    for await (const example of withManagers(one(group.example), plan.namesOf))
      yield lines(groupLines({ ...group, example }, view));
  }
  if (groups.length <= view.limit) return;
  const rest = groups.slice(view.limit);
  const people = rest.reduce((sum, { total }) => sum + total, 0);
  const what = `${count(rest.length, 'more group')} of ${count(people, 'person', 'people')}`;
  yield `${view.style.faint(`  … ${what} (${view.more ?? '--verbose'})`)}\n`;
}

/** `46 people: Primary team: Production → Production & Partners`, and the first of them. */
function groupLines({ example, total, people }: AlikeUpdates, { width, style }: View): string[] {
  const moved = Object.entries(example.fields).map(([field, values]) => {
    const [from, to] = wordsOf(field, values, example.managerNames);
    return `${showField(field)}: ${from} → ${to}`;
  });
  const names = people.map(sayName).join(', ');
  const rest = total > people.length ? ` and ${grouped(total - people.length)} more` : '';
  return [
    ...wrapText(moved.join(' · '), width, `  ${grouped(total)} people: `),
    ...wrapText(`${names}${rest}`, width, '      ').map(style.faint),
  ];
}

function briefLines(change: ReportedChange, view: View): string[] {
  return changeLines({ ...change, fields: {} }, view);
}

function mailLines(change: ReportedChange, view: View): string[] {
  if (change.kind === 'invite') return changeLines(change, view);
  const account = change.kind === 'create' ? 'new account' : `account ${change.account}`;
  return personLines({ ...change, kind: 'invite' }, view, account);
}

function isMailed({ kind, invites }: ReportedChange): boolean {
  return invites || kind === 'invite';
}

async function totalsOf(plan: PlanToReport): Promise<Totals> {
  const totals = { create: 0, update: 0, deactivate: 0, reactivate: 0, delete: 0, adopt: 0, invite: 0 };
  for await (const change of plan.changes()) {
    if (isMailed(change)) totals.invite += 1;
    if (change.kind !== 'invite') totals[change.kind] += 1;
  }
  return totals;
}

async function* one<Item>(item: Item): AsyncGenerator<Item> {
  yield item;
}
