import type { Change, FieldChange } from './change.js';
import { normalForm, sameValue, type Value } from './value.js';

/** A change as somebody approved it, in a plan that was saved. */
export type ApprovedChange = Pick<Change, 'kind' | 'employee' | 'account' | 'invites' | 'fields' | 'because'>;

/** Takes out of a text what is not to be saved. */
type Clean = (text: string) => string;

/**
 * One text per change: equal for changes that do the same to the same account of the same person. `account: null` in
 * `instead` tells of a change that was approved before its account was made.
 */
export function identityOf(change: ApprovedChange, clean: Clean, instead: { readonly account?: null } = {}): string {
  const { kind, employee, account, invites, fields } = { ...change, ...instead };
  const moved = Object.entries(fields).map(
    ([field, { before, after }]) => [field, cleaned(before, clean), cleaned(after, clean)] as const,
  );
  moved.sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([kind, clean(employee.id), account === null ? null : clean(account), invites, moved]);
}

/** Whether one change brings every field of another to where that one brings it. */
export function reaches(fields: ApprovedChange['fields'], wanted: ApprovedChange['fields'], clean: Clean): boolean {
  return Object.entries(wanted).every(([field, { after }]) => {
    const own = Object.hasOwn(fields, field) ? fields[field] : undefined;
    return own !== undefined && sameValue(cleaned(own.after, clean), cleaned(after, clean));
  });
}

/** All that several changes of one person bring about; the last word counts. */
export function together(changes: readonly ApprovedChange[]): ApprovedChange['fields'] {
  const fields = new Map<string, FieldChange>();
  for (const change of changes) for (const [field, moved] of Object.entries(change.fields)) fields.set(field, moved);
  return Object.fromEntries(fields);
}

function cleaned(value: Value, clean: Clean): Value {
  const normal = normalForm(value);
  if (typeof normal === 'string') return clean(normal);
  return typeof normal === 'object' && normal !== null ? normal.map(clean) : normal;
}
