import type { Account, Snapshot } from '../core/account.js';
import type { LinkKind } from '../core/change.js';
import { fieldsShownBy } from '../core/drift.js';
import { type Employee, type EmployeeReference, referenceTo } from '../core/employee.js';
import { startDateOf } from '../core/lifecycle.js';
import { EXIT } from '../exit.js';
import type { Invitation, Settlement } from '../store/store.js';
import type { RunContext } from './context.js';

type Context = Pick<RunContext, 'store' | 'now' | 'mapping'>;

/** Links an employee to an account because a person said so. The LMS is told nothing; the next run compares the two whole. */
export async function linkByHand(context: Context, employee: Employee, account: Account): Promise<number> {
  const reference = referenceTo(employee);
  const snapshot: Snapshot = {
    employeeId: employee.id,
    accountId: account.id,
    state: account.state === 'deactivated' ? 'deactivated' : 'active',
    name: reference.name,
    email: account.email,
    // The manager is named by account there, so the next run writes it anew.
    fields: fieldsShownBy({ ...account, fields: withoutManager(account) }, context.mapping.rules),
    hash: null,
    awaitingManager: null,
    startDate: startDateOf(employee),
    linkedByHand: true,
    missingSince: null,
    missingRuns: 0,
  };
  const at = context.now().toISOString();
  const latest = (await context.store.invitations([employee.id])).at(-1);
  const waits = latest?.state === 'scheduled' ? latest : null;
  const invitation: Invitation | null =
    waits === null ? null : { ...waits, state: 'withheld', because: 'linked by hand to an account', at };
  return journalled(context, { kind: 'link', employee: reference, account: account.id }, { snapshot, invitation });
}

/** Ends a link because a person said so. The account stays as it is. */
export function unlinkByHand(context: Context, { employeeId: id, email, name, accountId }: Snapshot): Promise<number> {
  const whom = { kind: 'unlink', employee: { id, email, name }, account: accountId } as const;
  return journalled(context, whom, { unlink: id });
}

async function journalled(
  { store, now }: Context,
  whom: { readonly kind: LinkKind; readonly employee: EmployeeReference; readonly account: string },
  settled: Partial<Pick<Settlement, 'snapshot' | 'unlink' | 'invitation'>>,
): Promise<number> {
  const at = now().toISOString();
  const run = await store.startRun({ command: whom.kind, startedAt: at });
  const because = whom.kind === 'link' ? 'linked by hand' : 'unlinked by hand';
  const intent = { ...whom, run, invites: false, fields: {}, because, startDate: null, hire: null, at };
  const [id] = await store.begin([intent]);
  if (id === undefined) throw new Error('the store gave no id for an intent');
  const nothing = { snapshot: null, unlink: null, invitation: null };
  await store.settle([{ ...nothing, ...settled, id, outcome: 'done', error: null, at, failure: null }]);
  await store.finishRun({
    ...{ number: run, finishedAt: now().toISOString(), exitCode: EXIT.done, employees: null, inScope: null },
    ...{ complete: null, counts: {}, error: null },
  });
  return run;
}

function withoutManager({ fields: { manager: _, ...fields } }: Account): Account['fields'] {
  return fields;
}
