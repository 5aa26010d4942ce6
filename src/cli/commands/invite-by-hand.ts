import type { Snapshot } from '../../core/account.js';
import { emailKey } from '../../core/email.js';
import { UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import { acquireLock, openStore } from '../../store/sqlite/index.js';
import type { Invitation, Store } from '../../store/store.js';
import type { CommandWorld } from '../process.js';
import { connect } from '../session.js';

/**
 * Mails an invitation to somebody whose account exists, where the LMS can do that. Gives null when the person has no
 * account yet: then the invitation comes with the account.
 */
export async function sendByHand(world: CommandWorld, person: string, dryRun: boolean): Promise<number | null> {
  const config = await world.loadConfig();
  const { target, identity } = connect(config, world);
  const { now } = world;
  const mode = dryRun ? 'read' : 'write';
  const lock = dryRun ? null : acquireLock(config.state, now);
  try {
    const store = await openStore({ file: config.state, identity, mode, now });
    try {
      const snapshot = await find(store, person);
      if (snapshot === null || snapshot.state !== 'active') return null;
      if (!target.capabilities.inviteByHand) {
        throw new UsageError(
          `${target.title} can only mail an invitation when an account is made, and #${snapshot.employeeId} has account ${snapshot.accountId} already: resend the invitation in ${target.title} itself`,
        );
      }
      if (!dryRun) await send(store, snapshot, () => target.invite(snapshot.accountId, snapshot.email ?? ''), now);
      const sentence = `${dryRun ? 'would invite' : 'invited'} #${snapshot.employeeId} (account ${snapshot.accountId})`;
      world.print({ text: `${sentence}\n`, json: { format: 1, dry_run: dryRun, invited: [snapshot.employeeId] } });
      return EXIT.done;
    } finally {
      await store.close();
    }
  } finally {
    lock?.release();
  }
}

async function find(store: Store, person: string): Promise<Snapshot | null> {
  const [byId] = await store.snapshotsOf([person]);
  const [byEmail] = byId === undefined ? await store.snapshotsByEmail([emailKey(person)]) : [];
  return byId ?? byEmail ?? null;
}

async function send(store: Store, snapshot: Snapshot, call: () => Promise<void>, now: () => Date): Promise<void> {
  const { employeeId: id, email, name, startDate, accountId: account } = snapshot;
  const employee = { id, email, name };
  const latest = (await store.invitations([id])).at(-1);
  const hire = latest?.hire ?? 1;
  const because = 'invited by hand';
  const at = now().toISOString();
  const run = await store.startRun({ command: 'invite send', startedAt: at });
  const intent = {
    run,
    kind: 'invite' as const,
    employee,
    account,
    invites: true,
    fields: {},
    because,
    startDate,
    hire,
    at,
  };
  const [journal] = await store.begin([intent]);
  if (journal === undefined) throw new Error('the store gave no id for an intent');
  const invitation: Invitation = { employee, hire, state: 'sent', due: null, startDate, because, at };
  const settlement = { id: journal, at, snapshot: null, unlink: null, failure: null };
  let exitCode: number = EXIT.partial;
  try {
    await call();
    await store.settle([{ ...settlement, outcome: 'done', error: null, invitation }]);
    exitCode = EXIT.done;
  } catch (error) {
    // The mail may have gone out all the same: a person decides whether it is sent again.
    const message = error instanceof Error ? error.message : 'unknown';
    await store.settle([
      { ...settlement, outcome: 'failed', error: message, invitation: { ...invitation, state: 'uncertain' } },
    ]);
    throw error;
  } finally {
    const counts = { invite: exitCode === EXIT.done ? 1 : 0 };
    const finishedAt = now().toISOString();
    await store.finishRun({
      number: run,
      finishedAt,
      exitCode,
      employees: null,
      inScope: null,
      complete: null,
      counts,
      error: null,
    });
  }
}
