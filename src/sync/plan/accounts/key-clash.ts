import { EXTERNAL_ID, type Snapshot } from '../../../core/account.js';
import type { Decision } from '../../../core/decide.js';
import { emailKey } from '../../../core/email.js';
import { type EmployeeReference, sayIds } from '../../../core/employee.js';
import { loginName } from '../../../core/login-name.js';
import type { Candidate } from '../../../core/standing.js';
import type { RunContext } from '../../context.js';
import { userNameKey } from '../../read/intake/shared-keys.js';
import type { Pulled } from '../../read/pulled.js';

const NAMED = 3;

/**
 * The skip of somebody whose key (`employees.key`) or user name HR gives to several people who should have an account; null for everybody
 * else. Whoever has the key in the LMS already keeps it, as with addresses; of the others nobody gets it.
 */
export function keyClash(
  { mapping: { key } }: Pick<RunContext, 'mapping'>,
  { sharedKeys }: Pick<Pulled, 'sharedKeys'>,
  { employee, standing }: Pick<Candidate, 'employee' | 'standing'>,
  snapshot: Snapshot | null,
): Decision | null {
  if (standing.kind !== 'wanted') return null;
  const own = standing.fields[EXTERNAL_ID];
  const name = loginName(standing.fields);
  const held = snapshot === null ? null : loginName(snapshot.fields);
  const shared = [
    { what: key, value: own, key: own, isHeld: snapshot?.fields[EXTERNAL_ID] === own },
    { what: 'the user name', value: name, key: name === null ? null : userNameKey(name), isHeld: isSame(held, name) },
  ];
  for (const { what, value, key: shares, isHeld } of shared) {
    if (typeof shares !== 'string' || isHeld) continue;
    const others = (sharedKeys.get(shares) ?? []).filter((id) => id !== employee.id);
    if (others.length > 0) return skipOf(employee, `${what} ${String(value)} with ${sayIds(others, NAMED)}`);
  }
  return null;
}

function isSame(held: string | null, name: string | null): boolean {
  return held !== null && name !== null && emailKey(held) === emailKey(name);
}

function skipOf(employee: EmployeeReference, what: string): Decision {
  const message = `shares ${what}: give each their own in HR; an account is left as it is`;
  return { action: 'skip', skip: { employee, reason: 'ambiguous_source', message } };
}
