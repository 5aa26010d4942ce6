import { EXTERNAL_ID, type Snapshot } from '../../../core/account.js';
import type { ClaimVerdict } from '../../../core/claims.js';
import type { EmployeeReference } from '../../../core/employee.js';
import type { InvitationDecision } from '../../../core/invitation.js';
import { loginName } from '../../../core/login-name.js';
import type { Sought } from '../../../core/match.js';
import type { MatchKey } from '../../../core/policy.js';
import type { Candidate } from '../../../core/standing.js';
import type { Fields } from '../../../core/value.js';
import type { RunContext } from '../../context.js';
import { isChosen } from '../../run-kind.js';

/** An invitation is accepted at its own address, so these keys apply to it whatever `match` says. */
const ACCEPTED: readonly MatchKey[] = ['external_id', 'email'];

/** A candidate with what the state knows of them; `snapshot` is null where there is no account, or no longer one. */
interface Seeker {
  readonly candidate: Candidate;
  readonly snapshot: Snapshot | null;
  readonly invitation: InvitationDecision;
}

/** How somebody is looked for who has no account yet that hrsync knows of, and may have one in the LMS; null for others. */
export function soughtFor(
  { options }: Pick<RunContext, 'options'>,
  claims: ReadonlyMap<string, ClaimVerdict>,
  { candidate: { employee, standing }, snapshot, invitation }: Seeker,
): Sought | null {
  if (!isChosen(options.kind, employee)) return null;
  if (snapshot?.state === 'pending') {
    const externalId = keyIn(snapshot.fields, employee);
    return { employeeId: employee.id, externalId, email: snapshot.email, by: ACCEPTED };
  }
  const verdict = claims.get(employee.id)?.verdict;
  if (standing.kind !== 'wanted' || snapshot !== null || verdict === 'duplicate') return null;
  // Who takes an account over may have one of their own, of which an old state knows nothing.
  if (invitation.action === 'hold' && verdict !== 'takeover') return null;
  const email = standing.fields['email'];
  const externalId = keyIn(standing.fields, employee);
  const address = typeof email === 'string' ? email : null;
  const userName = address === null ? loginName(standing.fields) : null;
  return { employeeId: employee.id, externalId, email: address, userName };
}

// What the account was, or would be, given as its external id.
function keyIn(fields: Fields, { id }: EmployeeReference): string {
  const key = fields[EXTERNAL_ID];
  return typeof key === 'string' ? key : id;
}
