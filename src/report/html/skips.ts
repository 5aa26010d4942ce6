import type { SkipReason } from '../../core/change.js';
import { SKIP_CAUSES, skipCause } from '../../core/corrections.js';
import { CORRECTIONS } from '../correction-words.js';
import { plainly } from '../plain-words.js';
import type { RunResult } from '../reporter.js';
import { grouped } from '../words.js';
import { foldedList } from './folded-list.js';
import { html, type Markup, NOTHING } from './markup.js';
import { personOf } from './person.js';

/** Why somebody was skipped, as HR looks at it: the reason, and for some values which trouble it is. */
type Cause = SkipReason | 'ends_before_start';

const HR_CAN = 'HR can correct these';

/** Who can mend a skip, with the causes that are theirs and what they should do. */
const MENDERS: readonly { readonly who: string; readonly causes: readonly (readonly [Cause, string, string])[] }[] = [
  {
    who: HR_CAN,
    causes: SKIP_CAUSES.map((cause) => [cause, CORRECTIONS[cause].title, CORRECTIONS[cause].advice] as const),
  },
  {
    who: 'The administrators of the learning platform can settle these',
    causes: [
      [
        'ambiguous_match',
        'More than one account could be theirs',
        'Enter the key (employees.key) as the external id of the right account, or remove the other one.',
      ],
      [
        'name_differs',
        'An account with this address bears another name',
        'If it is the same person, link the account by hand; otherwise correct the address in HR.',
      ],
      [
        'privileged_account',
        'The account has more rights than a learner',
        'If the account is theirs, link it by hand; otherwise correct the address in HR.',
      ],
      ['unlisted_value', 'A value that nobody has allowed yet', 'Allow the value, or correct it in HR.'],
    ],
  },
  {
    who: 'A reversal leaves these to you',
    causes: [
      ['changed_since', 'Changed since', 'Look whether what was changed afterwards is right.'],
      ['not_revertible', 'Cannot be taken back', 'Mend by hand what is wrong.'],
    ],
  },
  {
    who: 'Nobody has to do anything here',
    causes: [
      ['protected', 'Protected accounts', 'Agreed beforehand: these accounts are never touched.'],
      ['out_of_scope', 'Filtered out', 'Agreed beforehand: these people get no account.'],
    ],
  },
];

/** Who is left alone, by who can do something about it. */
export async function* skips(result: RunResult): AsyncGenerator<string> {
  const totals = new Map<Cause, number>();
  let all = 0;
  for await (const skip of result.skipped()) {
    const cause = skipCause(skip);
    totals.set(cause, (totals.get(cause) ?? 0) + 1);
    all += 1;
  }
  if (all === 0) return;
  yield String(
    html`<section aria-labelledby="skips" class="found"><h2 id="skips">Left as they are <span class="number">${grouped(all)}</span></h2><p>Nothing of these people is changed until the cause is gone.</p>`,
  );
  for (const { who, causes } of MENDERS) {
    const found = causes.filter(([cause]) => totals.has(cause));
    if (found.length > 0) yield String(html`<h3>${who}</h3>`);
    for (const [cause, title, advice] of found) {
      const total = totals.get(cause) ?? 0;
      const open = who === HR_CAN && total <= SHORT ? OPEN : NOTHING;
      yield String(
        html`<details class="group"${open}><summary>${title} <span class="number">${grouped(total)}</span></summary><p>${advice}</p>`,
      );
      yield* foldedList(rowsOf(result, cause), total);
      yield '</details>\n';
    }
  }
  yield '</section>\n';
}

const SHORT = 10;
const OPEN = html` open`;

async function* rowsOf(result: RunResult, cause: Cause): AsyncGenerator<Markup> {
  for await (const skip of result.skipped()) {
    if (skipCause(skip) !== cause) continue;
    const { employee, message } = skip;
    yield html`<li class="row">${personOf(employee)} <bdi class="why">· ${plainly(message)}</bdi></li>`;
  }
}
