import type { ChangeKind } from '../../core/change.js';
import { grouped, LIST_ORDER } from '../words.js';
import { html, type Markup, NOTHING } from './markup.js';
import { showName } from './person.js';
import { type ChangeTally, sumOf } from './tally.js';
import { PLAIN_KINDS } from './wording.js';

/** So many departments have a bar of their own; the smaller ones share the last. */
const MOST_BARS = 15;

/** How many changes each department has, as bars, where the mapping has a department and there is more than one. */
export function byDepartment({ departments, elsewhere, kinds }: ChangeTally): Markup {
  if (departments.size < 2) return NOTHING;
  const largestFirst = [...departments].sort(([, one], [, other]) => sumOf(other) - sumOf(one));
  const own = largestFirst.slice(0, largestFirst.length > MOST_BARS ? MOST_BARS - 1 : MOST_BARS);
  const shared = largestFirst.slice(own.length);
  const rest = new Map<ChangeKind, number>();
  for (const [, counts] of shared) for (const [kind, count] of counts) rest.set(kind, (rest.get(kind) ?? 0) + count);
  const most = Math.max(...own.map(([, counts]) => sumOf(counts)));
  const bars = own.map(([name, counts]) => bar(showName(name), counts, most));
  if (shared.length > 0)
    // In a scale of its own, because the many together would make every other bar a dot.
    bars.push(bar(`${grouped(shared.length)} more departments`, rest, Math.max(most, sumOf(rest))));
  const note = elsewhere === 0 ? NOTHING : html`<p class="quiet">${grouped(elsewhere)} without a department.</p>`;
  const legend = LIST_ORDER.filter((kind) => kinds.has(kind)).map(
    (kind) =>
      html`<li><svg width="12" height="12" aria-hidden="true"><rect class="${kind}" width="12" height="12"/></svg> ${PLAIN_KINDS[kind]}</li>`,
  );
  return html`<section aria-labelledby="departments"><h2 id="departments">By department</h2><ul class="legend">${legend}</ul><table class="bars"><tbody>${bars}</tbody></table>${note}</section>`;
}

// Drawn with widths in percent, so that a bar fits any screen and any paper, and printers keep its colour.
function bar(label: string, counts: ReadonlyMap<ChangeKind, number>, most: number): Markup {
  let at = 0;
  const parts = LIST_ORDER.filter((kind) => counts.has(kind)).map((kind) => {
    const share = ((counts.get(kind) ?? 0) / most) * 100;
    const part = html`<rect class="${kind}" x="${at.toFixed(2)}%" width="${share.toFixed(2)}%" height="14"/>`;
    at += share;
    return part;
  });
  const said = LIST_ORDER.filter((kind) => counts.has(kind)).map(
    (kind) => `${PLAIN_KINDS[kind]}: ${grouped(counts.get(kind) ?? 0)}`,
  );
  const title = said.join(', ');
  return html`<tr><th scope="row">${label}</th><td><svg width="100%" height="14" role="img" aria-label="${title}"><title>${title}</title>${parts}</svg></td><td class="number">${grouped(sumOf(counts))}</td></tr>
`;
}
