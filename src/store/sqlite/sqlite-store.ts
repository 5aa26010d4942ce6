import type { Scheduled } from '../../core/change.js';
import type { Notes } from '../../core/notes.js';
import type { ReadMarks } from '../read-marks.js';
import type { Settlement, Store } from '../store.js';
import type { Database } from './database.js';
import { endingTable } from './endings.js';
import { eraser, sweep } from './erase.js';
import { GroupCommit } from './group-commit.js';
import { journalTable } from './journal.js';
import { ledgerTables } from './ledger.js';
import { limitTables } from './limits.js';
import { metaTable } from './meta.js';
import { runTable } from './runs.js';
import { shownTable } from './shown.js';
import { skipTable } from './skips.js';
import { snapshotTable } from './snapshots.js';
import { inState, streamInState } from './trouble.js';

/** Under this key stands the day on which it was written down whom the first read showed. */
const FIRST_READ = 'first_read';

/** The store on an open, migrated database. */
export function createSqliteStore(database: Database, file: string): Store {
  const snapshots = snapshotTable(database);
  const journal = journalTable(database);
  const ledger = ledgerTables(database);
  const runs = runTable(database);
  const skips = skipTable(database);
  const endings = endingTable(database);
  const shown = shownTable(database);
  const meta = metaTable(database);
  const limits = limitTables(database);
  const erase = eraser(database);

  const transact = <Result>(work: () => Result): Result => inState(file, () => database.transaction(work).immediate());
  const group = new GroupCommit(transact);
  // In a transaction, too: a batch sees one state, and SQLite takes its locks once instead of once per row.
  const read = async <Result>(work: () => Result): Promise<Result> => inState(file, database.transaction(work));
  const write = async <Result>(work: () => Result): Promise<Result> => transact(work);
  const stream = <Item>(items: AsyncGenerator<Item>): AsyncGenerator<Item> => streamInState(file, items);

  const settleOne = (settlement: Settlement): void => {
    const { snapshot, unlink, invitation, failure, outcome } = settlement;
    const employeeId = journal.settle(settlement);
    if (unlink !== null) snapshots.remove(unlink);
    if (snapshot !== null) snapshots.put(snapshot);
    if (invitation !== null) ledger.putInvitation(invitation);
    if (failure !== null) ledger.putFailure(failure);
    else if (outcome === 'done') ledger.clearFailure(employeeId);
  };

  return {
    lastCompleteRun: () => read(runs.lastComplete),
    firstImportDay: () => read(() => meta.get('first_import')),
    setFirstImportDay: (day) => write(() => meta.set('first_import', day)),
    keepFirstRead: (day, ids) =>
      write(() => {
        if (meta.get(FIRST_READ) !== null) return;
        meta.set(FIRST_READ, day);
        if (meta.get('first_import') === null) meta.set('first_import', day);
        shown.add(ids);
      }),
    shownAtFirst: (ids) => read(() => (meta.get(FIRST_READ) === null ? null : shown.among(ids))),
    noteShown: (isShown, today) => write(() => shown.note(isShown, today)),

    keysOf: (ids) => read(() => snapshots.keysOf(ids)),
    snapshotsOf: (ids) => read(() => snapshots.of(ids)),
    snapshotsByEmail: (keys) => read(() => snapshots.byEmail(keys)),
    snapshotsByAccount: (ids) => read(() => snapshots.byAccount(ids)),
    formerAddresses: (ids) => read(() => snapshots.formerAddresses(ids)),
    reportsOf: (ids) => read(() => snapshots.reportsOf(ids)),
    snapshots: () => stream(snapshots.all()),
    absent: (wasSeen) => stream(snapshots.absent(wasSeen)),
    missing: () => read(snapshots.missing),
    countSnapshots: () => read(snapshots.count),
    putSnapshots: (list) => write(() => list.forEach(snapshots.put)),

    async begin(intents) {
      const ids: number[] = [];
      await group.write(() => {
        ids.length = 0;
        for (const intent of intents) ids.push(journal.begin(intent));
      });
      return ids;
    },
    settle: (settlements) => group.write(() => settlements.forEach(settleOne)),
    openIntents: () => read(journal.open),
    journal: (of) => stream(journal.entries(of)),

    invitations: (ids) => read(() => ledger.invitationsOf(ids)),
    listInvitations: (states) => stream(ledger.invitationsIn(states)),
    putInvitations: (list) => write(() => list.forEach(ledger.putInvitation)),

    schedule: () => stream(ledger.schedule()),
    async replaceSchedule(scheduled) {
      const all: Scheduled[] = [];
      for await (const batch of scheduled) all.push(...batch);
      await write(() => {
        ledger.clearSchedule();
        all.forEach(ledger.addScheduled);
      });
    },

    skips: () => stream(skips.all()),
    skipsOf: ({ ids, emailKeys }) => read(() => skips.of(ids, emailKeys)),
    putSkips: (forget, add) => write(() => skips.put(forget, add)),

    leftOut: () => read(limits.leftOut),
    putLeftOut: (ids) => write(() => limits.putLeftOut(ids)),
    unitsOf: (ids) => read(() => limits.unitsOf(ids)),
    countUnits: () => read(limits.countUnits),
    putUnits: (list) => write(() => list.forEach(limits.putUnit)),
    credentials: () => read(() => ({ source: meta.get('source_credential'), target: meta.get('target_credential') })),
    putCredentials: ({ source, target }) =>
      write(() => {
        if (source !== null) meta.set('source_credential', source);
        if (target !== null) meta.set('target_credential', target);
      }),
    targetNotes: () => read(() => JSON.parse(meta.get('target_notes') ?? '{}') as Notes),
    putTargetNotes: (notes) => write(() => meta.set('target_notes', JSON.stringify(notes))),
    endings: () => read(endings.open),
    putEndings: (forget, due) => write(() => endings.put(forget, due)),

    failures: () => read(ledger.failures),
    clearFailures: (ids) => write(() => ids.forEach(ledger.clearFailure)),

    async forget(employeeId) {
      const erased = transact(() => erase.forget(employeeId));
      inState(file, () => sweep(database));
      return erased;
    },
    async prune(retention, { rehearse }) {
      if (rehearse) return read(() => erase.prune('count', retention));
      const erased = transact(() => erase.prune('erase', retention));
      inState(file, () => sweep(database));
      return erased;
    },
    readMarks: () =>
      read(() => ({
        changesUntil: meta.get('changes_until'),
        everybodyAt: meta.get('everybody_at'),
        filledFields: JSON.parse(meta.get('filled_fields') ?? 'null') as ReadMarks['filledFields'],
        bytes: meta.get('read_bytes'),
      })),
    setReadMarks: ({ changesUntil, everybodyAt, filledFields, bytes }) =>
      write(() => {
        if (changesUntil) meta.set('changes_until', changesUntil);
        if (everybodyAt) meta.set('everybody_at', everybodyAt);
        if (filledFields) meta.set('filled_fields', JSON.stringify(filledFields));
        if (bytes) meta.set('read_bytes', bytes);
      }),
    undone: () => read(ledger.undone),
    putUndone: (forget, add) => write(() => ledger.putUndone(forget, add)),
    countPartial: (since) => read(() => runs.countPartial(since)),
    countPartialByUnit: (since) => read(() => runs.countPartialByUnit(since)),

    nextRunNumber: () => read(runs.next),
    startRun: (run) => write(() => runs.start(run)),
    recordPlan: (run) => write(() => runs.recordPlan(run)),
    countSettled: (run) => read(() => journal.countSettled(run)),
    finishRun: (run) => write(() => runs.finish(run)),
    runs: (count) => read(() => runs.newest(count)),

    close: async () => void database.close(),
  };
}
