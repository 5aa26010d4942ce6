import type { Snapshot } from '../../core/account.js';
import { HrsyncError, RequestError, UsageError } from '../../errors.js';
import { EXIT } from '../../exit.js';
import type { Invitation, Store } from '../../store/store.js';
import { findSnapshot } from '../find-person.js';
import type { CommandWorld } from '../process.js';
import { connect, withState } from '../session.js';

/**
 * Mails an invitation to somebody whose account exists, where the LMS can do that. Gives null when the person has no
 * account yet: then the invitation comes with the account.
 */
export async function sendByHand(world: CommandWorld, person: string, dryRun: boolean): Promise<number | null> {
  const { now } = world;
  return withState(world, dryRun ? 'read' : 'write', async (store, config) => {
    const { target } = connect(config, world);
    const { inviteByHand, mails = 'when_asked' } = target.capabilities;
    if (!inviteByHand && (mails === 'never' || mails === 'at_reactivation')) {
      throw new UsageError(
        `${target.title} mails no invitations, says the config: tell the person how to log in yourself`,
      );
    }
    const snapshot = await findSnapshot(store, person);
    if (snapshot === null || snapshot.state !== 'active') return null;
    if (!inviteByHand) {
      throw new UsageError(
        `${target.title} can only mail an invitation when an account is made, and #${snapshot.employeeId} has account ${snapshot.accountId} already: resend the invitation in ${target.title} itself`,
      );
    }
    if ((await store.invitations([snapshot.employeeId])).at(-1)?.state === 'uncertain') {
      throw new UsageError(
        `#${snapshot.employeeId} may have been invited already: find out, then hrsync invite resolve ${snapshot.employeeId} --sent or --not-sent`,
      );
    }
    if (!dryRun) await send(store, snapshot, () => target.invite(snapshot.accountId, snapshot.email ?? ''), now);
    const sentence = `${dryRun ? 'would invite' : 'invited'} #${snapshot.employeeId} (account ${snapshot.accountId})`;
    world.print({ text: `${sentence}\n`, json: { format: 1, dry_run: dryRun, invited: [snapshot.employeeId] } });
    return EXIT.done;
  });
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
    const message = error instanceof Error ? error.message : 'unknown';
    // The mail may have gone out all the same: a person decides whether it is sent again.
    const isUnclear = error instanceof RequestError ? error.mayHaveHappened : !(error instanceof HrsyncError);
    const left = isUnclear ? ({ ...invitation, state: 'uncertain' } as const) : null;
    await store.settle([{ ...settlement, outcome: 'failed', error: message, invitation: left }]);
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
