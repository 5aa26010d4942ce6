import { expect, it } from 'vitest';
import { AT, allOf, failure, intent, invitation, person, remember, settlement, skip, snapshot } from './made-up.js';
import type { Bench } from './store-contract.js';

const LATER = '2027-03-01T02:00:00.000Z';

/** Two people of whom everything is known that a store can know, each with a settled attempt at `AT`. */
async function fill({ store }: Bench): Promise<void> {
  await store.startRun({ command: 'import-all', startedAt: AT });
  for (const id of ['1', '2']) {
    const [attempt = 0] = await store.begin([intent(id)]);
    await store.settle([settlement(attempt, { snapshot: snapshot(id), invitation: invitation(id) })]);
    const [failed = 0] = await store.begin([intent(id)]);
    await store.settle([settlement(failed, { outcome: 'failed', error: 'no', failure: failure(id) })]);
  }
  const schedule = ['1', '2'].map((id) => ({ kind: 'invite' as const, employee: person(id), on: '2026-12-01' }));
  await remember(store, { schedule, skips: { forget: null, add: [skip('1'), skip('2')] } });
}

/** Everything that a store says of a person. */
async function knownOf({ store }: Bench, id: string): Promise<readonly unknown[]> {
  const [failures, calendar] = [await store.failures(), await allOf(store.schedule())];
  return [
    ...(await store.snapshotsOf([id])),
    ...(await allOf(store.journal({ employeeId: id }))),
    ...(await store.invitations([id])),
    ...failures.filter(({ employee }) => employee.id === id),
    ...(await store.skipsOf({ ids: [id], emailKeys: [] })),
    ...calendar.filter(({ employee }) => employee.id === id),
  ];
}

/** What a store promises of erasing people and old history. */
export function describeErasing(bench: () => Bench): void {
  it('forgets one person whole, and nobody else', async () => {
    await fill(bench());
    await bench().store.putSnapshots([snapshot('2', { awaitingManager: '1' })]);
    const before = await knownOf(bench(), '2');
    const erased = await bench().store.forget('1');
    expect(erased).toEqual({ accounts: 1, attempts: 2, invitations: 1, scheduled: 1, failures: 1, skips: 1, runs: 0 });
    expect(await knownOf(bench(), '1')).toEqual([]);
    expect(await knownOf(bench(), '2')).toHaveLength(before.length);
    expect(await bench().store.snapshotsOf(['2'])).toMatchObject([{ awaitingManager: null }]);
  });

  it('forgets nothing of somebody whom it does not know', async () => {
    await fill(bench());
    expect(Object.values(await bench().store.forget('3'))).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it('prunes settled attempts, cancelled invitations and runs that are older, and keeps what is not', async () => {
    const { store } = bench();
    await fill(bench());
    await store.putInvitations([invitation('1', { state: 'cancelled' }), invitation('2', { state: 'sent' })]);
    const young = await store.startRun({ command: 'import-all', startedAt: LATER });
    const [recent = 0] = await store.begin([intent('1', { at: LATER, run: young })]);
    await store.settle([settlement(recent)]);
    const retention = { before: LATER, leavers: false };
    const rehearsed = await store.prune(retention, { rehearse: true });
    expect(rehearsed).toEqual({
      accounts: 0,
      attempts: 4,
      invitations: 1,
      scheduled: 0,
      failures: 0,
      skips: 2,
      runs: 1,
    });
    expect(await allOf(store.journal({ employeeId: '1' }))).toHaveLength(3);
    expect(await store.prune(retention, { rehearse: false })).toEqual(rehearsed);
    expect(await allOf(store.journal({ employeeId: '1' }))).toMatchObject([{ id: recent }]);
    expect(await store.invitations(['1', '2'])).toMatchObject([{ state: 'sent' }]);
    expect(await store.snapshotsOf(['1', '2'])).toHaveLength(2);
    expect((await store.runs(10)).map(({ number }) => number)).toEqual([young]);
  });

  it('never prunes an attempt without a clear outcome, the last complete run, or a number given out', async () => {
    const { store } = bench();
    const complete = await store.startRun({ command: 'import-all', startedAt: AT });
    const counts = { exitCode: 0, employees: 412, inScope: 400, counts: {}, error: null };
    await store.finishRun({ number: complete, finishedAt: AT, complete: true, ...counts });
    await store.startRun({ command: 'import-all', startedAt: AT });
    const newest = await store.startRun({ command: 'import-all', startedAt: AT });
    const [open = 0, unclear = 0] = await store.begin([intent('1'), intent('2')]);
    await store.settle([settlement(unclear, { outcome: 'uncertain' })]);
    const erased = await store.prune({ before: LATER, leavers: true }, { rehearse: false });
    expect(erased).toMatchObject({ attempts: 0, runs: 1 });
    expect((await store.openIntents()).map(({ id }) => id)).toEqual([open, unclear]);
    expect(await store.lastCompleteRun()).toMatchObject({ employees: 412 });
    expect(await store.nextRunNumber()).toBe(newest + 1);
  });

  it('prunes leavers only when asked to, and only those whose account ended before', async () => {
    const { store } = bench();
    await fill(bench());
    await store.putSnapshots([snapshot('1', { state: 'deactivated' }), snapshot('3', { state: 'deactivated' })]);
    const [late = 0] = await store.begin([intent('3', { kind: 'deactivate', at: LATER })]);
    await store.settle([settlement(late, { at: LATER })]);
    await store.prune({ before: LATER, leavers: false }, { rehearse: true });
    const erased = await store.prune({ before: LATER, leavers: true }, { rehearse: false });
    expect(erased).toMatchObject({ accounts: 1 });
    expect(await knownOf(bench(), '1')).toEqual([]);
    expect(await store.snapshotsOf(['2', '3'])).toHaveLength(2);
  });
}
