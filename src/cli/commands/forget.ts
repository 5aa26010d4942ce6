import { count } from '../../core/count.js';
import { shownPlace } from '../../core/state-place.js';
import { UnknownPersonError, UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import type { Erased } from '../../store/retention.js';
import type { Store } from '../../store/store.js';
import { findRemembered } from '../find-person.js';
import type { CommandBody } from '../process.js';
import { refuseUncertain } from '../uncertain.js';
import { withState } from '../with-state.js';

/** What may be erased besides. */
export interface ForgetFlags {
  readonly leaveAccountOpen?: true | undefined;
}

/**
 * Erases one person from the state. Somebody whose account is open, or of whom a change is uncertain, is refused: without
 * its memory hrsync would never end that account, or might do the change twice.
 */
export function forget(person: string, flags: ForgetFlags): CommandBody {
  return (world) =>
    withState(world, 'write', async (store, config) => {
      const forgotten = await forgetIn(store, person, flags);
      if (forgotten === null) throw new UnknownPersonError(person.trim(), shownPlace(config.state));
      const { id, erased } = forgotten;
      const beyond = config.state.kind === 'database' ? BEYOND : '';
      world.print({ text: `${sayErased(id, erased)}${beyond}\n`, json: { format: 1, forgotten: id, erased } });
      return EXIT.done;
    });
}

/** What `forget` cannot reach beside a database. */
export const BEYOND = ' The write-ahead log of the database, its standbys and its backups are not reached either.';

/**
 * Erases one person from an open state; null where it knows nobody called so.
 *
 * @throws UsageError for somebody whose account is open, or of whom a change is uncertain
 */
export async function forgetIn(
  store: Store,
  person: string,
  { leaveAccountOpen }: ForgetFlags,
): Promise<{ readonly id: string; readonly erased: Erased } | null> {
  const found = await findRemembered(store, person.trim());
  if (found === null) return null;
  const { id } = found;
  await refuseUncertain(store, id);
  const [snapshot] = await store.snapshotsOf([id]);
  if (snapshot?.state === 'active' && !leaveAccountOpen) {
    throw new UsageError(
      `account ${snapshot.accountId} of #${id} is open, and without its memory hrsync would never deactivate it: end it first, or add --leave-account-open`,
    );
  }
  return { id, erased: await store.forget(id) };
}

/** Says what of a person was erased. */
export function sayErased(id: string, erased: Erased): string {
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
