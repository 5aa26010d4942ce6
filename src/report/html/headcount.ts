import { FATES, type Fate, type Headcount } from '../../core/headcount.js';
import type { PlanToReport } from '../reporter.js';
import { count, grouped } from '../words.js';
import { html, type Markup, NOTHING } from './markup.js';
import { sayDay } from './wording.js';

/** How a fate is told: of one person, of several, and beside the bar. */
interface FateWords {
  readonly one: string;
  readonly many: string;
  readonly label: string;
}

const WORDS: Readonly<Record<Fate, FateWords>> = {
  loses_access: { one: 'loses access', many: 'lose access', label: 'lose access' },
  gets_account: { one: 'gets an account', many: 'get an account', label: 'new accounts' },
  gets_account_later: {
    one: 'gets an account on the first day',
    many: 'get an account on their first day',
    label: 'on their first day',
  },
  gets_account_back: { one: 'gets access again', many: 'get access again', label: 'access again' },
  is_linked: {
    one: 'is linked to an account that exists',
    many: 'are linked to accounts that exist',
    label: 'linked to an account',
  },
  is_updated: { one: 'gets new data', many: 'get new data', label: 'new data' },
  is_in_step: { one: 'stays as it is', many: 'stay as they are', label: 'stay as they are' },
  is_invited: {
    one: 'has not accepted the invitation yet',
    many: 'have not accepted their invitation yet',
    label: 'invited already',
  },
  waits: { one: 'waits for another try', many: 'wait for another try', label: 'wait' },
  is_held_back: { one: 'is held back for now', many: 'are held back for now', label: 'held back' },
  lacks_email: { one: 'lacks an e-mail', many: 'lack an e-mail', label: 'no e-mail' },
  is_unclear: { one: 'needs a correction first', many: 'need a correction first', label: 'to correct' },
  is_protected: { one: 'is protected', many: 'are protected', label: 'protected' },
  is_filtered_out: { one: 'is filtered out', many: 'are filtered out', label: 'filtered out' },
  has_left: { one: 'has left', many: 'have left', label: 'have left' },
};

/** "Of 400 people 360 get an account today, 7 on their first day, 2 lack an e-mail, 8 are filtered out, 23 have left." */
export function sayHeadcount(
  { total, fates }: Headcount,
  { today, startedAt, read }: Pick<PlanToReport, 'today' | 'startedAt' | 'read'>,
): string {
  const day = today === undefined || today === startedAt.toISOString().slice(0, 10) ? 'today' : `on ${sayDay(today)}`;
  const told = FATES.filter((fate) => fates[fate] > 0).map((fate) => {
    const number = fates[fate];
    const said = number === 1 ? WORDS[fate].one : WORDS[fate].many;
    // Said of the account that stands right before it.
    if (fate === 'gets_account_later' && fates.gets_account > 0)
      return `${grouped(number)} on ${number === 1 ? 'the' : 'their'} first day`;
    return `${grouped(number)} ${said}${fate === 'gets_account' ? ` ${day}` : ''}`;
  });
  const whose = read.partial ? ' that HR has changed' : '';
  return `Of ${count(total, 'person', 'people')}${whose} ${told.join(', ')}.`;
}

/** The same people as one bar with its legend; every number in it is one of the sentence. */
export function headcountBar({ total, fates }: Headcount): Markup {
  if (total === 0) return NOTHING;
  const parts = FATES.filter((fate) => fates[fate] > 0);
  // One person of twenty thousand must be seen, too.
  const shares = parts.map((fate) => Math.max(LEAST_SHARE, fates[fate] / total));
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let at = 0;
  const rects = parts.map((fate, place) => {
    const width = ((shares[place] ?? 0) / whole) * 100;
    const title = `${grouped(fates[fate])} ${WORDS[fate].label}`;
    const rect = html`<rect class="${fate}" x="${at.toFixed(3)}%" width="${width.toFixed(3)}%" height="28"><title>${title}</title></rect>`;
    at += width;
    return rect;
  });
  const legend = parts.map(
    (fate) =>
      html`<li><svg width="12" height="12" aria-hidden="true"><rect class="${fate}" width="12" height="12"/></svg> <strong>${grouped(fates[fate])}</strong> ${WORDS[fate].label}</li>`,
  );
  return html`<svg class="bar" width="100%" height="28" role="img" aria-label="The same numbers as a bar">${rects}</svg><ul class="legend">${legend}</ul>`;
}

const LEAST_SHARE = 0.004;

/** What happens to people whom HR did not show, and to accounts of people who left before, as sentences. */
export function sayOthers({ gone, expired }: Headcount): readonly string[] {
  return [
    ...(gone > 0
      ? [
          `${count(gone, 'more person', 'more people')} whom HR does not show any more ${gone === 1 ? 'loses' : 'lose'} access.`,
        ]
      : []),
    ...(expired > 0
      ? [
          `${count(expired, 'closed account', 'closed accounts')} of people who left before ${expired === 1 ? 'is' : 'are'} deleted.`,
        ]
      : []),
  ];
}
