import type { Skip, SkipReason } from '../../core/change.js';
import { SKIP_CAUSES, skipCause } from '../../core/corrections.js';
import { CORRECTIONS } from '../correction-words.js';
import type { RunResult } from '../reporter.js';
import { safeText } from '../terminal.js';
import { html, type Markup, NOTHING } from './markup.js';
import { showName } from './rows.js';
import { sayNumber } from './wording.js';

/** Number of people named for each cause: a filter may keep out most of a company. */
const NAMED = 300;
const NAMED_OUTSIDE = 20;

/** Why somebody was skipped, as HR looks at it: the reason, and for some values which trouble it is. */
type Cause = SkipReason | 'ends_before_start';

/** Who can mend a skip, with the causes that are theirs and what they should do. */
const MENDERS: readonly { readonly who: string; readonly causes: readonly (readonly [Cause, string, string])[] }[] = [
  {
    who: 'HR can correct these',
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
      [
        'unlisted_value',
        'A value that the mapping does not list',
        'Add the value to the mapping, or correct it in HR.',
      ],
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
      ['protected', 'Protected by the config', 'The config protects these addresses (protect, deactivation.protect).'],
      ['out_of_scope', 'Outside the filter', 'The config leaves these people out (employees.filter).'],
    ],
  },
];

/** Who is left alone, by who can do something about it. */
export async function skips(result: RunResult): Promise<Markup> {
  const found = new Map<Cause, { total: number; readonly named: Skip[] }>();
  for await (const skip of result.skipped()) {
    const cause = skipCause(skip);
    const group = found.get(cause) ?? { total: 0, named: [] };
    found.set(cause, group);
    group.total += 1;
    if (group.named.length < (cause === 'out_of_scope' ? NAMED_OUTSIDE : NAMED)) group.named.push(skip);
  }
  if (found.size === 0) return NOTHING;
  const parts = MENDERS.flatMap(({ who, causes }) => {
    const groups = causes.flatMap(([cause, title, advice]) => {
      const group = found.get(cause);
      return group === undefined ? [] : [list(title, advice, group)];
    });
    return groups.length === 0 ? [] : [html`<h3>${who}</h3>${groups}`];
  });
  return html`<section aria-labelledby="skips"><h2 id="skips">Left as they are</h2><p>These people are skipped until the cause is gone; nothing of theirs is changed.</p>${parts}</section>`;
}

function list(title: string, advice: string, { total, named }: { total: number; named: readonly Skip[] }): Markup {
  const more = total > named.length ? html`<p class="quiet">… and ${total - named.length} more.</p>` : NOTHING;
  return html`<details><summary>${title} <span class="number">${sayNumber(total)}</span></summary><p>${advice}</p><ul class="people">${named.map(line)}</ul>${more}</details>`;
}

function line({ employee, message }: Skip): Markup {
  const mail = employee.email === null ? '' : showName(employee.email);
  return html`<li><bdi class="name">${showName(employee.name ?? '')}</bdi> <bdi class="mail">${mail}</bdi> <bdi class="id">#${showName(employee.id)}</bdi><br><bdi class="quiet">${safeText(message, 500)}</bdi></li>
`;
}
