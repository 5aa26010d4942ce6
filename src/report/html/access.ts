import type { Change, ChangeKind } from '../../core/change.js';
import { only } from '../groups.js';
import { plainly } from '../plain-words.js';
import type { ReportedChange, RunResult } from '../reporter.js';
import { grouped } from '../words.js';
import { foldedList } from './folded-list.js';
import { html, type Markup, NOTHING } from './markup.js';
import { marksOf, personOf } from './person.js';
import type { ChangeTally } from './tally.js';

/** A list of people with one sentence each. */
interface Section {
  readonly id: string;
  readonly heading: string;
  readonly total: number;
  readonly introduction: string;
  readonly belongs: (change: ReportedChange) => boolean;
}

/** Who loses access, who is mailed, and who gets access to an account that exists: what nobody takes back unnoticed. */
export async function* access(result: RunResult, { kinds, mailed }: ChangeTally): AsyncGenerator<string> {
  const of = (kind: ChangeKind) => kinds.get(kind) ?? 0;
  const is = (kind: ChangeKind) => (change: Change) => change.kind === kind;
  const sections: readonly Section[] = [
    {
      ...{ id: 'leavers', heading: 'Who loses access', total: of('deactivate'), belongs: is('deactivate') },
      introduction: 'These people cannot log in any more. Their learning record stays.',
    },
    {
      ...{ id: 'deleted', heading: 'Whose account is deleted', total: of('delete'), belongs: is('delete') },
      introduction: 'The account and its learning record go for good.',
    },
    {
      ...{ id: 'mailed', heading: 'Who is mailed an invitation', total: mailed },
      introduction: `${result.target.title} mails these people.`,
      belongs: ({ kind, invites }) => invites || kind === 'invite',
    },
    {
      ...{ id: 'reopened', heading: 'Who gets access again', total: of('reactivate'), belongs: is('reactivate') },
      introduction: 'Their account was closed and is opened again.',
    },
    {
      ...{ id: 'linked', heading: 'Whose account is linked', total: of('adopt'), belongs: is('adopt') },
      introduction: 'These people have an account already. From now on it follows HR.',
    },
  ];
  for (const section of sections) yield* sectionOf(result, section);
}

async function* sectionOf(result: RunResult, section: Section): AsyncGenerator<string> {
  const { id, heading, total, introduction, belongs } = section;
  if (total === 0) return;
  yield String(
    html`<section aria-labelledby="${id}" class="found"><h2 id="${id}">${heading} <span class="number">${grouped(total)}</span></h2><p>${introduction}</p>`,
  );
  yield* foldedList(rowsOf(only(result.changes(), belongs), id), total);
  yield '</section>\n';
}

async function* rowsOf(changes: AsyncIterable<ReportedChange>, section: string): AsyncGenerator<Markup> {
  for await (const change of changes) {
    const why = section === 'mailed' && change.kind !== 'invite' ? whyMailed(change) : plainly(change.because);
    const said = why === '' ? NOTHING : html` <bdi class="why">· ${why}</bdi>`;
    yield html`<li class="row">${personOf(change.employee, marksOf(change))}${said}</li>`;
  }
}

// "new; starts on 1 December 2026" stands in the list of people who are new anyway.
function whyMailed({ kind, because }: ReportedChange): string {
  const why = plainly(because);
  return kind === 'create' ? why.replace(/^new[;,] /, '') : why;
}
