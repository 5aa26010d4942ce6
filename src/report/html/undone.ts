import { only } from '../groups.js';
import { sayRetry } from '../outcome-text.js';
import { capital, withDays } from '../plain-words.js';
import type { ReportedChange, RunResult } from '../reporter.js';
import { safeText } from '../terminal.js';
import { grouped } from '../words.js';
import { foldedList } from './folded-list.js';
import { html, type Markup, NOTHING } from './markup.js';
import { marksOf, personOf } from './person.js';
import { type ChangeTally, UNDONE } from './tally.js';
import { PLAIN_KINDS } from './wording.js';

/** What did not work or waits, each with its reason. */
export async function* undone(result: RunResult, { undone: total }: ChangeTally): AsyncGenerator<string> {
  if (total === 0) return;
  yield String(
    html`<section aria-labelledby="undone" class="found"><h2 id="undone">Not done yet <span class="number">${grouped(total)}</span></h2>`,
  );
  yield* foldedList(
    rowsOf(
      only(result.changes(), ({ outcome }) => UNDONE.has(outcome)),
      result,
    ),
    total,
  );
  yield '</section>\n';
}

async function* rowsOf(changes: AsyncIterable<ReportedChange>, result: RunResult): AsyncGenerator<Markup> {
  for await (const change of changes) {
    const { kind, error, outcome } = change;
    const why = error === null ? NOTHING : html` <bdi class="error">${withDays(safeText(error, 1_000))}</bdi>`;
    const retry =
      outcome === 'deferred' || result.reverts !== undefined
        ? NOTHING
        : html` <span class="why">${capital(withDays(sayRetry(change, result).replace('the LMS', result.target.title)))}</span>`;
    yield html`<li class="row">${PLAIN_KINDS[kind]}: ${personOf(change.employee, marksOf(change))}${why}${retry}</li>`;
  }
}
