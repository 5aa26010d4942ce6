import { UNKNOWN } from '../core/account.js';
import type { ChangeKind, SkipReason } from '../core/change.js';
import type { EmployeeReference } from '../core/employee.js';
import type { Value } from '../core/value.js';
import { safeText } from './terminal.js';

export { count, grouped } from '../core/count.js';

/** How a kind of change is written: sign in lists, heading, what the plan will do, what became of it. */
interface KindWords {
  readonly sign: string;
  readonly heading: string;
  readonly toDo: string;
  readonly done: string;
}

/** Every kind of change in the order in which reports count them: arrivals, changes, departures. */
export const KINDS: Readonly<Record<ChangeKind, KindWords>> = {
  create: { sign: '+', heading: 'Create', toDo: 'to create', done: 'created' },
  adopt: { sign: '=', heading: 'Adopt', toDo: 'to adopt', done: 'adopted' },
  update: { sign: '~', heading: 'Update', toDo: 'to update', done: 'updated' },
  reactivate: { sign: '^', heading: 'Reactivate', toDo: 'to reactivate', done: 'reactivated' },
  invite: { sign: '@', heading: 'Invite', toDo: 'to invite', done: 'invited' },
  deactivate: { sign: '-', heading: 'Deactivate', toDo: 'to deactivate', done: 'deactivated' },
  delete: { sign: 'x', heading: 'Delete', toDo: 'to delete', done: 'deleted' },
};

/** The kinds in the order of counts. */
export const KIND_ORDER = Object.keys(KINDS) as readonly ChangeKind[];

/** The kinds in the order in which they are listed: what cannot be taken back first, the longest list last. */
export const LIST_ORDER: readonly ChangeKind[] = [
  'deactivate',
  'delete',
  'invite',
  'reactivate',
  'adopt',
  'update',
  'create',
];

/** Skip reasons in the order in which HR can act on them; the last two are nobody's mistake. */
export const SKIPS: Readonly<Record<SkipReason, string>> = {
  no_email: 'no e-mail address',
  invalid_email: 'not an e-mail address',
  duplicate_email: 'e-mail address used more than once',
  missing_required: 'a required value is missing',
  invalid_value: 'a value cannot be used',
  contradiction: 'HR contradicts itself',
  ambiguous_source: 'one employee id, two different records in HR',
  unlisted_value: 'a value that the mapping does not list',
  name_differs: 'an account with this address bears another name',
  privileged_account: 'the account has more rights than a learner',
  ambiguous_match: 'more than one account could be theirs',
  changed_since: 'changed since, so left as it is',
  not_revertible: 'cannot be taken back',
  protected: 'protected by the config',
  out_of_scope: 'outside the filter',
};

/** "0.4 s", "12 s", "3 min 20 s", "1 h 5 min". */
export function sayDuration(milliseconds: number): string {
  const seconds = Math.max(0, milliseconds) / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return whole % 60 === 0 ? `${minutes} min` : `${minutes} min ${whole % 60} s`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** An instant without fractions of a second: `2026-11-24T02:00:00Z`. */
export function sayInstant(instant: Date): string {
  return instant.toISOString().replace(/\.\d+Z$/, 'Z');
}

/** `Ada Lovelace <ada@acme.example> #1001`, as far as it is known. */
export function sayPerson({ id, email, name }: EmployeeReference): string {
  const parts = [name && safeText(name, 60), email && `<${safeText(email, 80)}>`, sayId(id)];
  return parts.filter(Boolean).join(' ');
}

/** `Ada Lovelace`, or the id where no name is known. */
export function sayName({ id, name }: EmployeeReference): string {
  return name === null || name === '' ? sayId(id) : safeText(name, 60);
}

/** `#1001`. */
function sayId(id: string): string {
  return `#${safeText(id, 40)}`;
}

/** An LMS field as reports call it; custom fields go by their own name. */
export function sayField(field: string): string {
  return safeText(field.replace(/^custom_fields\./, ''), 40);
}

/** A field as people would call it: "job_title" is "Job title"; custom fields go by their own name. */
export function showField(field: string): string {
  if (field.startsWith('custom_fields.')) return sayField(field);
  const words = sayField(field).replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A value of a field in words, made safe. A manager is an employee id, told by name where `names` knows it. */
export function sayValue(field: string, value: Value, names: ReadonlyMap<string, string> = NOBODY): string {
  if (value === null || value === '') return '(none)';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'object') return value.length === 0 ? '(none)' : safeText(value.join(', '));
  if (field !== 'manager' || value === UNKNOWN) return safeText(String(value));
  const name = names.get(String(value));
  return name === undefined ? sayId(String(value)) : safeText(name, 60);
}

const NOBODY: ReadonlyMap<string, string> = new Map();
