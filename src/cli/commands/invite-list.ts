import { EXIT } from '../../exit.js';
import { columns, renderTable } from '../../report/table.js';
import type { Invitation } from '../../store/store.js';
import type { CommandBody } from '../process.js';
import { withState } from '../with-state.js';

/** Shows the ledger of invitations: what is scheduled, sent, withheld or unclear. Reads the state only. */
export function inviteList(): CommandBody {
  return (world) =>
    withState(world, 'read', async (store) => {
      const invitations: Invitation[] = [];
      for await (const batch of store.listInvitations(['scheduled', 'uncertain', 'withheld']))
        invitations.push(...batch);
      invitations.sort((one, other) => (one.due ?? '9').localeCompare(other.due ?? '9'));
      world.print({ text: text(invitations, world.width), json: { format: 1, invitations } });
      return EXIT.done;
    });
}

function text(invitations: readonly Invitation[], width: number): string {
  if (invitations.length === 0) return 'No invitation is scheduled, withheld or unclear.\n';
  const rows = invitations.map(({ employee, state, due, because }) => [
    due ?? '',
    state,
    `#${employee.id}`,
    employee.name ?? '',
    employee.email ?? '',
    because,
  ]);
  return renderTable(columns('due', 'state', 'employee', 'name', 'e-mail', 'because'), rows, width);
}
