import { describe, expect, it } from 'vitest';
import type { Rekey } from '../../../src/store/rekey.js';
import { AT, allOf, failure, intent, invitation, person, remember, settlement, skip, snapshot } from './made-up.js';
import type { Bench } from './store-contract.js';

const SUFFIX = '.before-run-7';

/** A rekey that only moves, with everything else set apart. */
function moving(moves: Readonly<Record<string, string>>, change: Partial<Rekey> = {}): Rekey {
  const apart = { suffix: SUFFIX, everybody: true };
  return { source: 'other', moves: new Map(Object.entries(moves)), lines: [], apart, shown: [], ...change };
}

/** People of whom everything is known that a store can know; 1 is the manager of 2, and 3 waits for 2. */
async function fill({ store }: Bench): Promise<void> {
  await store.startRun({ command: 'import-all', startedAt: AT });
  await store.keepFirstRead('2026-11-24', ['8', '9']);
  for (const id of ['1', '2', '3']) {
    const fields = { manager: { before: null, after: '1' } };
    const [attempt = 0] = await store.begin([intent(id, { fields })]);
    const held = { external_id: id, ...(id === '2' && { manager: '1' }) };
    const awaitingManager = id === '3' ? '2' : null;
    const gone = { missingSince: '2026-11-20', missingRuns: 1 };
    const account = snapshot(id, { fields: held, awaitingManager, ...gone });
    await store.settle([settlement(attempt, { snapshot: account, invitation: invitation(id) })]);
    const [failed = 0] = await store.begin([intent(id)]);
    await store.settle([settlement(failed, { outcome: 'failed', error: 'no', failure: failure(id) })]);
  }
  await remember(store, {
    schedule: [{ kind: 'deactivate', employee: person('1'), on: '2026-12-24' }],
    skips: { forget: null, add: [skip('1')] },
    undone: { forget: null, add: ['1', '3'] },
    leftOut: ['1'],
    units: [{ employeeId: '1', unit: 'Acme GmbH' }],
    marks: { changesUntil: AT, everybodyAt: AT, filledFields: { team: 3 }, bytes: 'b' },
  });
  await store.putEndings([], [{ employee: person('1'), since: '2026-11-24', because: 'left', why: null }]);
}

/** What a store says of somebody beyond the account, by the id that it knows them by. */
async function knownOf({ store }: Bench, id: string): Promise<readonly unknown[]> {
  const isTheirs = ({ employee }: { readonly employee: { readonly id: string } }) => employee.id === id;
  return [
    (await allOf(store.journal({ employeeId: id }))).length,
    (await store.invitations([id])).length,
    (await store.failures()).filter(isTheirs).length,
    (await store.skipsOf({ ids: [id], emailKeys: [] })).length,
    (await allOf(store.schedule())).filter(isTheirs).length,
    (await store.undone()).includes(id),
    (await store.leftOut()).has(id),
    (await store.unitsOf([id])).get(id),
    (await store.endings()).filter(isTheirs).length,
  ];
}

const ALL = [2, 1, 1, 1, 1, true, true, 'Acme GmbH', 1];
const NOTHING = [0, 0, 0, 0, 0, false, false, undefined, 0];

