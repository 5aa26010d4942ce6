import type { Missing } from '../../core/absence.js';
import type { RunResult } from '../reporter.js';
import { count } from '../words.js';
import { html, type Markup, NOTHING } from './markup.js';
import { showName } from './rows.js';
import { sayDay } from './wording.js';

/** So many are named. */
const NAMED = 300;

/** Who did not come from HR and is kept for now, and until when. */
export function missing({ missing: people }: RunResult): Markup {
  if (people.length === 0) return NOTHING;
  const more = people.length > NAMED ? html`<p class="quiet">… and ${people.length - NAMED} more.</p>` : NOTHING;
  return html`<section aria-labelledby="missing"><h2 id="missing">Missing from HR</h2><p>These people have an account and did not come from HR. Being absent is not the same as having left, so they are kept for now.</p><ul class="people">${people.slice(0, NAMED).map(line)}</ul>${more}</section>`;
}

function line({ employee, since, reads, goneOn }: Missing): Markup {
  const end = goneOn === null ? 'never counts as gone' : `counts as gone from ${sayDay(goneOn)}`;
  const mail = employee.email === null ? '' : showName(employee.email);
  return html`<li><bdi class="name">${showName(employee.name ?? '')}</bdi> <bdi class="mail">${mail}</bdi> <bdi class="id">#${showName(employee.id)}</bdi><br><span class="quiet">missing since ${sayDay(since)}, in ${count(reads, 'complete read')}; ${end}</span></li>
`;
}
