import type { Missing } from '../../core/absence.js';
import type { RunResult } from '../reporter.js';
import { count, grouped } from '../words.js';
import { foldedList } from './folded-list.js';
import { html, type Markup } from './markup.js';
import { personOf } from './person.js';
import { sayDay } from './wording.js';

/** Who did not come from HR and is kept for now, and until when. */
export async function* missing({ missing: people }: RunResult): AsyncGenerator<string> {
  if (people.length === 0) return;
  yield String(
    html`<section aria-labelledby="missing" class="found"><h2 id="missing">Missing from HR <span class="number">${grouped(people.length)}</span></h2><p>These people have an account, and HR does not show them. Being absent is not the same as having left, so they are kept for now.</p>`,
  );
  yield* foldedList(rowsOf(people), people.length);
  yield '</section>\n';
}

async function* rowsOf(people: readonly Missing[]): AsyncGenerator<Markup> {
  for (const { employee, since, reads, goneOn } of people) {
    const end = goneOn === null ? 'never counts as gone' : `loses access from ${sayDay(goneOn)}`;
    const said = `missing since ${sayDay(since)}, ${count(reads, 'time')} in a row; ${end}`;
    yield html`<li class="row">${personOf(employee)} <span class="why">· ${said}</span></li>`;
  }
}
