import { type AlikeUpdates, findAlike, isAlike } from '../alike.js';
import { sayBecause, wordsOf } from '../change-text.js';
import { only } from '../groups.js';
import { withManagers } from '../managers.js';
import { plainly, withDays } from '../plain-words.js';
import type { ReportedChange, RunResult } from '../reporter.js';
import { safeText } from '../terminal.js';
import { count, grouped, showField } from '../words.js';
import { foldedList } from './folded-list.js';
import { html, type Markup, NOTHING } from './markup.js';
import { marksOf, personOf } from './person.js';
import type { ChangeTally } from './tally.js';

const LONGEST_VALUE = 1_000;
/** So many groups name everybody, each in a look through all changes of its own; the others name their first people. */
const NAMED_GROUPS = 20;
const MOST_GROUPS = 500;

/** Data that changes: person by person what is one person's, then groups of people with the same change. */
export async function* updates(result: RunResult, { kinds }: ChangeTally): AsyncGenerator<string> {
  const total = kinds.get('update') ?? 0;
  if (total === 0) return;
  const alike = await findAlike(() => result.changes());
  const single = total - alike.groups.reduce((sum, group) => sum + group.total, 0);
  yield String(
    html`<section aria-labelledby="updates" class="found"><h2 id="updates">Data that changes <span class="number">${grouped(total)}</span></h2>`,
  );
  const singles = only(result.changes(), (change) => change.kind === 'update' && !alike.isGrouped(change));
  if (single > 0) yield* foldedList(singleRows(withManagers(singles, result.namesOf)), single);
  for (const [place, group] of alike.groups.slice(0, MOST_GROUPS).entries())
    yield* groupOf(result, group, place < NAMED_GROUPS);
  const rest = alike.groups.slice(MOST_GROUPS);
  const people = rest.reduce((sum, group) => sum + group.total, 0);
  if (people > 0)
    yield String(
      html`<p class="quiet">… and ${grouped(people)} people with ${count(rest.length, 'more change')} that several share.</p>`,
    );
  yield '</section>\n';
}

async function* singleRows(changes: AsyncIterable<ReportedChange>): AsyncGenerator<Markup> {
  for await (const change of changes) {
    const said = change.because.endsWith(' changed')
      ? NOTHING
      : html` <bdi class="why">· ${plainly(sayBecause(change))}</bdi>`;
    yield html`<li class="row">${personOf(change.employee, marksOf(change))}${said}${moved(change)}</li>`;
  }
}

async function* groupOf(result: RunResult, group: AlikeUpdates, isWhole: boolean): AsyncGenerator<string> {
  for await (const example of withManagers(one(group.example), result.namesOf)) {
    yield String(html`<details class="group"><summary>${grouped(group.total)} people: ${moved(example)}</summary>`);
  }
  const people = isWhole ? peopleIn(result, group) : each(group.people);
  yield* foldedList(people, group.total);
  yield '</details>\n';
}

async function* peopleIn(result: RunResult, group: AlikeUpdates): AsyncGenerator<Markup> {
  const members = only(result.changes(), (change) => isAlike(change, group));
  for await (const change of members) yield html`<li class="row">${personOf(change.employee, marksOf(change))}</li>`;
}

async function* each(people: AlikeUpdates['people']): AsyncGenerator<Markup> {
  for (const person of people) yield html`<li class="row">${personOf(person)}</li>`;
}

/** Each field before and after. */
function moved({ fields, managerNames }: ReportedChange): Markup {
  const items = Object.entries(fields).map(([field, values]) => {
    const [from, to] = wordsOf(field, values, managerNames).map((text) => withDays(safeText(text, LONGEST_VALUE)));
    return html`<span class="moved"><span class="field">${showField(field)}:</span> <del><bdi>${from ?? ''}</bdi></del> <span class="to">→</span> <ins><bdi>${to ?? ''}</bdi></ins></span>`;
  });
  return html`<span class="fields">${items}</span>`;
}

async function* one<Item>(item: Item): AsyncGenerator<Item> {
  yield item;
}
