import { expect, it } from 'vitest';
import type { ChangeKind, PlannedChange } from '../../../../src/core/change.js';
import type { Failure } from '../../../../src/store/store.js';
import { Failures } from '../../../../src/sync/apply/failures.js';

const NOW = '2026-11-24T02:00:00.000Z';

/** One more failure of somebody who has failed before like this, or never. */
async function failing(kind: ChangeKind, before: Pick<Failure, 'kind' | 'attempts'> | null) {
  const employee = { id: '1001', email: null, name: null };
  const known = before && { ...before, employee, error: 'no', firstAt: '2026-11-20T02:00:00.000Z', lastAt: NOW };
  const store = { failures: async () => (known === null ? [] : [{ ...known, retryAt: '2026-12-01T02:00:00.000Z' }]) };
  const failures = await Failures.of(store, () => new Date(NOW));
  const { attempts, firstAt, retryAt } = failures.add({ employee, kind } as PlannedChange, 'no');
  return { attempts, since: firstAt.slice(0, 10), retryAt, rests: failures.restsUntil('1001') };
}

it('makes somebody rest longer with every failure, for endings not at all', async () => {
  const later = '2026-11-24T08:00:00.000Z';
  const again = await failing('update', { kind: 'create', attempts: 1 });
  expect(again).toEqual({ attempts: 2, since: '2026-11-20', retryAt: later, rests: later });
  for (const kind of ['deactivate', 'delete'] as const) {
    const ending = await failing(kind, { kind: 'deactivate', attempts: 6 });
    expect(ending).toEqual({ attempts: 7, since: '2026-11-20', retryAt: NOW, rests: null });
  }
});

it('counts what went wrong with an ending apart from what went wrong before it and after', async () => {
  expect(await failing('deactivate', { kind: 'update', attempts: 6 })).toMatchObject({
    attempts: 1,
    since: '2026-11-24',
  });
  expect(await failing('update', { kind: 'delete', attempts: 6 })).toMatchObject({
    attempts: 1,
    rests: '2026-11-24T03:00:00.000Z',
  });
});
