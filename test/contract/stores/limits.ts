import { describe, expect, it } from 'vitest';
import { remember, snapshot } from './made-up.js';
import type { Bench } from './store-contract.js';

/** What the store remembers for the rules about whom hrsync may touch, and for the limits. */
export function describeLimits(bench: () => Bench): void {
  describe('former addresses', () => {
    const move = async (...emails: (string | null)[]) => {
      for (const email of emails) await bench().store.putSnapshots([snapshot('1', { email })]);
    };
    const former = async (...ids: string[]) => {
      const found = await bench().store.formerAddresses(ids);
      return Object.fromEntries([...found].map(([id, addresses]) => [id, [...addresses].sort()]));
    };

    it('are all that an account had before the present one, as keys, each once', async () => {
      await move('Chair@Board.example', 'chair@acme.example', 'chair@board.example', 'c@acme.example');
      expect(await former('a1', 'nobody', 'a1')).toEqual({
        a1: ['chair@acme.example', 'chair@board.example'],
        nobody: [],
      });
    });

    it('are not made by another spelling, and not lost with the present one', async () => {
      await move('chair@acme.example', ' CHAIR@acme.example ');
      expect(await former('a1')).toEqual({ a1: [] });
      await move(null);
      expect(await former('a1')).toEqual({ a1: ['chair@acme.example'] });
    });

    it('stay with the account when somebody else takes it over, or its link goes to another account', async () => {
      const { store } = bench();
      await move('old@acme.example', 'new@acme.example');
      await store.putSnapshots([snapshot('1', { accountId: 'b1', email: 'new@acme.example' })]);
      await store.putSnapshots([snapshot('2', { accountId: 'a1', email: 'two@acme.example' })]);
      expect(await former('a1', 'b1')).toEqual({ a1: ['new@acme.example', 'old@acme.example'], b1: [] });
    });

    it('are known to whoever opens the state later', async () => {
      const { place } = bench();
      await move('old@acme.example', 'new@acme.example');
      const other = await place.open('read');
      expect([...(await other.formerAddresses(['a1']))]).toEqual([['a1', ['old@acme.example']]]);
      await other.close();
    });
  });

  describe('who was left out', () => {
    it('is nobody at first, and then whom the last run named', async () => {
      const { store } = bench();
      expect(await store.leftOut()).toEqual(new Set());
      await remember(store, { leftOut: ['1', '2', '2'] });
      expect(await store.leftOut()).toEqual(new Set(['1', '2']));
      await remember(store, { leftOut: new Set(['3']) });
      expect(await store.leftOut()).toEqual(new Set(['3']));
      await remember(store, { leftOut: [] });
      expect(await store.leftOut()).toEqual(new Set());
    });
  });

  describe('units', () => {
    it('are kept by person until they are put again; nobody without one has an entry', async () => {
      const { store } = bench();
      await remember(store, {
        units: [
          { employeeId: '1', unit: 'Acme GmbH' },
          { employeeId: '2', unit: 'Acme Ltd' },
          { employeeId: '3', unit: null },
        ],
      });
      expect(await store.unitsOf(['1', '2', '3', 'nobody'])).toEqual(
        new Map([
          ['1', 'Acme GmbH'],
          ['2', 'Acme Ltd'],
        ]),
      );
      await remember(store, {
        units: [
          { employeeId: '1', unit: 'Acme Ltd' },
          { employeeId: '2', unit: null },
        ],
      });
      expect(await store.unitsOf(['1', '2'])).toEqual(new Map([['1', 'Acme Ltd']]));
    });

    it('count the active accounts of the people in them', async () => {
      const { store } = bench();
      const units = ['Acme GmbH', 'Acme GmbH', 'Acme GmbH', 'Acme Ltd', 'Acme Ltd', '__proto__'];
      const states = ['active', 'active', 'deactivated', 'pending', 'deleted', 'active'] as const;
      await store.putSnapshots(states.map((state, index) => snapshot(String(index), { state })));
      await remember(store, {
        units: [...units, 'Acme SA'].map((unit, index) => ({ employeeId: String(index), unit })),
      });
      expect(await store.countUnits()).toEqual(
        new Map([
          ['Acme GmbH', 2],
          ['__proto__', 1],
        ]),
      );
    });
  });

  describe('credentials', () => {
    it('are unknown at first, and then those of the last run that went ahead', async () => {
      const { store, place } = bench();
      expect(await store.credentials()).toEqual({ source: null, target: null });
      await remember(store, { credentials: { source: 'digest one', target: 'digest two' } });
      await remember(store, { credentials: { source: 'digest one', target: 'digest three' } });
      const other = await place.open('read');
      expect(await other.credentials()).toEqual({ source: 'digest one', target: 'digest three' });
      await other.close();
    });
  });

  it('keeps what the target noted, which is nothing at first', async () => {
    const { store, place } = bench();
    expect(await store.targetNotes()).toEqual({});
    await remember(store, { notes: { one: ['1', '2'] } });
    await remember(store, { notes: { __proto__: ['3'], other: [] } });
    const other = await place.open('read');
    expect(await other.targetNotes()).toEqual({ __proto__: ['3'], other: [] });
    await other.close();
  });
}
