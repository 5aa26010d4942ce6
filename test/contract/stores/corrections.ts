import { describe, expect, it } from 'vitest';
import { remember } from './made-up.js';
import type { Bench } from './store-contract.js';

/** What the store keeps for HR's list of corrections. */
export function describeCorrections(bench: () => Bench): void {
  describe('what HR was told', () => {
    it('is nothing at first, and then what was told last, until a person is forgotten', async () => {
      const { store } = bench();
      expect(await store.toldCorrections()).toEqual({ digests: new Set(), at: null });
      const told = [
        { digest: 'a', employeeId: '1' },
        { digest: 'b', employeeId: null },
      ];
      await store.setToldCorrections([...told, ...told, { digest: 'c', employeeId: '2' }], '2026-11-24T02:00:00.000Z');
      await store.setToldCorrections(told, null);
      expect(await store.toldCorrections()).toEqual({ digests: new Set(['a', 'b']), at: '2026-11-24T02:00:00.000Z' });
      await store.forget('1');
      expect((await store.toldCorrections()).digests).toEqual(new Set(['b']));
    });
  });

  it('units without a name are those of the last run that told of any', async () => {
    const { store } = bench();
    expect(await store.namelessUnits()).toEqual([]);
    await remember(store, { nameless: [{ field: 'team', people: 3 }] });
    await remember(store, {});
    expect(await store.namelessUnits()).toEqual([{ field: 'team', people: 3 }]);
    await remember(store, { nameless: [] });
    expect(await store.namelessUnits()).toEqual([]);
  });
}
