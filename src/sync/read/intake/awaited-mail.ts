import type { EmployeeReference } from '../../../core/employee.js';
import type { RunContext } from '../../context.js';
import { isInvitedNow } from '../../run-kind.js';

/** Tells whose account must be looked at although nothing of it differs, because a mail to it is due. */
export async function awaitedMail({
  options,
  policy,
  store,
  target: { capabilities },
}: Pick<RunContext, 'options' | 'policy' | 'store' | 'target'>): Promise<(employee: EmployeeReference) => boolean> {
  const due = new Set<string>();
  if (capabilities.mails === 'on_request') {
    for await (const batch of store.listInvitations(['scheduled'])) {
      for (const one of batch) if (one.due === null || one.due <= policy.today) due.add(one.employee.id);
    }
  }
  return (employee) => due.has(employee.id) || isInvitedNow(options.kind, employee);
}
