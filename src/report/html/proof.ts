import { isExceeded, type JudgedLimit } from '../../core/safety.js';
import { capital, plainly } from '../plain-words.js';
import type { RunResult } from '../reporter.js';
import { limitHeading, refusalsOf } from '../safety-text.js';
import { count, grouped } from '../words.js';
import { html, type Markup, NOTHING } from './markup.js';
import { personOf } from './person.js';

/** What exceeds a limit, first of all: how many, why, who. Empty where nothing does. */
export async function refusals(result: RunResult): Promise<Markup> {
  const found = await refusalsOf(result);
  if (found.length === 0) return NOTHING;
  const reasons = found.map(({ what, cause, people, limit }) => {
    const why = cause === '' ? NOTHING : html` ${capital(plainly(cause))}.`;
    const rest =
      limit.planned > people.length ? html`<li>… and ${grouped(limit.planned - people.length)} more</li>` : NOTHING;
    const named =
      people.length === 0
        ? NOTHING
        : html`<ul>${people.map((person) => html`<li>${personOf(person)}</li>`)}${rest}</ul>`;
    return html`<p><strong>${capital(plainly(what))}.</strong>${why}</p>${named}<p>If all ${grouped(limit.planned)} are right, tell whoever sent you this page, with the number.</p>`;
  });
  return html`<section aria-labelledby="refused" class="card bad"><h2 id="refused">This needs your confirmation</h2>${reasons}</section>`;
}

/** Why the plan can be trusted: the checks of the read, and the limits that it was held against. */
export function proof(result: RunResult): Markup {
  return html`<section aria-labelledby="proof"><h2 id="proof">How this was checked</h2>${readProof(result)}${limitsOf(result)}</section>`;
}

function readProof({ read, source, reverts }: RunResult): Markup {
  if (reverts !== undefined)
    return html`<p>This takes back what run ${reverts} did, by the journal; ${source.title} was not asked.</p>`;
  const verdict = read.complete
    ? html`<p>${source.title} answered in full: ${count(read.employees, 'person', 'people')}.</p>`
    : read.partial
      ? html`<p>Only people whom HR has changed were read: ${grouped(read.employees)}.</p>`
      : html`<p class="bad"><strong>${source.title} did not answer in full:</strong> nobody loses access for being absent.</p>`;
  const checks = read.checks.map(
    ({ held, sentence }) =>
      html`<li class="${held ? 'held' : 'broken'}"><span>${held ? 'Held:' : 'Did not hold:'}</span> ${plainly(sentence)}</li>`,
  );
  return html`${verdict}<details class="group"${read.complete || read.partial ? NOTHING : OPEN}><summary>The checks of the read</summary><ul class="checks">${checks}</ul></details>`;
}

const OPEN = html` open`;

function limitsOf({ safety: { limits, verdict } }: RunResult): Markup {
  if (limits.length === 0)
    return html`<p class="quiet">No limit was applied: limits are shares of the accounts that exist already, and there are none or too few of them yet.</p>`;
  const said =
    verdict === 'go'
      ? html`<p class="good"><strong>Every limit is kept.</strong></p>`
      : html`<p class="bad"><strong>A limit is exceeded.</strong></p>`;
  return html`${said}<details class="group"><summary>The limits</summary><table class="list"><thead><tr><th scope="col">What</th><th scope="col" class="number">Planned</th><th scope="col" class="number">Allowed</th><th scope="col" class="number">Of</th></tr></thead><tbody>${limits.map(limitLine)}</tbody></table></details>`;
}

function limitLine(limit: JudgedLimit): Markup {
  const { planned, allowed, of } = limit;
  const mark = isExceeded(limit) ? html` <span class="tag failed">exceeded</span>` : NOTHING;
  return html`<tr><th scope="row">${limitHeading(limit)}${mark}</th><td class="number">${grouped(planned)}</td><td class="number">${grouped(allowed)}</td><td class="number">${grouped(of)}</td></tr>
`;
}
