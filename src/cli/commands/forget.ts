import { count } from '../../core/count.js';
import { UnknownPersonError, UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import type { Erased } from '../../store/retention.js';
import type { Store } from '../../store/store.js';
import { findRemembered } from '../find-person.js';
import type { CommandBody } from '../process.js';
import { refuseUncertain } from '../uncertain.js';
import { withState } from '../with-state.js';

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
  const found = await findRemembered(store, person);
  if (found === null) throw new UnknownPersonError(person, file);
  return found.id;
}

function sayErased(id: string, erased: Erased): string {
  const parts = [
    count(erased.accounts, 'link'),
    count(erased.attempts, 'attempt'),
    count(erased.invitations, 'invitation'),
    `${erased.scheduled} scheduled`,
    count(erased.failures, 'failure'),
    count(erased.skips, 'skip'),
  ];
  return `forgot #${id}: ${parts.join(', ')}. Reports and backups that were saved elsewhere are not touched; if HR still shows this person, the next run takes them for somebody new.`;
}
