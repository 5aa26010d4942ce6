import { EXTERNAL_ID, UNKNOWN } from './account.js';
import type { Change } from './change.js';
import { emailKey } from './email.js';
import { LOGIN_FIELDS } from './touch.js';
import { isEmpty } from './value.js';

/** Whether a change gives an account that exists another e-mail address or user name, or its owner another external id. */
export function movesLogin({ kind, fields }: Pick<Change, 'kind' | 'fields'>): boolean {
  if (kind === 'create') return false;
  // Whose link is new gets an external id with it.
  const fieldsThatMove = kind === 'update' ? [...LOGIN_FIELDS, EXTERNAL_ID] : LOGIN_FIELDS;
  return fieldsThatMove.some((field) => {
    const moved = fields[field];
    if (moved === undefined || isEmpty(moved.before) || moved.before === UNKNOWN) return false;
    return emailKey(String(moved.before)) !== emailKey(String(moved.after ?? ''));
  });
}
