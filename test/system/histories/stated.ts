import type { Snapshot } from '../../../src/core/account.js';
import { emailKey } from '../../../src/core/email.js';
import { sameValue } from '../../../src/core/value.js';
import type { Lms, LmsAccount } from './lms.js';

// How the state says that nobody knows what the LMS holds.
const UNKNOWN = '(unknown)';

/** The fields, and `state`, of which a snapshot says something else than the LMS holds. */
export function statedDifferences(snapshot: Snapshot, lms: Lms): string[] {
  const account = lms.accounts.get(snapshot.accountId);
  if (account === undefined) return ['state', ...Object.keys(snapshot.fields)];
  const differences = snapshot.state === account.state ? [] : ['state'];
  // Deactivation empties some fields of the account: what it holds matters again when it is opened.
  if (snapshot.state !== 'active' || account.state !== 'active') return differences;
  for (const field of Object.keys(snapshot.fields)) {
    if (!holds(account, field, snapshot, lms)) differences.push(field);
  }
  return differences;
}

function holds(account: LmsAccount, field: string, snapshot: Snapshot, lms: Lms): boolean {
  const stated = snapshot.fields[field] ?? null;
  if (stated === UNKNOWN) return true;
  if (field === 'external_id') return account.externalId === stated;
  if (field === 'email') return typeof stated === 'string' && emailKey(account.email) === emailKey(stated);
  if (field === 'manager') {
    const names = account.manager === null ? null : lms.names.get(account.manager);
    return typeof stated === 'string' ? names?.has(stated) === true : account.manager === null;
  }
  return sameValue(account.fields[field] ?? null, stated);
}
