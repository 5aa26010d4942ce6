import type { Scheduled } from '../../core/change.js';
import { addDays, type Day, daysBetween } from '../../core/day.js';
import type { RunResult } from '../reporter.js';
import { count } from '../words.js';
import { html, type Markup, NOTHING } from './markup.js';
import { showName } from './rows.js';
import { sayDay } from './wording.js';

/** So many entries are listed; the picture counts all. */
const LISTED = 500;
/** A bar stands for a day while the whole picture has at most so many of them, and for a week or a month after that. */
const MOST_BARS = 62;
const HALF = 56;
/** Fewest people on one day that are drawn as a tower. */
const LEAST_TOP = 4;

interface Slot {
  readonly from: Day;
  invite: number;
  deactivate: number;
}

/** What the calendar will make due: invitations upwards, leavers downwards, and the list of both by day. */
export async function calendar(result: RunResult): Promise<Markup> {
  const days = new Map<Day, { invite: number; deactivate: number }>();
  const listed: Scheduled[] = [];
  let total = 0;
  for await (const entry of result.scheduled()) {
    total += 1;
    const counts = days.get(entry.on) ?? { invite: 0, deactivate: 0 };
    counts[entry.kind] += 1;
    days.set(entry.on, counts);
    if (listed.length < LISTED) listed.push(entry);
  }
  if (total === 0) return NOTHING;
  const more = total > LISTED ? html`<p class="quiet">… and ${total - LISTED} more.</p>` : NOTHING;
  return html`<section aria-labelledby="calendar"><h2 id="calendar">What the calendar will bring</h2>
<p>${sayTotals(days)} Each happens on its day by itself, and follows when HR moves the date.</p>
${picture(days)}
<details${total <= 20 ? OPEN : NOTHING}><summary>By day</summary><table class="list"><thead><tr><th scope="col">Day</th><th scope="col">What</th><th scope="col">Who</th></tr></thead><tbody>${listed.map(line)}</tbody></table>${more}</details></section>`;
}

const OPEN = html` open`;

function sayTotals(days: ReadonlyMap<Day, { readonly invite: number; readonly deactivate: number }>): string {
  let invite = 0;
  let deactivate = 0;
  for (const counts of days.values()) {
    invite += counts.invite;
    deactivate += counts.deactivate;
  }
  const parts = [
    invite > 0 && count(invite, 'scheduled invitation'),
    deactivate > 0 && `${count(deactivate, 'leaver')} whose account will be deactivated`,
  ];
  return `${parts.filter((part) => part !== false).join(' and ')}.`;
}

function line({ on, kind, employee }: Scheduled): Markup {
  const what = kind === 'invite' ? 'invitation' : 'leaves';
  const mail = employee.email === null ? '' : showName(employee.email);
  return html`<tr><td class="day">${sayDay(on)}</td><td><span class="kind ${kind}">${what}</span></td><td><bdi class="name">${showName(employee.name ?? '')}</bdi> <bdi class="mail">${mail}</bdi> <bdi class="id">#${showName(employee.id)}</bdi></td></tr>
`;
}

function picture(days: ReadonlyMap<Day, { readonly invite: number; readonly deactivate: number }>): Markup {
  const slots = slotsOf(days);
  const most = Math.max(LEAST_TOP, ...slots.flatMap(({ invite, deactivate }) => [invite, deactivate]));
  const width = 100 / slots.length;
  const bars = slots.flatMap(({ from, invite, deactivate }, place) => {
    const x = (place * width + width * 0.1).toFixed(2);
    const wide = (width * 0.8).toFixed(2);
    const [up, down] = [invite, deactivate].map((number) => (number / most) * HALF);
    const title = `${sayDay(from)}: ${count(invite, 'invitation')}, ${count(deactivate, 'leaver')}`;
    if (invite + deactivate === 0 || up === undefined || down === undefined) return [];
    return [
      html`<g><title>${title}</title><rect class="invite" x="${x}%" width="${wide}%" y="${(HALF - up).toFixed(1)}" height="${up.toFixed(1)}"/><rect class="deactivate" x="${x}%" width="${wide}%" y="${HALF + 1}" height="${down.toFixed(1)}"/></g>`,
    ];
  });
  const invited = slots.some(({ invite }) => invite > 0);
  const left = slots.some(({ deactivate }) => deactivate > 0);
  const labels = left ? 2 * HALF + 16 : HALF + 18;
  const legend = [...(invited ? [INVITED] : []), ...(left ? [LEFT] : [])];
  const [first, last] = [slots[0]?.from ?? '', slots.at(-1)?.from ?? ''];
  const end = first === last ? NOTHING : html`<text x="100%" y="${labels}" text-anchor="end">${sayDay(last)}</text>`;
  return html`<svg class="calendar" width="100%" height="${labels + 6}" role="img" aria-label="Invitations and leavers from ${sayDay(first)} to ${sayDay(last)}; the list below has each">${bars}<line x1="0" x2="100%" y1="${HALF + 0.5}" y2="${HALF + 0.5}"/><text x="0" y="${labels}">${sayDay(first)}</text>${end}</svg>
<p class="legend quiet">${legend}${stepOf(days) === 1 ? '' : ` (a bar is ${stepOf(days)} days)`}</p>`;
}

const INVITED = html`<svg width="10" height="10" aria-hidden="true"><rect class="invite" width="10" height="10"/></svg> invitations, upwards `;
const LEFT = html`<svg width="10" height="10" aria-hidden="true"><rect class="deactivate" width="10" height="10"/></svg> leavers, downwards`;

function stepOf(days: ReadonlyMap<Day, unknown>): number {
  const sorted = [...days.keys()].sort();
  const span = daysBetween(sorted[0] ?? '', sorted.at(-1) ?? '') + 1;
  return span <= MOST_BARS ? 1 : span <= MOST_BARS * 7 ? 7 : Math.ceil(span / MOST_BARS);
}

function slotsOf(days: ReadonlyMap<Day, { readonly invite: number; readonly deactivate: number }>): readonly Slot[] {
  const sorted = [...days].sort(([one], [other]) => (one < other ? -1 : 1));
  const first = sorted[0]?.[0] ?? '';
  const step = stepOf(days);
  const last = daysBetween(first, sorted.at(-1)?.[0] ?? first);
  const slots: Slot[] = [];
  for (let at = 0; at <= last; at += step) slots.push({ from: addDays(first, at), invite: 0, deactivate: 0 });
  for (const [day, { invite, deactivate }] of sorted) {
    const slot = slots[Math.floor(daysBetween(first, day) / step)];
    if (slot === undefined) continue;
    slot.invite += invite;
    slot.deactivate += deactivate;
  }
  return slots;
}
