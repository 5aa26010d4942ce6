import type { ChangeKind } from '../../core/change.js';
import { KIND_ORDER, KINDS } from '../words.js';
import { html, type Markup, NOTHING } from './markup.js';
import { showName } from './rows.js';
import { type ChangeTally, sumOf } from './tally.js';
import { sayNumber } from './wording.js';

/** So many departments have a bar of their own; the smaller ones share the last. */
const MOST_BARS = 15;

/** What changes, as bars: by kind, and by department where the mapping has one. */
export function pictures(tally: ChangeTally): Markup {
  if (tally.total === 0) return NOTHING;
  return html`<section aria-labelledby="picture"><h2 id="picture">What changes</h2><div class="pictures">${byKind(tally)}${byDepartment(tally)}</div></section>`;
}

function byKind({ kinds }: ChangeTally): Markup {
  const most = Math.max(...kinds.values());
  const bars = KIND_ORDER.filter((kind) => kinds.has(kind)).map((kind) =>
    bar(KINDS[kind].heading, new Map([[kind, kinds.get(kind) ?? 0]]), most),
  );
  return table('By kind', bars);
}

function byDepartment({ departments, elsewhere }: ChangeTally): Markup {
  if (departments.size === 0) return NOTHING;
  const largestFirst = [...departments].sort(([, one], [, other]) => sumOf(other) - sumOf(one));
  const own = largestFirst.slice(0, largestFirst.length > MOST_BARS ? MOST_BARS - 1 : MOST_BARS);
  const shared = largestFirst.slice(own.length);
  const rest = new Map<ChangeKind, number>();
  for (const [, counts] of shared) for (const [kind, count] of counts) rest.set(kind, (rest.get(kind) ?? 0) + count);
  const most = Math.max(...own.map(([, counts]) => sumOf(counts)));
  const bars = own.map(([name, counts]) => bar(showName(name), counts, most));
  if (shared.length > 0)
    // In a scale of its own, because the many together would make every other bar a dot.
    bars.push(bar(`${shared.length} more departments`, rest, Math.max(most, sumOf(rest))));
  const note = elsewhere === 0 ? NOTHING : html`<p class="quiet">${elsewhere} without a department.</p>`;
  return html`<div>${table('By department', bars)}${note}</div>`;
}

function table(caption: string, bars: readonly Markup[]): Markup {
  return html`<table class="bars"><caption>${caption}</caption><tbody>${bars}</tbody></table>`;
}

// Drawn with widths in percent, so that a bar fits any screen and any paper, and printers keep its colour.
function bar(label: string, counts: ReadonlyMap<ChangeKind, number>, most: number): Markup {
  let at = 0;
  const parts = KIND_ORDER.filter((kind) => counts.has(kind)).map((kind) => {
    const share = ((counts.get(kind) ?? 0) / most) * 100;
    const part = html`<rect class="${kind}" x="${at.toFixed(2)}%" width="${share.toFixed(2)}%" height="14"/>`;
    at += share;
    return part;
  });
  const said = KIND_ORDER.filter((kind) => counts.has(kind)).map((kind) => `${counts.get(kind)} ${KINDS[kind].toDo}`);
  const sum = sumOf(counts);
  const title = said.join(', ');
  return html`<tr><th scope="row">${label}</th><td><svg width="100%" height="14" role="img" aria-label="${title}"><title>${title}</title>${parts}</svg></td><td class="number">${sayNumber(sum)}</td></tr>
`;
}
