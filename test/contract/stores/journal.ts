import { describe, expect, it } from 'vitest';
import type { Intent, Settlement, Store } from '../../../src/store/store.js';
import { allOf, failure, ids, intent, invitation, remember, settlement, snapshot } from './made-up.js';
import type { Bench } from './store-contract.js';

async function beginOne(store: Store, one: Intent): Promise<number> {
  const [id] = await store.begin([one]);
  if (id === undefined) throw new Error('no id was given');
  return id;
}

async function carryOut(store: Store, one: Intent, change: Partial<Settlement>): Promise<void> {
  await store.settle([settlement(await beginOne(store, one), change)]);
}

/** What the store knows of attempts to change the LMS. */
export function describeJournal(bench: () => Bench): void {
  describe('the journal', () => {
    it('gives ids in the order of the intents', async () => {
      const { store } = bench();
      const given = [...(await store.begin([intent('1'), intent('2')])), ...(await store.begin([intent('3')]))];
      expect(await store.openIntents()).toMatchObject(
        ['1', '2', '3'].map((id, index) => ({ ...intent(id), id: given[index] })),
      );
      expect(await store.begin([])).toEqual([]);
    });

    it('can be read by others as soon as a promise has resolved', async () => {
      const { store, place } = bench();
      const id = await beginOne(store, intent('1'));
      const other = await place.open('read');
      expect((await other.openIntents()).map((one) => one.id)).toEqual([id]);
      await store.settle([settlement(id, { snapshot: snapshot('1') })]);
      expect(await other.openIntents()).toEqual([]);
      expect(await other.snapshotsOf(['1'])).toEqual([snapshot('1')]);
      await other.close();
    });

    it('proves which accounts it closed, and when', async () => {
      const { store } = bench();
      const closed = (id: string, change: Partial<Settlement> = {}) =>
        carryOut(store, intent(id, { kind: 'deactivate', fields: {} }), {
          snapshot: snapshot(id, { state: 'deactivated' }),
          ...change,
        });
      const at = '2026-01-05T02:00:00.000Z';
      await closed('1', { at });
      await closed('2', { at: '2026-01-06T02:00:00.000Z' });
      // Closed by hand; closed and opened since; failed; another account by now; uncertain what came after.
      await store.putSnapshots([snapshot('3', { state: 'deactivated' })]);
      await closed('4', { at });
      await carryOut(store, intent('4', { kind: 'reactivate' }), { at, snapshot: snapshot('4') });
      await store.putSnapshots([snapshot('4', { state: 'deactivated' })]);
      await closed('5', { at, outcome: 'failed' });
      await closed('6', { at });
      await store.putSnapshots([snapshot('6', { state: 'deactivated', accountId: 'other' })]);
      await closed('7', { at });
      await store.begin([intent('7', { kind: 'reactivate' })]);
      // A deletion that failed leaves it closed.
      await closed('8', { at });
      await carryOut(store, intent('8', { kind: 'delete', fields: {} }), { outcome: 'failed', error: 'no' });
      expect(await allOf(store.closedAccounts(at))).toEqual([
        { employeeId: '1', endedAt: at },
        { employeeId: '8', endedAt: at },
      ]);
    });

    it('counts an intent as open until its outcome is certain', async () => {
      const { store } = bench();
      const given = await store.begin(ids(1, 4).map((id) => intent(id)));
      const [, done = 0, failed = 0, uncertain = 0] = given;
      await store.settle([
        settlement(done),
        settlement(failed, { outcome: 'failed', error: 'refused' }),
        settlement(uncertain, { outcome: 'uncertain', error: 'no answer' }),
      ]);
      expect((await store.openIntents()).map((one) => one.employee.id)).toEqual(['1', '4']);
      await store.settle([settlement(uncertain, { snapshot: snapshot('4') })]);
      expect((await store.openIntents()).map((one) => one.employee.id)).toEqual(['1']);
    });

    it('shows a run and a person, oldest first, beyond one batch', async () => {
      const { store } = bench();
      const many = ids(1, 1_100);
      await store.begin(many.map((id) => intent(id, { run: 7 })));
      await store.begin(many.map(() => intent('x', { run: 8 })));
      expect((await allOf(store.journal({ run: 7 }))).map((one) => one.employee.id)).toEqual(many);
      const ofOne = await allOf(store.journal({ employeeId: 'x' }));
      expect(ofOne).toHaveLength(1_100);
      expect(ofOne.map((one) => one.id)).toEqual(ofOne.map((one) => one.id).sort((a, b) => a - b));
      expect(await allOf(store.journal({ run: 9 }))).toEqual([]);
    });

    it('keeps the whole of an attempt, and learns the account of a create', async () => {
      const { store } = bench();
      const create = intent('1', { kind: 'create', account: null, invites: true, hire: 2 });
      await carryOut(store, create, { snapshot: snapshot('1', { accountId: '77' }), at: '2026-11-24T02:00:01.000Z' });
      const outcome = { outcome: 'done', error: null, settledAt: '2026-11-24T02:00:01.000Z' };
      expect(await allOf(store.journal({ run: 1 }))).toEqual([
        { ...create, id: expect.any(Number), account: '77', ...outcome },
      ]);
    });

    it('gives everybody their own id when many begin at once', async () => {
      const { store } = bench();
      const given = await Promise.all(ids(1, 60).map((id) => beginOne(store, intent(id))));
      const entries = await allOf(store.journal({ run: 1 }));
      expect(new Map(entries.map((one) => [one.id, one.employee.id]))).toEqual(
        new Map(given.map((id, index) => [id, String(index + 1)])),
      );
    });
  });

  describe('a settlement', () => {
    it('lets a person take over the account of another', async () => {
      const { store } = bench();
      await store.putSnapshots([snapshot('old', { accountId: '77', state: 'deactivated' })]);
      await carryOut(store, intent('new', { kind: 'reactivate' }), {
        snapshot: snapshot('new', { accountId: '77' }),
        unlink: 'old',
      });
      expect((await store.snapshotsByAccount(['77'])).map((one) => one.employeeId)).toEqual(['new']);
      expect(await store.keysOf(['old'])).toEqual([]);
    });

    it('is written whole or not at all', async () => {
      const { store } = bench();
      await store.putSnapshots([snapshot('1'), snapshot('leaver'), snapshot('2', { hash: 'before' })]);
      await carryOut(store, intent('2'), { outcome: 'failed', error: 'refused', failure: failure('2') });
      const id = await beginOne(store, intent('2'));
      const parts = { unlink: 'leaver', invitation: invitation('2'), failure: failure('2', { attempts: 2 }) };
      const taken = snapshot('2', { accountId: 'a1' });
      await expect(store.settle([settlement(id, { snapshot: taken, ...parts })])).rejects.toThrow();
      expect((await store.openIntents()).map((one) => one.id)).toEqual([id]);
      expect(await store.snapshotsOf(['leaver', '2'])).toEqual([snapshot('leaver'), snapshot('2', { hash: 'before' })]);
      expect(await store.invitations(['2'])).toEqual([]);
      expect(await store.failures()).toEqual([failure('2')]);
    });

    it('that cannot be written leaves those beside it alone', async () => {
      const { store } = bench();
      await store.putSnapshots([snapshot('1')]);
      const given = await store.begin(['2', '3', '4'].map((id) => intent(id)));
      const results = await Promise.allSettled(
        given.map((id, index) => {
          const change = index === 1 ? { accountId: 'a1' } : {};
          return store.settle([settlement(id, { snapshot: snapshot(String(index + 2), change) })]);
        }),
      );
      expect(results.map((one) => one.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
      expect((await store.openIntents()).map((one) => one.employee.id)).toEqual(['3']);
      expect((await store.keysOf(['2', '3', '4'])).map((one) => one.employeeId)).toEqual(['2', '4']);
    });
  });

  describe('a failure', () => {
    it('is remembered, replaced by the next, and listed by when it began', async () => {
      const { store } = bench();
      const later = failure('1', { firstAt: '2026-11-25T02:00:00.000Z' });
      await carryOut(store, intent('1'), { outcome: 'failed', error: 'refused', failure: later });
      await carryOut(store, intent('2'), { outcome: 'failed', error: 'refused', failure: failure('2') });
      const again = failure('2', { attempts: 2, kind: 'deactivate', error: 'other' });
      await carryOut(store, intent('2'), { outcome: 'failed', error: 'other', failure: again });
      expect(await store.failures()).toEqual([again, later]);
    });

    it.each([
      ['that changed an account', { snapshot: snapshot('1') }],
      ['that only sent an invitation', { invitation: invitation('1', { state: 'sent' }) }],
      ['of which nothing is to be remembered', {}],
    ])('is forgotten after a success %s', async (_, success) => {
      const { store } = bench();
      const failed = { outcome: 'failed', error: 'refused' } as const;
      await carryOut(store, intent('1'), { ...failed, failure: failure('1') });
      await carryOut(store, intent('2'), { ...failed, failure: failure('2') });
      await carryOut(store, intent('1'), success);
      expect(await store.failures()).toEqual([failure('2')]);
    });

    it('is not forgotten for an outcome that is no success', async () => {
      const { store } = bench();
      await carryOut(store, intent('1'), { outcome: 'failed', error: 'refused', failure: failure('1') });
      await carryOut(store, intent('1'), { outcome: 'uncertain', error: 'no answer' });
      await carryOut(store, intent('1'), { outcome: 'failed', error: 'not authorised' });
      expect(await store.failures()).toEqual([failure('1')]);
      await remember(store, { mended: ['1', 'nobody'] });
      expect(await store.failures()).toEqual([]);
    });
  });
}
