import { describe, expect, it } from 'vitest';
import type { Scheduled } from '../../../src/core/change.js';
import { emailKey } from '../../../src/core/email.js';
import type { OverdueEnding } from '../../../src/store/endings.js';
import type { Invitation } from '../../../src/store/store.js';
import { allOf, batchesOf, ids, invitation, person, remember, skip, snapshot } from './made-up.js';
import type { Bench } from './store-contract.js';

/** What the store knows of invitations and of the calendar. */
export function describeLedger(bench: () => Bench): void {
  describe('invitations', () => {
    it('are kept per person and hire, and the newest word on one replaces the last', async () => {
      const { store } = bench();
      const bare = { employee: { id: '2', email: null, name: null }, due: null, startDate: null };
      await store.putInvitations([invitation('1', { hire: 2 }), invitation('1'), invitation('2', bare)]);
      await store.putInvitations([invitation('1', { state: 'sent', because: 'the day came' })]);
      expect(await store.invitations(['2', '1', 'nobody'])).toEqual([
        invitation('2', bare),
        invitation('1', { state: 'sent', because: 'the day came' }),
        invitation('1', { hire: 2 }),
      ]);
    });

    it('are listed by their states, beyond one batch', async () => {
      const { store } = bench();
      const states = ['scheduled', 'sent', 'cancelled'] as const;
      const many = states.flatMap((state) => ids(1, 1_100).map((id) => invitation(`${state}${id}`, { state })));
      const rehired = ids(1, 3).map((hire) => invitation('rehired', { hire: Number(hire) + 1, state: 'sent' }));
      await store.putInvitations([...many, ...rehired]);
      const listed = await batchesOf(store.listInvitations(['scheduled', 'sent']));
      const key = (one: Invitation) => `${one.employee.id} ${one.hire}`;
      const expected = [...many.filter((one) => one.state !== 'cancelled'), ...rehired];
      expect(listed.flat().map(key).sort()).toEqual(expected.map(key).sort());
      expect(listed.length).toBeGreaterThan(2);
      expect(await allOf(store.listInvitations(['uncertain']))).toEqual([]);
    });

    it('that move on while they are listed neither hide others nor come twice', async () => {
      const { store } = bench();
      await store.putInvitations(ids(1, 1_100).map((id) => invitation(id)));
      const listed: string[] = [];
      for await (const batch of store.listInvitations(['scheduled'])) {
        listed.push(...batch.map((one) => one.employee.id));
        await store.putInvitations(batch.map((one) => ({ ...one, state: 'sent' })));
      }
      expect(listed.sort()).toEqual(ids(1, 1_100).sort());
    });
  });

  describe('endings that are due', () => {
    const due = (id: string, change: Partial<OverdueEnding> = {}): OverdueEnding => {
      return { employee: person(id), since: '2026-12-01', because: 'HR status is inactive', why: null, ...change };
    };

    it('keep the day since when, take the newest words, and come with the longest first', async () => {
      const { store } = bench();
      await store.putSnapshots(['1', '2', '3'].map((id) => snapshot(id)));
      await store.putEndings(null, [due('2'), due('1', { since: '2026-11-30' })]);
      await store.putEndings(null, [due('2', { since: '2026-12-05', why: 'the LMS refused' }), due('3')]);
      expect(await store.endings()).toEqual([due('2', { why: 'the LMS refused' }), due('3')]);
      await store.putEndings(['3', '1'], [due('1')]);
      expect((await store.endings()).map(({ employee }) => employee.id)).toEqual(['1', '2']);
    });

    it('are those of open accounts alone, and go with a person', async () => {
      const { store } = bench();
      const states = ['active', 'pending', 'deactivated', 'deleted'] as const;
      await store.putSnapshots(states.map((state) => snapshot(state, { state })));
      await store.putEndings(
        null,
        [...states, 'nobody'].map((id) => due(id)),
      );
      expect((await store.endings()).map(({ employee }) => employee.id)).toEqual(['active', 'pending']);
      await store.forget('active');
      await store.putSnapshots([snapshot('active')]);
      expect((await store.endings()).map(({ employee }) => employee.id)).toEqual(['pending']);
    });
  });

  describe('people who were left alone', () => {
    it('are replaced whole or for some, and keep their order, beyond one batch', async () => {
      const { store } = bench();
      expect(await allOf(store.skips())).toEqual([]);
      await remember(store, { skips: { forget: null, add: [skip('gone')] } });
      const many = ids(1, 1_100).map((id) => skip(id, { reason: 'out_of_scope' }));
      await remember(store, { skips: { forget: null, add: many } });
      expect(await allOf(store.skips())).toEqual(many);
      const again = skip('7', { run: 2, message: 'another reason' });
      await remember(store, { skips: { forget: ['7', '8', 'nobody'], add: [again] } });
      const kept = many.filter(({ employee: { id } }) => id !== '7' && id !== '8');
      expect(await allOf(store.skips())).toEqual([...kept, again]);
    });

    it('are found by employee id and by address', async () => {
      const { store } = bench();
      const bare = skip('2', { employee: { id: '2', email: null, name: null } });
      const twice = [skip('1'), skip('1', { reason: 'duplicate_email' })];
      await remember(store, { skips: { forget: null, add: [...twice, bare] } });
      expect(await store.skipsOf({ ids: ['2', 'nobody'], emailKeys: [] })).toEqual([bare]);
      expect(await store.skipsOf({ ids: [], emailKeys: [emailKey(' P1@ACME.example')] })).toEqual(twice);
    });
  });

  describe('the calendar', () => {
    const due = (id: string, on: string): Scheduled => ({ kind: 'invite', employee: person(id), on });

    it('is replaced whole and keeps its order, beyond one batch', async () => {
      const { store } = bench();
      expect(await allOf(store.schedule())).toEqual([]);
      await remember(store, { schedule: [due('gone', '2026-12-01')] });
      const first = ids(1, 700).map((id) => due(id, '2026-12-24'));
      const second = ids(1, 700).map((id): Scheduled => ({ ...due(id, '2026-12-02'), kind: 'deactivate' }));
      await remember(store, { schedule: [...first, ...second] });
      expect(await allOf(store.schedule())).toEqual([...first, ...second]);
      await remember(store, { schedule: [] });
      expect(await allOf(store.schedule())).toEqual([]);
    });

    it('and all else that a run leaves stays as it is when one part of it cannot be written', async () => {
      const { store } = bench();
      const before = [due('1', '2026-12-01')];
      await remember(store, { schedule: before, undone: { forget: null, add: ['1'] } });
      function* broken() {
        yield '2';
        throw new Error('broke off');
      }
      const memory = { schedule: [], undone: { forget: null, add: [] }, skips: { forget: null, add: [skip('2')] } };
      await expect(remember(store, { ...memory, leftOut: broken() })).rejects.toThrow('broke off');
      expect(await allOf(store.schedule())).toEqual(before);
      expect(await store.undone()).toEqual(['1']);
      expect(await allOf(store.skips())).toEqual([]);
    });

    it('of which a run says nothing stays as it was', async () => {
      const { store } = bench();
      await remember(store, {
        schedule: [due('1', '2026-12-01')],
        leftOut: ['1'],
        skips: { forget: null, add: [skip('1')] },
      });
      await remember(store, {});
      expect(await allOf(store.schedule())).toEqual([due('1', '2026-12-01')]);
      expect(await store.leftOut()).toEqual(new Set(['1']));
      expect(await allOf(store.skips())).toEqual([skip('1')]);
    });
  });
}
