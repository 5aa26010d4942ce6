import { addDays, type Day, daysBetween } from '../../core/day.js';
import { count } from '../words.js';
import { html, type Markup, NOTHING } from './markup.js';
import { sayDay } from './wording.js';

/** What is due on one day. */
export interface DayCounts {
  invite: number;
  deactivate: number;
}

interface Slot extends DayCounts {
  readonly from: Day;
}

/** A bar stands for a day while the whole picture has at most so many of them, and for a week or more days after that. */
const MOST_BARS = 62;
/** Height of the room for invitations, and of that for leavers. */
const HALF = 56;
/** One person alone is no tower. */
const LEAST_TOP = 4;
/** Where the axes begin: left of them stands the scale. */
const LEFT = 6;

/** Invitations upwards, leavers downwards, from today to the last day, with a scale and days below. */
export function picture(days: ReadonlyMap<Day, Readonly<DayCounts>>, today: Day): Markup {
  const { slots, step } = slotsOf(days, today);
  const top = roundTop(Math.max(LEAST_TOP, ...slots.flatMap(({ invite, deactivate }) => [invite, deactivate])));
  const invited = slots.some(({ invite }) => invite > 0);
  const left = slots.some(({ deactivate }) => deactivate > 0);
  const up = invited ? HALF : 4;
  const down = left ? HALF : 4;
  const base = up + 8;
  const bottom = base + down;
  const width = (100 - LEFT) / slots.length;
  const at = (place: number) => LEFT + place * width;
  const bars = slots.map((slot, place) => barOf(slot, { x: at(place) + width * 0.1, wide: width * 0.8, base, top }));
  const scale = [
    ...(invited ? [scaleLine(base - HALF, String(top)), scaleLine(base - HALF / 2, String(top / 2))] : []),
    scaleLine(base, '0'),
    ...(left ? [scaleLine(base + HALF / 2, String(top / 2)), scaleLine(base + HALF, String(top))] : []),
  ];
  const first = slots[0]?.from ?? today;
  const last = addDays(first, slots.length * step - 1);
  const legend = [...(invited ? [INVITED] : []), ...(left ? [LEAVING] : [])];
  const bar = step === 1 ? NOTHING : html` · a bar is ${step} days`;
  return html`<svg class="calendar" width="100%" height="${bottom + 30}" role="img" aria-label="Invitations and people who lose access from ${sayDay(first)} to ${sayDay(last)}; the list below has each">${scale}${bars}${ticks(slots, { at, width, bottom })}${todayLine(first, today, { at, step, width, bottom })}</svg>
<p class="quiet">${legend}${bar}</p>`;
}

const INVITED = html`<svg width="10" height="10" aria-hidden="true"><rect class="invite" width="10" height="10"/></svg> invitations, upwards `;
const LEAVING = html`<svg width="10" height="10" aria-hidden="true"><rect class="deactivate" width="10" height="10"/></svg> people who lose access, downwards`;

function barOf(
  { from, invite, deactivate }: Slot,
  { x, wide, base, top }: { readonly x: number; readonly wide: number; readonly base: number; readonly top: number },
): Markup {
  if (invite + deactivate === 0) return NOTHING;
  const [up, down] = [(invite / top) * HALF, (deactivate / top) * HALF];
  const title = `${sayDay(from)}: ${count(invite, 'invitation')}, ${count(deactivate, 'person', 'people')} who lose access`;
  const place = html`x="${x.toFixed(2)}%" width="${wide.toFixed(2)}%"`;
  return html`<g><title>${title}</title><rect class="invite" ${place} y="${(base - up).toFixed(1)}" height="${up.toFixed(1)}"/><rect class="deactivate" ${place} y="${base}" height="${down.toFixed(1)}"/></g>`;
}

function scaleLine(y: number, label: string): Markup {
  return html`<line x1="${LEFT}%" x2="100%" y1="${y}" y2="${y}"/><text x="${LEFT - 1}%" y="${y + 4}" text-anchor="end">${label}</text>`;
}

interface Axis {
  readonly at: (place: number) => number;
  readonly width: number;
  readonly bottom: number;
}

// Five days at most, each in full; a phone has room for the first and the last.
function ticks(slots: readonly Slot[], { at, width, bottom }: Axis): readonly Markup[] {
  const last = slots.length - 1;
  const places = [...new Set([0, 0.25, 0.5, 0.75, 1].map((share) => Math.round(share * last)))];
  return places.map((place, index) => {
    const x = at(place) + width / 2;
    const isEnd = index === 0 || index === places.length - 1;
    const anchor = index === 0 ? 'start' : isEnd ? 'end' : 'middle';
    const textAt = index === 0 ? at(0) : isEnd ? 100 : x;
    return html`<g class="${isEnd ? 'tick' : 'tick inner'}"><line x1="${x.toFixed(2)}%" x2="${x.toFixed(2)}%" y1="${bottom}" y2="${bottom + 6}"/><text x="${textAt.toFixed(2)}%" y="${bottom + 22}" text-anchor="${anchor}">${sayDay(slots[place]?.from ?? '')}</text></g>`;
  });
}

function todayLine(first: Day, today: Day, { at, step, width, bottom }: Axis & { readonly step: number }): Markup {
  const place = Math.floor(daysBetween(first, today) / step);
  const x = (at(place) + (step === 1 ? width / 2 : 0)).toFixed(2);
  return html`<g class="today"><line x1="${x}%" x2="${x}%" y1="0" y2="${bottom}"/><text x="${(at(place) + width).toFixed(2)}%" y="${bottom - 4}">today</text></g>`;
}

/** The next number that halves well: 4, 6, 10, 20, 40, 60, 100. */
function roundTop(most: number): number {
  for (let ten = 1; ; ten *= 10) {
    const round = [4, 6, 10].map((number) => number * ten).find((number) => number >= most);
    if (round !== undefined) return round;
  }
}

function slotsOf(
  days: ReadonlyMap<Day, Readonly<DayCounts>>,
  today: Day,
): { readonly slots: readonly Slot[]; readonly step: number } {
  const sorted = [...days].sort(([one], [other]) => (one < other ? -1 : 1));
  const [earliest = today] = sorted[0] ?? [];
  const first = earliest < today ? earliest : today;
  const span = daysBetween(first, sorted.at(-1)?.[0] ?? first) + 1;
  const step = span <= MOST_BARS ? 1 : span <= MOST_BARS * 7 ? 7 : Math.ceil(span / MOST_BARS);
  const slots: Slot[] = [];
  for (let at = 0; at < span; at += step) slots.push({ from: addDays(first, at), invite: 0, deactivate: 0 });
  for (const [day, { invite, deactivate }] of sorted) {
    const slot = slots[Math.floor(daysBetween(first, day) / step)];
    if (slot === undefined) continue;
    slot.invite += invite;
    slot.deactivate += deactivate;
  }
  return { slots, step };
}
