import { type Account, EXTERNAL_ID, type Snapshot, UNKNOWN } from './account.js';
import type { FieldChange } from './change.js';
import type { EmployeeReference } from './employee.js';
import type { MappingRule } from './mapping.js';
import { meansTheSame } from './meaning.js';
import { isPlacedIn } from './place.js';
import { emptyFields, type Fields, type Value } from './value.js';

/** What a linked account is, in the snapshot or in the LMS; `gone`: the LMS does not know it. */
export type LinkState = Snapshot['state'] | 'gone';

/** How an account differs most from what is known of it. `active`: one that had ended can be used again. */
export const DRIFT_KINDS = ['gone', 'deactivated', 'active', 'changed'] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** One linked account that is not as the LMS last acknowledged it. */
export interface Drift {
  readonly kind: DriftKind;
  readonly employee: EmployeeReference;
  readonly account: string;
  /** What was acknowledged (`before`) and what the LMS shows (`after`); null where the state is as it was. */
  readonly state: { readonly before: LinkState; readonly after: LinkState } | null;
  readonly fields: Readonly<Record<string, FieldChange>>;
}

/**
 * Compares one row of the snapshot with the account as the LMS shows it now (null: it knows no such account).
 *
 * Only what can differ by mistake counts: fields that the mapping still manages, that were acknowledged, and that can be
 * read back. Fields written once belong to the LMS afterwards, and those of a deactivated account to nobody: the LMS
 * clears some itself, and a reactivation writes all of them.
 */
export function driftOf(snapshot: Snapshot, account: Account | null, rules: readonly MappingRule[]): Drift | null {
  const { employeeId: id, email, name, accountId } = snapshot;
  const base = { employee: { id, email, name }, account: accountId, fields: {} };
  const before = snapshot.state;
  // An invitation that has not been accepted is not an account yet and cannot drift.
  if (before === 'pending') return null;
  if (account === null) {
    return before === 'deleted' ? null : { ...base, kind: 'gone', state: { before, after: 'gone' } };
  }
  const after = account.state === 'unknown' ? unknownMeans(before) : account.state;
  if (before !== after) {
    const kind = after === 'deactivated' ? 'deactivated' : 'active';
    return { ...base, kind, state: { before, after } };
  }
  if (before !== 'active') return null;
  const fields = changedFields(snapshot.fields, withKnownPlaces(account, snapshot, rules), rules);
  return Object.keys(fields).length === 0 ? null : { ...base, kind: 'changed', state: null, fields };
}

/** The snapshot that says what the LMS shows; without a fingerprint, so that the next plan looks at the person anew. */
export function corrected(
  snapshot: Snapshot,
  { kind, fields }: Drift,
  account: Account | null,
  rules: readonly MappingRule[],
): Snapshot {
  if (kind === 'deactivated') return { ...snapshot, state: 'deactivated', hash: null };
  if (kind === 'gone' || account === null) {
    return { ...snapshot, state: 'deleted', email: null, fields: {}, hash: null };
  }
  // What came back was not looked at field by field: the LMS may have dropped much in between.
  const shown = kind === 'active' ? fieldsShownBy(account, rules) : afterwards(fields);
  const all: Fields = kind === 'active' ? shown : { ...snapshot.fields, ...shown };
  const email = all['email'];
  return {
    ...snapshot,
    state: 'active',
    email: typeof email === 'string' && email !== UNKNOWN ? email : snapshot.email,
    fields: all,
    hash: null,
    awaitingManager: snapshot.awaitingManager ?? doubtfulManager(snapshot.fields['manager'], all['manager']),
  };
}

// Further groups of the org chart were chosen by hand, and are nobody's to take away: the known one is what counts.
function withKnownPlaces(account: Account, { fields }: Snapshot, rules: readonly MappingRule[]): Account {
  const places = rules.filter(({ field, levels }) => levels && isPlacedIn(fields[field], account.fields[field]));
  if (places.length === 0) return account;
  const known = Object.fromEntries(places.map(({ field }) => [field, fields[field] ?? null]));
  return { ...account, fields: Object.assign(emptyFields(), account.fields, known) };
}

// What does not say how it is may well be as it was, but it is there.
function unknownMeans(before: Snapshot['state']): 'active' | 'deactivated' {
  return before === 'deactivated' ? 'deactivated' : 'active';
}

type Managed = Pick<MappingRule, 'field' | 'type' | 'write' | 'ignoresCase'>;

function managedBy(rules: readonly MappingRule[]): readonly Managed[] {
  return [{ field: EXTERNAL_ID, write: 'always' }, ...rules];
}

/** What an account shows of the managed fields; `UNKNOWN` where it does not show one. */
export function fieldsShownBy(account: Account, rules: readonly MappingRule[]): Fields {
  const shown = managedBy(rules).map(({ field }): [string, Value] => {
    const value = shownIn(account, field);
    return [field, value === undefined ? UNKNOWN : value];
  });
  return Object.fromEntries(shown);
}

function afterwards(fields: Drift['fields']): Fields {
  return Object.fromEntries(Object.entries(fields).map(([field, { after }]) => [field, after]));
}

// Whom the account may name still: should that manager's account end, the report must be told once more.
function doubtfulManager(before: Value | undefined, now: Value | undefined): string | null {
  return now === UNKNOWN && typeof before === 'string' && before !== UNKNOWN ? before : null;
}

function changedFields(known: Fields, account: Account, rules: readonly MappingRule[]): Record<string, FieldChange> {
  const changed: [string, FieldChange][] = [];
  for (const { field, type, write, ignoresCase } of managedBy(rules)) {
    const before = Object.hasOwn(known, field) ? known[field] : undefined;
    const after = shownIn(account, field);
    if (write === 'once' || before === undefined || before === UNKNOWN || after === undefined) continue;
    if (!meansTheSame(field, before, after, type, ignoresCase)) changed.push([field, { before, after }]);
  }
  return Object.fromEntries(changed);
}

// undefined: the LMS does not show it.
function shownIn({ fields, email, externalId }: Account, field: string): Value | undefined {
  if (Object.hasOwn(fields, field)) return fields[field];
  if (field === 'email') return email ?? undefined;
  return field === EXTERNAL_ID ? (externalId ?? undefined) : undefined;
}
