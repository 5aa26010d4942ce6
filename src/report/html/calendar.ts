import type { Scheduled } from '../../core/change.js';
import type { Day } from '../../core/day.js';
import type { RunResult } from '../reporter.js';
import { count, grouped } from '../words.js';
import { type DayCounts, picture } from './calendar-picture.js';
import { foldedList } from './folded-list.js';
import { html, type Markup, NOTHING } from './markup.js';
import { personOf } from './person.js';
import { sayDay } from './wording.js';

/** What the calendar will make due: a picture of all days, and who it is by day. */
export async function* calendar(result: RunResult): AsyncGenerator<string> {
  const days = new Map<Day, DayCounts>();
  const total = { invite: 0, deactivate: 0 };
  for await (const { kind, on } of result.scheduled()) {
    const counts = days.get(on) ?? { invite: 0, deactivate: 0 };
    counts[kind] += 1;
    total[kind] += 1;
    days.set(on, counts);
  }
  const all = total.invite + total.deactivate;
  if (all === 0) return;
  const today = result.today ?? result.startedAt.toISOString().slice(0, 10);
  yield String(
    html`<section aria-labelledby="calendar" class="found"><h2 id="calendar">What the calendar will bring <span class="number">${grouped(all)}</span></h2>
<p>${sayTotals(total)} Each happens on its day by itself, and follows when HR moves the date.</p>
${days.size > 1 ? picture(days, today) : NOTHING}`,
  );
  yield* foldedList(entries(result), all);
  yield '</section>\n';
}

function sayTotals({ invite, deactivate }: DayCounts): string {
  const parts = [
    ...(invite > 0 ? [count(invite, 'invitation')] : []),
    ...(deactivate > 0 ? [`${count(deactivate, 'person', 'people')} who will lose access`] : []),
  ];
  return `${parts.join(' and ')}.`;
}

async function* entries(result: RunResult): AsyncGenerator<Markup> {
  for await (const entry of result.scheduled()) yield row(entry);
}

function row({ on, kind, employee }: Scheduled): Markup {
  const what = kind === 'invite' ? 'invitation' : 'loses access';
  return html`<li class="row"><span class="day">${sayDay(on)}</span> <span class="tag ${kind}">${what}</span> ${personOf(employee)}</li>`;
}
