import { isAmong } from '../../core/employee.js';
import { UnknownPersonError, UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import type { Invitation, Store } from '../../store/store.js';
import type { CommandBody } from '../process.js';
import { withState } from '../with-state.js';

interface ResolveFlags {
  readonly sent?: true | undefined;
  readonly notSent?: true | undefined;
}

/**
 * Writes down what a person found out about an invitation of which nobody knows whether it was mailed. `--sent` closes it;
 * after `--not-sent` it counts as never mailed, and `invite send` may mail it.
 */
export function inviteResolve(person: string, flags: ResolveFlags): CommandBody {
  if ((flags.sent ?? false) === (flags.notSent ?? false))
    throw new UsageError('say what you found out: --sent or --not-sent');
  return (world) =>
    withState(world, 'write', async (store, config) => {
      const unclear = await unclearOf(store, person.trim());
      if (unclear.length === 0) throw new UnknownPersonError(person, `the unclear invitations of ${config.state}`);
      const at = world.now().toISOString();
      const because = flags.sent ? 'a person found that it was mailed' : 'a person found that it was not mailed';
      const state = flags.sent ? ('sent' as const) : ('withheld' as const);
      await store.putInvitations(unclear.map((invitation) => ({ ...invitation, state, because, at })));
      const ids = [...new Set(unclear.map(({ employee }) => employee.id))];
      const next = flags.sent ? '' : `; "hrsync invite send ${ids[0]}" mails it`;
      world.print({
        text: `invitation of #${ids.join(', #')}: ${because}${next}\n`,
        json: { format: 1, resolved: ids, state },
      });
      return EXIT.done;
    });
}

async function unclearOf(store: Store, person: string): Promise<Invitation[]> {
  const found: Invitation[] = [];
  for await (const batch of store.listInvitations(['uncertain'])) {
    found.push(...batch.filter(({ employee }) => isAmong(employee, [person])));
  }
  return found;
}
