import { describe, expect, it } from 'vitest';
import { allOf, batchesOf, ids, snapshot } from './made-up.js';
import type { Bench } from './store-contract.js';

/** What the store knows of linked accounts. */
export function describeSnapshots(bench: () => Bench): void {
  describe('snapshots', () => {
    it('come back as they were put, whatever their fields hold', async () => {
      const { store } = bench();
      const fields = { text: 'Zoë 中 "\u0000\u001b[31m', number: 1.5, yes: true, set: ['b', 'a'], cleared: null };
      const whole = snapshot('1', { fields, awaitingManager: '9', missingSince: '2026-11-20', missingRuns: 2 });
      const bare = snapshot('2', { name: null, email: null, fields: {}, hash: null, startDate: null });
      await store.putSnapshots([whole, bare]);
      expect(await store.snapshotsOf(['2', '1', 'nobody'])).toEqual([bare, whole]);
    });

    it('keep a field whose name means something to JavaScript', async () => {
      const { store } = bench();
      const fields = Object.fromEntries([['__proto__', 'x']]);
      await store.putSnapshots([snapshot('1', { fields })]);
      expect(Object.entries((await store.snapshotsOf(['1']))[0]?.fields ?? {})).toEqual([['__proto__', 'x']]);
    });

    it('give keys for those who are linked, and for nobody else', async () => {
      const { store } = bench();
      const known = { hash: null, awaitingManager: '7', missingSince: '2026-11-20' };
      await store.putSnapshots([snapshot('1'), snapshot('2', { ...known, state: 'deactivated' })]);
      const keys = await store.keysOf(['2', 'nobody']);
      expect(keys).toEqual([{ row: expect.any(Number), employeeId: '2', state: 'deactivated', ...known }]);
    });

    it('stay in their row when they are put again', async () => {
      const { store } = bench();
      await store.putSnapshots(['1', '2', '3'].map((id) => snapshot(id)));
      const before = await store.keysOf(['1', '2', '3']);
      await store.putSnapshots([snapshot('2', { accountId: 'b2', hash: 'new' }), snapshot('1', { state: 'deleted' })]);
      const after = await store.keysOf(['1', '2', '3']);
      expect(after.map((key) => key.row)).toEqual(before.map((key) => key.row));
      expect(new Set(after.map((key) => key.row)).size).toBe(3);
    });

    it('are found by address in any spelling, once however often it is asked for', async () => {
      const { store } = bench();
      await store.putSnapshots([
        snapshot('1', { email: ' Zoë@Acme.example ' }),
        snapshot('2', { email: null }),
        snapshot('3'),
      ]);
      const found = await store.snapshotsByEmail(['zoë@acme.example', 'zoë@acme.example', 'nobody@acme.example']);
      expect(found.map((one) => one.employeeId)).toEqual(['1']);
      expect(found[0]?.email).toBe(' Zoë@Acme.example ');
    });

    it('are no longer found by what they gave up', async () => {
      const { store } = bench();
      await store.putSnapshots([snapshot('1', { fields: { manager: '9' } })]);
      await store.putSnapshots([snapshot('1', { email: 'new@acme.example', accountId: 'b1', fields: {} })]);
      expect(await store.snapshotsByEmail(['p1@acme.example'])).toEqual([]);
      expect(await store.snapshotsByAccount(['a1'])).toEqual([]);
      expect(await store.reportsOf(['9'])).toEqual([]);
    });

    it('are found by manager while they are active', async () => {
      const { store } = bench();
      const fields = { manager: '9' };
      await store.putSnapshots([
        snapshot('1', { fields }),
        snapshot('2', { fields, state: 'deactivated' }),
        snapshot('3', { fields: { manager: '8' } }),
        snapshot('4', { fields: { manager: null } }),
      ]);
      expect((await store.reportsOf(['9', '9'])).map((one) => one.employeeId)).toEqual(['1']);
    });

    it('of two people never hold one account, and then nothing of the batch is written', async () => {
      const { store } = bench();
      await store.putSnapshots([snapshot('1')]);
      await expect(store.putSnapshots([snapshot('2'), snapshot('3', { accountId: 'a1' })])).rejects.toThrow();
      expect((await allOf(store.snapshots())).map((one) => one.employeeId)).toEqual(['1']);
    });

    it('of deleted accounts do not stand in the way of who has the account now', async () => {
      const { store } = bench();
      await store.putSnapshots([
        snapshot('1', { state: 'deleted' }),
        snapshot('2', { state: 'deleted', accountId: 'a1' }),
      ]);
      await store.putSnapshots([snapshot('3', { accountId: 'a1' })]);
      expect((await store.snapshotsByAccount(['a1'])).map((one) => one.employeeId).sort()).toEqual(['1', '2', '3']);
    });

    it('are counted by state', async () => {
      const { store } = bench();
      expect(await store.countSnapshots()).toEqual({ active: 0, pending: 0, deactivated: 0, deleted: 0 });
      const states = ['active', 'active', 'pending', 'deactivated'] as const;
      await store.putSnapshots(states.map((state, index) => snapshot(String(index), { state })));
      expect(await store.countSnapshots()).toEqual({ active: 2, pending: 1, deactivated: 1, deleted: 0 });
    });

    it('are all read once, in the order of their rows, also while others are written', async () => {
      const { store } = bench();
      const everybody = ids(1, 1_200);
      await store.putSnapshots(everybody.map((id) => snapshot(id)));
      const seen: { readonly row: number; readonly employeeId: string }[] = [];
      for await (const batch of store.snapshots()) {
        seen.push(...batch);
        await store.putSnapshots([snapshot('1', { hash: 'new' }), snapshot('1200', { hash: 'new' })]);
        if (seen.length < 1_200) await store.putSnapshots([snapshot(`new${seen.length}`)]);
      }
      const rows = seen.map((one) => one.row);
      expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
      expect(seen.slice(0, 1_200).map((one) => one.employeeId)).toEqual(everybody);
      expect(seen.length).toBeGreaterThan(1_200);
    });

    it('of active and pending people whose rows were not seen are the absent ones, in batches', async () => {
      const { store } = bench();
      const everybody = ids(1, 12_000);
      const state = (id: string) =>
        Number(id) % 10 === 0 ? 'deactivated' : Number(id) % 12 === 0 ? 'pending' : 'active';
      await store.putSnapshots(everybody.map((id) => snapshot(id, { state: state(id) })));
      const seen = new Set((await store.keysOf(everybody.filter((id) => Number(id) % 4 !== 0))).map((key) => key.row));
      const batches = await batchesOf(store.absent((row) => seen.has(row)));
      const expected = everybody.filter((id) => Number(id) % 4 === 0 && state(id) !== 'deactivated');
      expect(
        batches
          .flat()
          .map((one) => one.employeeId)
          .sort(),
      ).toEqual(expected.sort());
      expect(batches.flat()).toContainEqual(snapshot('4'));
      expect(batches.length).toBeGreaterThan(1);
      expect(await allOf(store.absent(() => true))).toEqual([]);
    });
  });
}
