import type { Change, LinkKind, Outcome } from '../core/change.js';
import type { EmployeeReference } from '../core/employee.js';
import type { Fields, Value } from '../core/value.js';
import { wordsOf } from './change-text.js';
import { makeStyle, type Style } from './style.js';
import { displayWidth, fitText, flow, lines, safeText, wrapText } from './terminal.js';
import { count, sayField, sayPerson, sayValue } from './words.js';

/** One rule of the mapping as it works for one person. */
export interface ExplainedRule {
  readonly field: string;
  /** What it is made from: an HR field, a template, a constant. */
  readonly from: string;
  /** Line of the config, or null. */
  readonly line: number | null;
  /** What HR wants; undefined where the rule writes nothing, or where HR was not asked. */
  readonly wanted: Value | undefined;
  /** What the LMS is known to hold; undefined where nothing is known. */
  readonly held: Value | undefined;
  readonly problem: string | null;
}

/** One condition of the filter as it is for one person. */
export interface ExplainedCondition {
  readonly sentence: string;
  readonly line: number | null;
  readonly holds: boolean;
}

/** One attempt of the past. */
export interface ExplainedAttempt {
  readonly run: number;
  readonly at: string;
  readonly kind: Change['kind'] | LinkKind;
  readonly fields: Change['fields'];
  readonly because: string;
  readonly outcome: Outcome | null;
  readonly error: string | null;
  /** Whether its run goes on now. */
  readonly underWay?: boolean;
}

/** Everything that is known of one person, from HR to history. Null where HR was not asked. */
export interface Explanation {
  readonly person: EmployeeReference;
  readonly verdict: string;
  /** Where the words come from: "read from Personio now", or how old the state is. */
  readonly basis: string;
  /** Name of the config file, for the lines of rules and conditions. */
  readonly config: string;
  readonly hr: Fields | null;
  /** What is wrong with the HR fields that cannot be read, one sentence each; absent where there are none. */
  readonly unreadable?: readonly string[];
  readonly scope: readonly ExplainedCondition[] | null;
  readonly mapping: readonly ExplainedRule[];
  /** What the managers are called, by employee id, as far as it is known. */
  readonly managerNames: ReadonlyMap<string, string>;
  /** Who the account is, or why there is none. */
  readonly match: string;
  readonly changes: readonly Pick<Change, 'kind' | 'because' | 'fields'>[] | null;
  readonly calendar: readonly string[];
  readonly failures: readonly string[];
  readonly history: readonly ExplainedAttempt[];
  /** How many attempts there were before those. */
  readonly earlier: number;
}

const HEAD = 11;
const FIELDS_SHOWN = 24;

/** One screen about one person: the answer first, then what led to it, in the order in which a run decides. */
export function renderExplanation(
  one: Explanation,
  view: { readonly width: number; readonly colour: boolean },
): string {
  const style = makeStyle(view.colour);
  const { width } = view;
  const section = (title: string, texts: readonly string[]) =>
    texts.flatMap((text, index) => wrapText(text, width, head(index === 0 ? title : '', style)));
  const [first = '', ...rest] = wrapText(`${sayPerson(one.person)} ${one.verdict}.`, width);
  return lines([
    style.strong(first),
    ...rest.map(style.strong),
    style.faint(safeText(one.basis)),
    '',
    ...recordLines(one, width, style),
    ...section('Unreadable', one.unreadable ?? []),
    ...scopeLines(one, width, style),
    ...mappingLines(one, width, style),
    ...section('Match', [one.match]),
    ...section('Changes', one.changes === null ? [] : one.changes.length === 0 ? ['none'] : one.changes.map(sayChange)),
    ...section('Calendar', one.calendar.length === 0 ? ['nothing'] : one.calendar),
    ...section('Failures', one.failures.length === 0 ? ['none'] : one.failures),
    ...historyLines(one, width, style),
  ]);
}

function recordLines({ hr, managerNames }: Explanation, width: number, style: Style): string[] {
  if (hr === null) return [];
  const pairs = Object.entries(hr).map(
    ([field, value]) => `${style.faint(safeText(field, 40))} ${safeText(sayValue(field, value, managerNames), 40)}`,
  );
  return flow(pairs.slice(0, FIELDS_SHOWN), width, head('HR record', style), style.faint(' · '));
}

