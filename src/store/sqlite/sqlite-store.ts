import type { Notes } from '../../core/notes.js';
import type { ReadMarks } from '../read-marks.js';
import type { Rekey } from '../rekey.js';
import type { RunMemory } from '../run-memory.js';
import type { Settlement, Store } from '../store.js';
import { correctionTable } from './corrections.js';
import type { Database } from './database.js';
import { endingTable } from './endings.js';
import { eraser, sweep } from './erase.js';
import { GroupCommit } from './group-commit.js';
import { journalTable } from './journal.js';
import { ledgerTables } from './ledger.js';
import { limitTables } from './limits.js';
import { LogSync } from './log-sync.js';
import { metaTable } from './meta.js';
import { refusalTable } from './refusals.js';
import { rekey } from './rekey.js';
import { runTable } from './runs.js';
import { shownTable } from './shown.js';
import { skipTable } from './skips.js';
import { snapshotTable } from './snapshots.js';
import { inState, streamInState } from './trouble.js';

/** The settlement of what the state alone carried out. */
const SETTLED = {
  outcome: 'done',
  error: null,
  snapshot: null,
  unlink: null,
  invitation: null,
  failure: null,
} as const;

/** Under this key stands the day on which it was written down whom the first read showed. */
const FIRST_READ = 'first_read';

/** The store on an open, migrated database. */
export function createSqliteStore(database: Database, file: string): Store {
  const snapshots = snapshotTable(database);
  const journal = journalTable(database);
  const ledger = ledgerTables(database);
  const runs = runTable(database);
  const refusals = refusalTable(database);
  const skips = skipTable(database);
  const endings = endingTable(database);
  const shown = shownTable(database);
  const corrections = correctionTable(database);
  const meta = metaTable(database);
  const limits = limitTables(database);
  const erase = eraser(database);

  const inOne = database.transaction((work: () => unknown) => work());
  const transact = <Result>(work: () => Result): Result => inState(file, () => inOne.immediate(work) as Result);
  // What lies in memory is never durable; everything else is written ahead.
  const log = database.memory ? null : new LogSync(database, file);
  const group = new GroupCommit(
    log === null ? { transact } : { transact: (work) => log.transact(work), synced: () => log.synced() },
  );
  // In a transaction, too: a batch sees one state, and SQLite takes its locks once instead of once per row.
  const read = async <Result>(work: () => Result): Promise<Result> => inState(file, () => inOne(work) as Result);
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

  const setMarks = ({ changesUntil, everybodyAt, filledFields, bytes }: Partial<ReadMarks>): void => {
    if (changesUntil) meta.set('changes_until', changesUntil);
    if (everybodyAt) meta.set('everybody_at', everybodyAt);
    if (filledFields) meta.set('filled_fields', JSON.stringify(filledFields));
    if (bytes) meta.set('read_bytes', bytes);
  };

  const giveIds = ({ source, lines, ...change }: Rekey): void => {
    rekey(database, change);
    meta.set('source', source);
    for (const line of lines) journal.settle({ ...SETTLED, id: journal.begin(line), at: line.at });
  };

  const keep = (memory: RunMemory): void => {
    if (memory.rekey) giveIds(memory.rekey);
    if (memory.shown) shown.note(memory.shown.isShown, memory.shown.today);
    if (memory.schedule) ledger.replaceSchedule(memory.schedule);
    if (memory.skips) skips.put(memory.skips.forget, memory.skips.add);
    if (memory.undone) ledger.putUndone(memory.undone.forget, memory.undone.add);
    if (memory.endings) endings.put([], memory.endings);
    memory.mended?.forEach(ledger.clearFailure);
    memory.invitations?.forEach(ledger.putInvitation);
    if (memory.marks) setMarks(memory.marks);
    if (memory.leftOut) limits.putLeftOut(memory.leftOut);
    memory.units?.forEach(limits.putUnit);
    if (memory.nameless) corrections.setNameless(memory.nameless);
    if (memory.notes) meta.set('target_notes', JSON.stringify(memory.notes));
    if (memory.credentials?.source) meta.set('source_credential', memory.credentials.source);
    if (memory.credentials?.target) meta.set('target_credential', memory.credentials.target);
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
    closedAccounts: (until) => stream(journal.closed(until)),
    journal: (of) => stream(journal.entries(of)),

    invitations: (ids) => read(() => ledger.invitationsOf(ids)),
    listInvitations: (states) => stream(ledger.invitationsIn(states)),
    putInvitations: (list) => write(() => list.forEach(ledger.putInvitation)),

    schedule: () => stream(ledger.schedule()),

    skips: () => stream(skips.all()),
    skipsOf: ({ ids, emailKeys }) => read(() => skips.of(ids, emailKeys)),

    leftOut: () => read(limits.leftOut),
    unitsOf: (ids) => read(() => limits.unitsOf(ids)),
    countUnits: () => read(limits.countUnits),
    credentials: () => read(() => ({ source: meta.get('source_credential'), target: meta.get('target_credential') })),
    targetNotes: () => read(() => JSON.parse(meta.get('target_notes') ?? '{}') as Notes),
    heldSource: () => read(() => meta.get('source')),
    endings: () => read(endings.open),
    putEndings: (forget, due) => write(() => endings.put(forget, due)),

    failures: () => read(ledger.failures),

    namelessUnits: () => read(corrections.nameless),
    toldCorrections: () => read(corrections.told),
    setToldCorrections: (told, at) => write(() => corrections.setTold(told, at)),

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
    setReadMarks: (marks) => write(() => setMarks(marks)),
    undone: () => read(ledger.undone),
    countPartial: (since) => read(() => runs.countPartial(since)),
    countPartialByUnit: (since) => read(() => runs.countPartialByUnit(since)),

    nextRunNumber: () => read(runs.next),
    watchedSince: (now, days) => read(() => runs.watchedSince(now, days)),
    startRun: (run) => write(() => runs.start(run)),
    recordPlan: (run) => write(() => runs.recordPlan(run)),
    countSettled: (run) => read(() => journal.countSettled(run)),
    finishRun: (run, memory = {}) =>
      write(() => {
        keep(memory);
        runs.finish(run);
        refusals.put(run.number, run.refusal ?? []);
      }),
    noteUntold: (run, sentence) => write(() => runs.noteUntold(run, sentence)),
    refusalOf: (run) => read(() => refusals.of(run)),
    runs: (count) => read(() => runs.newest(count)),

    async close() {
      log?.close();
      database.close();
    },
  };
}
