import { isExceeded, type JudgedLimit } from '../../core/safety.js';
import { whatIsHeld } from '../plan-text.js';
import type { RunResult } from '../reporter.js';
import { limitHeading, refusalsOf } from '../safety-text.js';
import { safeText } from '../terminal.js';
import { sayPerson } from '../words.js';
import { html, type Markup, NOTHING } from './markup.js';

/** Why the plan can be trusted: the checks of the read, and the limits that it was held against. */
export async function proof(result: RunResult): Promise<Markup> {
  return html`<section aria-labelledby="proof"><h2 id="proof">Can this be trusted?</h2><div class="pictures"><div>${readProof(result)}</div><div>${await safety(result)}</div></div></section>`;
}

function readProof({ read, source, reverts }: RunResult): Markup {
  if (reverts !== undefined)
    return html`<h3>The read</h3><p>This takes back what run ${reverts} did, by the journal; ${source.title} was not asked.</p>`;
  const verdict = read.complete
    ? html`<p>${source.title} answered in full: <strong>${read.employees}</strong> ${read.employees === 1 ? 'employee' : 'employees'}, ${read.inScope} of them in scope.</p>`
    : html`<p class="bad"><strong>The read is not complete:</strong> nobody is deactivated because of absence.</p>`;
  const checks = read.checks.map(
    ({ held, sentence }) =>
      html`<li class="${held ? 'held' : 'broken'}"><span>${held ? 'Held:' : 'Did not hold:'}</span> ${safeText(sentence, 500)}</li>`,
  );
  return html`<h3>The read</h3>${verdict}<ul class="checks">${checks}</ul>`;
}

async function safety(result: RunResult): Promise<Markup> {
  const refusals = await refusalsOf(result);
  const verdict =
    refusals.length === 0
      ? html`<p class="good"><strong>Go:</strong> every limit is kept.</p>`
      : html`<p class="bad"><strong>Refused:</strong> ${whatIsHeld(result.safety).toLowerCase()} until somebody confirms the figures.</p>`;
  const reasons = refusals.map(
    ({ what, cause, people, flag, limit }) =>
      html`<p>${what}. ${cause === '' ? '' : `${safeText(cause, 500)}. `}First: ${people.map((person) => sayPerson(person)).join('; ')}.</p><p>When HR has confirmed all ${limit.planned}, the run is repeated with <code>${flag}</code>, or a plan saved with <code>hrsync plan --out</code> is applied.</p>`,
  );
  const { limits } = result.safety;
  if (limits.length === 0)
    return html`<h3>The limits</h3>${verdict}<p class="quiet">No limit was applied: limits are shares of the accounts that exist already, and there are none or too few of them yet.</p>`;
  return html`<h3>The limits</h3>${verdict}${reasons}<table class="list"><thead><tr><th scope="col">Kind</th><th scope="col" class="number">Planned</th><th scope="col" class="number">Allowed</th><th scope="col" class="number">Accounts</th></tr></thead><tbody>${limits.map(limitLine)}</tbody></table>`;
}

function limitLine(limit: JudgedLimit): Markup {
  const { planned, allowed, of } = limit;
  const mark = isExceeded(limit) ? html` <span class="tag failed">exceeded</span>` : NOTHING;
  return html`<tr><th scope="row">${limitHeading(limit)}${mark}</th><td class="number">${planned}</td><td class="number">${allowed}</td><td class="number">${of}</td></tr>
`;
}
