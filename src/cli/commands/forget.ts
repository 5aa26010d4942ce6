import { UnknownPersonError, UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import type { Erased, Store } from '../../store/store.js';
import { findSnapshot } from '../find-person.js';
import type { CommandBody } from '../process.js';
import { withState } from '../session.js';

interface ForgetFlags {
  readonly leaveAccountOpen?: true | undefined;
}

/**
 * Erases one person from the state. Somebody whose account is open, or of whom a change is uncertain, is refused: without
 * its memory hrsync would never end that account, or might do the change twice.
 */
export function forget(person: string, flags: ForgetFlags): CommandBody {
  return (world) =>
    withState(world, 'write', async (store, config) => {
      const id = await idOf(store, person.trim(), config.state);
      await refuseUncertain(store, id);
      const [snapshot] = await store.snapshotsOf([id]);
      if (snapshot?.state === 'active' && !flags.leaveAccountOpen) {
        throw new UsageError(
          `account ${snapshot.accountId} of #${id} is open, and without its memory hrsync would never deactivate it: end it first, or add --leave-account-open`,
        );
      }
      const erased = await store.forget(id);
      world.print({ text: `${sayErased(id, erased)}\n`, json: { format: 1, forgotten: id, erased } });
      return EXIT.done;
    });
}

async function idOf(store: Store, person: string, file: string): Promise<string> {
  const snapshot = await findSnapshot(store, person);
  if (snapshot !== null) return snapshot.employeeId;
  if (await isRemembered(store, person)) return person;
  throw new UnknownPersonError(person, file);
}

// Somebody without an account may stand in the ledger, the calendar, the journal.
async function isRemembered(store: Store, id: string): Promise<boolean> {
  if ((await store.invitations([id])).length > 0) return true;
  if ((await store.failures()).some(({ employee }) => employee.id === id)) return true;
  for await (const batch of store.journal({ employeeId: id })) if (batch.length > 0) return true;
  for await (const batch of store.schedule()) if (batch.some(({ employee }) => employee.id === id)) return true;
  return false;
}

async function refuseUncertain(store: Store, id: string): Promise<void> {
  const open = (await store.openIntents()).find(({ employee }) => employee.id === id);
  if (open === undefined) return;
  throw new UsageError(
    `nobody knows yet whether the last ${open.kind} of #${id} reached the LMS: run hrsync import-all first, which asks it`,
  );
}

function sayErased(id: string, erased: Erased): string {
  const parts = [
    `${erased.accounts} link`,
    `${erased.attempts} attempts`,
    `${erased.invitations} invitations`,
    `${erased.scheduled} scheduled`,
    `${erased.failures} failures`,
  ];
  return `forgot #${id}: ${parts.join(', ')}. Reports and backups that were saved elsewhere are not touched; if HR still shows this person, the next run takes them for somebody new.`;
}
