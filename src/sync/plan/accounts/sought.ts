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

/** The people without a linked account who may have one in the LMS. */
export async function soughtAmong(
  { options }: Pick<RunContext, 'options'>,
  claims: ReadonlyMap<string, ClaimVerdict>,
  candidates: AsyncIterable<readonly Seeker[]>,
): Promise<readonly Sought[]> {
  const sought: Sought[] = [];
  for await (const batch of candidates) {
    for (const { candidate, snapshot, invitation } of batch) {
      const { employee, standing } = candidate;
      if (!isChosen(options.kind, candidate.employee)) continue;
      if (snapshot?.state === 'pending') {
        sought.push({
          employeeId: employee.id,
          externalId: keyIn(snapshot.fields, employee),
          email: snapshot.email,
          by: ACCEPTED,
        });
        continue;
      }
      const verdict = claims.get(employee.id)?.verdict;
      if (standing.kind !== 'wanted' || snapshot !== null || verdict === 'duplicate') continue;
      // A person who takes an account over may have another one that an old state does not know.
      if (invitation.action === 'hold' && verdict !== 'takeover') continue;
      const email = standing.fields['email'];
      const externalId = keyIn(standing.fields, employee);
      const address = typeof email === 'string' ? email : null;
      const userName = address === null ? loginName(standing.fields) : null;
      sought.push({ employeeId: employee.id, externalId, email: address, userName });
    }
  }
  return sought;
}

// What the account was, or would be, given as its external id.
function keyIn(fields: Fields, { id }: EmployeeReference): string {
  const key = fields[EXTERNAL_ID];
  return typeof key === 'string' ? key : id;
}
