import { EXTERNAL_ID, type Snapshot } from '../../../core/account.js';
import type { Decision } from '../../../core/decide.js';
import { sayIds } from '../../../core/employee.js';
import type { Candidate } from '../../../core/standing.js';
import type { RunContext } from '../../context.js';
import type { Pulled } from '../../read/pulled.js';

const NAMED = 3;

/**
 * The skip of somebody whose key (`employees.key`) HR gives to several people who should have an account; null for everybody
 * else. Whoever has the key in the LMS already keeps it, as with addresses; of the others nobody gets it.
 */
export function keyClash(
  { mapping: { key } }: Pick<RunContext, 'mapping'>,
  { sharedKeys }: Pick<Pulled, 'sharedKeys'>,
  { employee, standing }: Pick<Candidate, 'employee' | 'standing'>,
  snapshot: Snapshot | null,
): Decision | null {
  const own = standing.kind === 'wanted' ? standing.fields[EXTERNAL_ID] : undefined;
  if (typeof own !== 'string' || snapshot?.fields[EXTERNAL_ID] === own) return null;
  const others = (sharedKeys.get(own) ?? []).filter((id) => id !== employee.id);
  if (others.length === 0) return null;
  const message = `shares ${key} ${own} with ${sayIds(others, NAMED)}: give each their own in HR; an account is left as it is`;
  return { action: 'skip', skip: { employee, reason: 'ambiguous_source', message } };
}
