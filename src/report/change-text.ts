import { type ChangeKind, type FieldChange, isEnding } from '../core/change.js';
import type { ReportedChange } from './reporter.js';
import type { Style } from './style.js';
import { commonOffsets, displayWidth, fitText, flow, safeText, wrapText } from './terminal.js';
import { KINDS, sayField, sayPerson, sayValue } from './words.js';

/** How a report is laid out. */
export interface View {
  /** Columns. */
  readonly width: number;
  readonly style: Style;
  /** How many of each kind are shown; Infinity for all. */
  readonly limit: number;
  /** The flags that show the rest; without them: `--verbose`. */
  readonly more?: string;
}

const INDENT = ' '.repeat(6);
const LABEL_LEAST = 14;
const LABEL_MOST = 24;
// A column of text takes no more code units than this; measuring longer ones would be for nothing.
const MOST_UNITS = 20;
// A terminal that knows these scripts would show `before → after` the other way round where both are written in them.
const FROM_RIGHT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
// As `make-change.ts` names the manager for whose sake somebody else is written.
const MANAGER_ID = /(?<=^|\s)manager #([^\s;,]+)/g;
// Fields that the heading of a new account has said already.
const IN_HEADING = ['external_id', 'email', 'first_name', 'last_name'];

/** One change as an operator reads it with HR: who, why, and each field before and after. */
export function changeLines(change: ReportedChange, view: View): string[] {
  const lines = headingLines(change, view);
  if (change.kind === 'create') return [...lines, ...newAccountLines(change, view)];
  const labels = Object.keys(change.fields).map((field) => displayWidth(sayField(field)));
  const label = Math.min(LABEL_MOST, Math.max(LABEL_LEAST, ...labels));
  for (const [field, values] of Object.entries(change.fields)) {
    lines.push(...fieldLines(field, wordsOf(field, values, change.managerNames), label, view));
  }
  return lines;
}

/** `  ~ Max Müller <max@acme.example> #1002`, in colour, in as many lines as it takes. */
export function personLines(
  { kind, employee, privileged }: ReportedChange,
  { width, style }: View,
  remark = '',
): string[] {
  const name = employee.name === null ? '' : safeText(employee.name, 60);
  const rest = sayPerson(employee).slice(name.length).trimStart().split(' ');
  const pieces = [...(name === '' ? [] : [style.strong(name)]), ...rest];
  if (privileged) pieces.push(style.warning('(administrator)'));
  if (remark !== '') pieces.push(`  ${style.faint(remark)}`);
  return flow(pieces, width, `  ${signOf(kind, style)} `);
}

function signOf(kind: ChangeKind, style: Style): string {
  const { sign } = KINDS[kind];
  if (kind === 'create') return style.good(sign);
  return isEnding(kind) ? style.bad(sign) : style.accent(sign);
}

function headingLines(change: ReportedChange, view: View): string[] {
  const { width, style } = view;
  const heading = personLines(change, view);
  const reason = reasonOf(change);
  if (reason === '') return heading;
  const line = `${heading.join(' ')}   ${style.faint(reason)}`;
  if (heading.length === 1 && displayWidth(line) <= width) return [line];
  return [...heading, ...wrapText(reason, width, INDENT).map(style.faint)];
}

// "job_title changed" says nothing that the lines below do not say better.
function reasonOf(change: ReportedChange): string {
  const said = change.kind === 'update' && change.because.endsWith(' changed');
  const mail = change.invites && change.kind !== 'invite' ? 'is mailed an invitation' : '';
  const account = change.kind === 'adopt' && change.account !== null ? `account ${change.account}` : '';
  return safeText([said ? '' : sayBecause(change), account, mail].filter((part) => part !== '').join('; '));
}

/** Why a change is planned; managers in it are told by name, where it is known. */
export function sayBecause({ because, managerNames }: Pick<ReportedChange, 'because' | 'managerNames'>): string {
  return because.replace(MANAGER_ID, (whole, id: string) => {
    const name = managerNames?.get(id);
    return name === undefined ? whole : `manager ${safeText(name, 60)} #${id}`;
  });
}

function newAccountLines({ employee, fields, managerNames }: ReportedChange, { width, style }: View): string[] {
  const heading = sayPerson(employee);
  const items = Object.entries(fields)
    .filter(([field, { after }]) => !IN_HEADING.includes(field) || !heading.includes(sayValue(field, after)))
    .map(
      ([field, { after }]) => `${style.faint(sayField(field))} ${safeText(sayValue(field, after, managerNames), 60)}`,
    );
  return flow(items, width, INDENT, style.faint(' · '));
}

/** A field before and after, in words; managers who bear one name are told apart by their ids. */
export function wordsOf(
  field: string,
  { before, after }: FieldChange,
  names: ReportedChange['managerNames'],
): readonly [from: string, to: string] {
  const words = [sayValue(field, before, names), sayValue(field, after, names)] as const;
  return words[0] === words[1] && before !== after ? [sayValue(field, before), sayValue(field, after)] : words;
}

function fieldLines(
  field: string,
  [from, to]: readonly [string, string],
  label: number,
  { width, style }: View,
): string[] {
  const head = `${INDENT}${style.faint(fitText(sayField(field), label))} `;
  const room = Math.max(12, width - displayWidth(head));
  const short = from.length + to.length <= room * MOST_UNITS;
  const sideBySide =
    short && displayWidth(`${from} → ${to}`) <= room && !(FROM_RIGHT.test(from) && FROM_RIGHT.test(to));
  if (sideBySide) return [`${head}${style.faint(`${from} →`)} ${to}`];
  const [shortFrom, shortTo] = bothCut(from, to, room - 2);
  const below = ' '.repeat(displayWidth(head));
  return [head + style.faint(shortFrom), `${below}${style.faint('→')} ${shortTo}`];
}

// Long texts often differ far behind: both begin shortly before the place where they part.
function bothCut(from: string, to: string, width: number): readonly [string, string] {
  const fits = (text: string) => text.length <= width * MOST_UNITS && displayWidth(text) <= width;
  if (fits(from) && fits(to)) return [from, to];
  const same = commonOffsets(from, to);
  const parting = same.at(-1) ?? 0;
  const widthFrom = (text: string) => displayWidth(text.slice(parting, parting + width * MOST_UNITS));
  const different = Math.max(widthFrom(from), widthFrom(to));
  const context = Math.max(Math.floor(width / 3), width - different - 1);
  const start = same[same.length - context] ?? 0;
  const tail = (text: string) => safeText(start === 0 ? text : `…${text.slice(start)}`, width);
  return [tail(from), tail(to)];
}