function scopeLines({ scope, config }: Explanation, width: number, style: Style): string[] {
  if (scope === null) return [];
  const failed = scope.filter(({ holds }) => !holds);
  const sentences =
    failed.length === 0
      ? [
          `in scope; ${scope.length === 0 ? 'there is no filter' : `${scope.length} of ${count(scope.length, 'condition')} ${scope.length === 1 ? 'holds' : 'hold'}`}`,
        ]
      : failed.map(({ sentence, line }) => `out of scope: ${sentence}${place(config, line)}`);
  return sentences.flatMap((text, index) => wrapText(text, width, head(index === 0 ? 'Scope' : '', style)));
}

function mappingLines({ mapping, config, hr, managerNames }: Explanation, width: number, style: Style): string[] {
  const number = Math.max(...mapping.map(({ line }) => String(line ?? '').length), 1);
  const label = Math.min(18, Math.max(...mapping.map(({ field }) => displayWidth(sayField(field))), 4));
  const from = Math.min(20, Math.max(...mapping.map((rule) => displayWidth(safeText(rule.from))), 4));
  const room = Math.max(12, width - HEAD - label - from - number - 6);
  const title =
    head('Mapping', style) +
    style.faint(
      safeText(
        `line of ${config}, LMS field, HR field: ${hr === null ? 'what the LMS holds' : 'held → wanted'}`,
        width - HEAD,
      ),
    );
  return [
    title,
    ...mapping.map((rule) => {
      const start = `${' '.repeat(HEAD)}${style.faint(String(rule.line ?? '').padStart(number))}  ${fitText(sayField(rule.field), label)}  ${style.faint(fitText(rule.from, from))}  `;
      return (start + valuesOf(rule, managerNames, hr !== null, room, style)).trimEnd();
    }),
  ];
}

function valuesOf(
  { field, wanted, held, problem }: ExplainedRule,
  names: Explanation['managerNames'],
  asked: boolean,
  room: number,
  style: Style,
): string {
  if (problem !== null) return style.bad(safeText(problem, room));
  if (!asked) return held === undefined ? '' : safeText(sayValue(field, held, names), room);
  if (wanted === undefined) return style.faint('(left as it is)');
  const after = sayValue(field, wanted, names);
  if (held === undefined)
    return wanted === null ? safeText(after, room) : `${style.accent('+')} ${safeText(after, room - 2)}`;
  if (sayValue(field, held) === sayValue(field, wanted)) return safeText(after, room);
  const [from, to] = wordsOf(field, { before: held, after: wanted }, names);
  const half = Math.max(5, Math.floor((room - 3) / 2));
  const shortFrom = safeText(from, Math.max(half, room - 3 - displayWidth(to)));
  return `${shortFrom} ${style.accent('→')} ${safeText(to, Math.max(5, room - 3 - displayWidth(shortFrom)))}`;
}

function historyLines({ history, earlier }: Explanation, width: number, style: Style): string[] {
  if (history.length === 0) return [`${head('History', style)}none`];
  const before = earlier === 0 ? [] : [`${earlier} earlier; "hrsync runs N" shows those of one run`];
  const texts = [...before, ...history.map(sayAttempt)];
  return texts.map((text, index) => head(index === 0 ? 'History' : '', style) + safeText(text, width - HEAD));
}

function sayAttempt({ run, at, kind, fields, because, outcome, error, underWay = false }: ExplainedAttempt): string {
  const what = Object.keys(fields).map(sayField).join(', ');
  const end = outcome ?? (underWay ? 'under way' : 'no outcome is known');
  const told = kind === 'update' && what !== '' ? what : because;
  return `${at.slice(0, 10)} run ${run}: ${kind} ${end}: ${error ?? told}`;
}

function sayChange({ kind, because, fields }: Pick<Change, 'kind' | 'because' | 'fields'>): string {
  const names = Object.keys(fields).map(sayField).join(', ');
  return kind === 'create' || names === '' ? `${kind}: ${because}` : `${kind} ${names}: ${because}`;
}

function place(config: string, line: number | null): string {
  return line === null ? '' : ` (${safeText(config)}:${line})`;
}

function head(title: string, style: Style): string {
  return style.strong(title) + ' '.repeat(HEAD - title.length);
}
