import { EXTERNAL_ID } from '../../core/account.js';
import { only } from '../groups.js';
import { withManagers } from '../managers.js';
import { withDays } from '../plain-words.js';
import type { ReportedChange, RunResult } from '../reporter.js';
import { safeText } from '../terminal.js';
import { grouped, sayValue, showField } from '../words.js';
import { type Frame, foldedList } from './folded-list.js';
import { html, type Markup, NOTHING } from './markup.js';
import { marksOf, personOf } from './person.js';
import type { ChangeTally } from './tally.js';

/** Fields with a column of their own, the most telling first; what else there is stands in the last column. */
const COLUMNS = ['job_title', 'primary_team', 'department', 'primary_location', 'manager', 'hire_date'];
const MOST_COLUMNS = 5;
/** What the first column says already. */
const IN_NAME = [EXTERNAL_ID, 'first_name', 'last_name', 'email', 'user_name', 'username', 'display_name'];
const LONGEST_VALUE = 200;

/** Every new account, one row a person. */
export async function* newAccounts(result: RunResult, tally: ChangeTally): AsyncGenerator<string> {
  const total = tally.kinds.get('create') ?? 0;
  if (total === 0) return;
  const own = COLUMNS.filter((field) => tally.created.includes(field)).slice(0, MOST_COLUMNS);
  const others = tally.created.filter((field) => !own.includes(field) && !IN_NAME.includes(field));
  const headings = [...own.map(showField), ...(others.length > 0 ? ['Also'] : [])];
  const frame: Frame = {
    open: html`<table class="list new"><thead><tr><th scope="col">Who</th>${headings.map((heading) => html`<th scope="col">${heading}</th>`)}</tr></thead><tbody>`,
    close: html`</tbody></table>`,
  };
  yield String(
    html`<section aria-labelledby="new" class="found"><h2 id="new">New accounts <span class="number">${grouped(total)}</span></h2>`,
  );
  const created = only(result.changes(), ({ kind }) => kind === 'create');
  yield* foldedList(rowsOf(withManagers(created, result.namesOf), own, others), total, frame);
  if (others.length > 0)
    yield String(html`<p class="paper quiet">Paper leaves out: ${others.map(showField).join(', ')}.</p>`);
  yield '</section>\n';
}

async function* rowsOf(
  changes: AsyncIterable<ReportedChange>,
  own: readonly string[],
  others: readonly string[],
): AsyncGenerator<Markup> {
  for await (const change of changes) {
    const cells = own.map((field) => cell(sayCell(change, field)));
    const rest = others.flatMap((field) => {
      const value = sayCell(change, field);
      return value === '' ? [] : [`${showField(field)} ${value}`];
    });
    const also =
      others.length === 0
        ? NOTHING
        : html`<td class="quiet also">${rest.length === 0 ? NOTHING : html`<bdi>${rest.join(' · ')}</bdi>`}</td>`;
    const mark = change.invites ? html`<span class="tag invites">invited</span> ` : NOTHING;
    yield html`<tr class="row"><th scope="row">${personOf(change.employee, html`${mark}${marksOf(change)}`)}</th>${cells}${also}</tr>`;
  }
}

function cell(text: string): Markup {
  return text === '' ? html`<td></td>` : html`<td><bdi>${text}</bdi></td>`;
}

function sayCell({ fields, managerNames }: ReportedChange, field: string): string {
  const value = fields[field]?.after ?? null;
  if (value === null || value === '') return '';
  return withDays(safeText(sayValue(field, value, managerNames), LONGEST_VALUE));
}