/** What a store promises of giving people other ids. */
export function describeRekey(bench: () => Bench): void {
  describe('other employee ids', () => {
    it('move everything that is known of somebody, also where ids change hands', async () => {
      const { store } = bench();
      await fill(bench());
      expect(await knownOf(bench(), '1')).toEqual(ALL);
      await remember(store, { rekey: moving({ '1': '2', '2': '1', '3': '30' }) });
      expect(await knownOf(bench(), '2')).toEqual(ALL);
      expect(await knownOf(bench(), '3')).toEqual(NOTHING);
      expect(await store.snapshotsOf(['1', '2', '30'])).toMatchObject([
        { employeeId: '1', accountId: 'a2', email: 'p2@acme.example', hash: null, missingSince: null, missingRuns: 0 },
        { employeeId: '2', accountId: 'a1', hash: null },
        { employeeId: '30', accountId: 'a3', fields: { external_id: '3' } },
      ]);
      expect(await store.heldSource()).toBe('other');
    });

    it('name managers as well, in accounts, in what they wait for, and in the past', async () => {
      const { store } = bench();
      await fill(bench());
      await remember(store, { rekey: moving({ '1': '10', '2': '20', '3': '30' }) });
      expect(await store.reportsOf(['10'])).toMatchObject([{ employeeId: '20', fields: { manager: '10' } }]);
      expect(await store.reportsOf(['1'])).toEqual([]);
      expect(await store.snapshotsOf(['30'])).toMatchObject([{ awaitingManager: '20' }]);
      const [past] = await allOf(store.journal({ employeeId: '20' }));
      expect(past?.fields['manager']).toEqual({ before: null, after: '10' });
    });

    it('of another HR system set everybody else apart, so that nobody new gets what was theirs', async () => {
      const { store } = bench();
      await fill(bench());
      await remember(store, { rekey: moving({ '3': '1' }, { shown: ['2'] }) });
      expect(await store.snapshotsOf(['1', '2', '3'])).toMatchObject([{ accountId: 'a3' }]);
      expect(await store.snapshotsOf([`1${SUFFIX}`, `2${SUFFIX}`])).toMatchObject([
        { accountId: 'a1', missingRuns: 1 },
        { accountId: 'a2', fields: { manager: `1${SUFFIX}` } },
      ]);
      expect(await knownOf(bench(), `1${SUFFIX}`)).toEqual(ALL);
      expect(await store.shownAtFirst(['2', '8', '9'])).toEqual(new Set(['2']));
    });

    it('of the same HR system leave everybody else alone whose id nobody gets', async () => {
      const { store } = bench();
      await fill(bench());
      const apart = { suffix: SUFFIX, everybody: false };
      await remember(store, { rekey: moving({ '3': '1' }, { apart, shown: ['7'] }) });
      const ids = ['1', '2', '3', `1${SUFFIX}`];
      const links = (await store.snapshotsOf(ids)).map(({ employeeId, accountId }) => [employeeId, accountId]);
      expect(Object.fromEntries(links)).toEqual({ '1': 'a3', '2': 'a2', [`1${SUFFIX}`]: 'a1' });
      expect(await store.shownAtFirst(['7', '8', '9'])).toEqual(new Set(['7', '8', '9']));
    });

    it('are told by lines of the journal, and have everybody read anew', async () => {
      const { store } = bench();
      await fill(bench());
      const run = await store.startRun({ command: 'rekey', startedAt: AT });
      const line = intent('10', { run, kind: 'rekey', fields: {}, because: 'was #1' });
      await remember(store, { rekey: moving({ '1': '10' }, { lines: [line] }) });
      expect(await store.openIntents()).toEqual([]);
      expect(await allOf(store.journal({ run }))).toMatchObject([
        { kind: 'rekey', outcome: 'done', because: 'was #1' },
      ]);
      const marks = { changesUntil: null, everybodyAt: null, bytes: null, filledFields: { team: 3 } };
      expect(await store.readMarks()).toEqual(marks);
    });

    it('are all given or none: two people under one id change nothing', async () => {
      const { store } = bench();
      await fill(bench());
      const before = await store.snapshotsOf(['1', '2', '3']);
      await expect(remember(store, { rekey: moving({ '1': '10', '2': '10' }) })).rejects.toThrow();
      expect(await store.snapshotsOf(['1', '2', '3'])).toEqual(before);
      expect(await knownOf(bench(), '1')).toEqual(ALL);
      await remember(store, { rekey: moving({ '1': '10', '2': '20' }) });
      expect(await knownOf(bench(), '10')).toEqual(ALL);
    });
  });
}
