import type { EmployeeReference } from '../core/employee.js';
import { makeStyle } from './style.js';
import { columns, renderTable } from './table.js';
import { lines, safeText, wrapText } from './terminal.js';
import { count, sayName } from './words.js';

/** One person before and after a rekey. */
interface ReportedPair {
  readonly from: EmployeeReference;
  readonly to: EmployeeReference;
  readonly account: string;
}

/** A link that finds no pair, and why. */
interface ReportedRest {
  readonly employee: EmployeeReference;
  readonly account: string;
  readonly why: 'no_value' | 'nobody' | 'ambiguous' | 'name_differs';
  readonly fits: readonly string[];
}

/** A rekey before anybody agrees to it. */
export interface ReportedRekey {
  readonly by: string;
  readonly source: { readonly before: string; readonly now: string };
  readonly pairs: readonly ReportedPair[];
  readonly unpaired: readonly ReportedRest[];
  readonly others: readonly EmployeeReference[];
  readonly open: { readonly of: number; readonly paired: number; readonly allowed: number };
  readonly isRefused: boolean;
  readonly rewritten: number;
  readonly clashing: number;
}

/** How the two sides are called. */
interface Titles {
  readonly source: string;
  readonly target: string;
}

const SHOWN = 20;

/** Who is who, who stays without a pair and why, and what the next run makes of it. */
export function renderRekey(
  rekey: ReportedRekey,
  titles: Titles,
  { width, colour }: { readonly width: number; readonly colour: boolean },
): string {
  const { by, pairs, unpaired, others, open } = rekey;
  const style = makeStyle(colour);
  const moved = pairs.filter(({ from, to }) => from.id !== to.id);
  const kept = pairs.length - moved.length;
  const section = (title: string, table: string) => `\n${style.strong(title)}\n${table}`;
  const head = [
    `${open.paired} of ${count(open.of, 'open account')} paired by ${safeText(by, 60)}; ${count(pairs.length, 'link')} in all`,
    ...(kept > 0 ? [`${count(kept, 'link')} under the same employee id as before`] : []),
  ];
  const pairRows = moved.map(({ from, to, account }) => [
    `#${from.id}`,
    `#${to.id}`,
    to.name ?? from.name ?? '',
    account,
  ]);
  const restRows = unpaired.map((one) => [
    `#${one.employee.id}`,
    one.employee.name ?? '',
    one.account,
    sayWhy(one, by, titles),
  ]);
  const newcomers = others.slice(0, SHOWN).map(sayName).join(', ');
  const more = others.length > SHOWN ? ` and ${others.length - SHOWN} more` : '';
  return [
    lines(head.flatMap((sentence) => wrapText(sentence, width))),
    ...(moved.length > 0
      ? [
          section(
            `New ids ${moved.length}`,
            renderTable(columns('until now', 'from now on', 'name', 'account'), pairRows, width),
          ),
        ]
      : []),
    ...(unpaired.length > 0
      ? [section(`Without a pair ${unpaired.length}`, renderTable(REST_COLUMNS, restRows, width))]
      : []),
    ...(others.length > 0
      ? [
          section(
            `In ${titles.source} without a link ${others.length}`,
            lines(wrapText(`${newcomers}${more}`, width, '  ')),
          ),
        ]
      : []),
    ...sayNext(rekey, titles).map((sentence) => `\n${lines(wrapText(sentence, width, 'Note  '))}`),
  ].join('');
}

const REST_COLUMNS = [{ title: 'employee' }, { title: 'name' }, { title: 'account' }, { title: 'why', wraps: true }];

/** The refusal of a rekey that would leave most people without a pair. */
export function sayTooFew({ open: { of, paired, allowed }, by }: ReportedRekey): string {
  const left = of - paired;
  return `only ${paired} of ${count(of, 'open account')} would be paired by ${by}, ${left} would not, and ${allowed} may be left: this looks like the HR system of another company, or like a field that differs between the two; nothing was written. Pair by another field, or allow it with --allow unpaired=${left}`;
}

function sayWhy({ why, fits }: ReportedRest, by: string, { source, target }: Titles): string {
  const who = fits.map((id) => `#${id}`).join(', ');
  switch (why) {
    case 'no_value':
      return `${target} acknowledged no ${by}`;
    case 'nobody':
      return `nobody in ${source} has this ${by}`;
    case 'ambiguous':
      return `several people share this ${by} (${who}): correct ${by} in HR, or link by hand`;
    case 'name_differs':
      return `${who} has this ${by} and another name: "hrsync link" if they are one`;
  }
}

function sayNext({ rewritten, clashing }: ReportedRekey, { target }: Titles): readonly string[] {
  if (rewritten === 0) return [];
  const accounts = count(rewritten, 'account');
  return [
    `${accounts} in ${target} will get another external id in the next run; its limits may need --allow email=${rewritten} and --allow update=${rewritten}`,
    ...(clashing === 0
      ? []
      : [
          `${clashing} of them should bear an external id that another account bears now: ${target} may refuse it for as long as that is so. An employees.key that both systems know, such as employee_number, avoids this`,
        ]),
  ];
}

/** The same for programs. */
export function rekeyDocument(rekey: ReportedRekey, facts: object): object {
  const { by, source, pairs, unpaired, others, open, isRefused, rewritten, clashing } = rekey;
  return {
    ...{ format: 1, ...facts, by, source },
    pairs: pairs.map(({ from, to, account }) => ({ before: from.id, employee: to, account })),
    unpaired: unpaired.map(({ employee, account, why, fits }) => ({ employee, account, reason: why, fits })),
    without_link: others,
    external_ids_to_write: rewritten,
    external_ids_taken: clashing,
    safety: {
      verdict: isRefused ? 'refused' : 'go',
      limits: [{ kind: 'unpaired', planned: open.of - open.paired, allowed: allowedIn(open), of: open.of }],
    },
  };
}

// Half may stay without a pair in any case.
function allowedIn({ of, allowed }: ReportedRekey['open']): number {
  return Math.max(allowed, Math.floor(of / 2));
}
