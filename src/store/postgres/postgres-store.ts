import type { Notes } from '../../core/notes.js';
import type { ReadMarks } from '../read-marks.js';
import type { RunMemory } from '../run-memory.js';
import type { Settlement, Store } from '../store.js';
import type { Run } from './connection.js';
import type { Session } from './session.js';
import { type Statement, statement } from './statement.js';
import { correctionTable } from './tables/corrections.js';
import { endingTable } from './tables/endings.js';
import { eraser, sweep } from './tables/erase.js';
import { journalTable } from './tables/journal.js';
import { ledgerTables } from './tables/ledger.js';
import { limitTables } from './tables/limits.js';
import { metaTable } from './tables/meta.js';
import { refusalTable } from './tables/refusals.js';
import { rekey } from './tables/rekey.js';
import { runTable } from './tables/runs.js';
import { shownTable } from './tables/shown.js';
import { skipTable } from './tables/skips.js';
import { snapshotTable } from './tables/snapshots.js';

/** The settlement of what the state alone carried out. */
const SETTLED = { outcome: 'done', error: null, snapshot: null } as const;

/** Under this key stands the day on which it was written down whom the first read showed. */
const FIRST_READ = 'first_read';

const HELD_SOURCE = 'SELECT source FROM connector WHERE name = $1';
const SET_SOURCE = 'UPDATE connector SET source = $2 WHERE name = $1';

/** The store of one connector on an open connection to an up-to-date schema. */
export function createPostgresStore(session: Session): Store {
  const { connector } = session;
  const { put: putSnapshots, remove, ...snapshots } = snapshotTable(session);
  const journal = journalTable(session);
  const ledger = ledgerTables(session);
  const runs = runTable(session);
  const refusals = refusalTable(session);
  const skips = skipTable(session);
  const endings = endingTable(session);
  const shown = shownTable(session);
  const corrections = correctionTable(session);
  const meta = metaTable(session);
  const limits = limitTables(session);
  const erase = eraser(session);

  const write = async (statements: readonly Statement[]): Promise<void> => void (await session.write(statements));

  const settleOne = (settlement: Settlement): Statement[] => {
    const { id, snapshot, unlink, invitation, failure, outcome } = settlement;
    return [
      journal.settle(settlement),
      ...(unlink === null ? [] : [remove(unlink)]),
      ...(snapshot === null ? [] : putSnapshots([snapshot])),
      ...(invitation === null ? [] : ledger.putInvitations([invitation])),
      ...(failure === null ? [] : ledger.putFailure(failure)),
      ...(failure === null && outcome === 'done' ? [ledger.clearFailureOf(id)] : []),
    ];
  };

  const marks = ({ changesUntil, everybodyAt, filledFields, bytes }: Partial<ReadMarks>): Statement[] => [
    ...(changesUntil ? [meta.set('changes_until', changesUntil)] : []),
    ...(everybodyAt ? [meta.set('everybody_at', everybodyAt)] : []),
    ...(filledFields ? [meta.set('filled_fields', JSON.stringify(filledFields))] : []),
    ...(bytes ? [meta.set('read_bytes', bytes)] : []),
  ];

  const giveIds = async (run: Run, { source, lines, ...change }: NonNullable<RunMemory['rekey']>): Promise<void> => {
    await rekey(session, run, change);
    await run(statement(SET_SOURCE, connector, source));
    for (const line of lines)
      for (const begun of journal.begin([line]))
        for (const { id } of await run(begun)) await run(journal.settle({ ...SETTLED, id: Number(id), at: line.at }));
  };

  /** What a run leaves, but for what depends on what stands there. */
  const keep = (memory: RunMemory): Statement[] => [
    ...(memory.schedule ? ledger.replaceSchedule(memory.schedule) : []),
    ...(memory.skips ? skips.put(memory.skips) : []),
    ...(memory.undone ? ledger.putUndone(memory.undone) : []),
    ...(memory.endings ? endings.put([], memory.endings) : []),
    ...ledger.clearFailures(memory.mended ?? []),
    ...ledger.putInvitations(memory.invitations ?? []),
    ...(memory.marks ? marks(memory.marks) : []),
    ...(memory.leftOut ? limits.putLeftOut(memory.leftOut) : []),
    ...limits.putUnits(memory.units ?? []),
    ...(memory.nameless ? [corrections.setNameless(memory.nameless)] : []),
    ...(memory.notes ? [meta.set('target_notes', JSON.stringify(memory.notes))] : []),
    ...(memory.credentials?.source ? [meta.set('source_credential', memory.credentials.source)] : []),
    ...(memory.credentials?.target ? [meta.set('target_credential', memory.credentials.target)] : []),
  ];

  return {
    ...snapshots,
    lastCompleteRun: runs.lastCompleteRun,
    firstImportDay: async () => (await meta.get('first_import')).first_import,
    setFirstImportDay: (day) => write([meta.set('first_import', day)]),
    async keepFirstRead(day, ids) {
      const held = await meta.get(FIRST_READ, 'first_import');
      if (held[FIRST_READ] !== null) return;
      const first = held.first_import === null ? [meta.set('first_import', day)] : [];
      await write([meta.set(FIRST_READ, day), ...first, ...shown.add(ids)]);
    },
    shownAtFirst: async (ids) => ((await meta.get(FIRST_READ))[FIRST_READ] === null ? null : shown.among(ids)),

    async begin(intents) {
      const answers = await session.writeSoon(journal.begin(intents));
      return answers.flat().map(({ id }) => Number(id));
    },
    settle: async (settlements) => void (await session.writeSoon(settlements.flatMap(settleOne))),
    openIntents: journal.openIntents,
    closedAccounts: journal.closedAccounts,
    journal: journal.journal,
    countSettled: journal.countSettled,

    invitations: ledger.invitations,
    listInvitations: ledger.listInvitations,
    putInvitations: (list) => write(ledger.putInvitations(list)),

    schedule: ledger.schedule,
    skips: skips.skips,
    skipsOf: skips.skipsOf,
    failures: ledger.failures,
    undone: ledger.undone,

    leftOut: limits.leftOut,
    unitsOf: limits.unitsOf,
    countUnits: limits.countUnits,
    async credentials() {
      const { source_credential, target_credential } = await meta.get('source_credential', 'target_credential');
      return { source: source_credential, target: target_credential };
    },
    targetNotes: async () => JSON.parse((await meta.get('target_notes')).target_notes ?? '{}') as Notes,
    heldSource: async () =>
      (await session.first<{ source: string | null }>(statement(HELD_SOURCE, connector)))?.source ?? null,
    endings: endings.open,
    putEndings: (forget, due) => write(endings.put(forget, due)),

    namelessUnits: corrections.nameless,
    toldCorrections: corrections.told,
    setToldCorrections: (told, at) => write(corrections.setTold(told, at)),

    async forget(employeeId) {
      const erased = await session.transact((run) => erase.forget(run, employeeId));
      await sweep(session);
      return erased;
    },
    async prune(retention, { rehearse }) {
      const erased = await session.transact((run) => erase.prune(run, rehearse ? 'count' : 'erase', retention));
      if (!rehearse) await sweep(session);
      return erased;
    },
    async readMarks() {
      const held = await meta.get('changes_until', 'everybody_at', 'filled_fields', 'read_bytes');
      return {
        changesUntil: held.changes_until,
        everybodyAt: held.everybody_at,
        filledFields: JSON.parse(held.filled_fields ?? 'null') as ReadMarks['filledFields'],
        bytes: held.read_bytes,
      };
    },
    setReadMarks: (given) => write(marks(given)),
    countPartial: runs.countPartial,
    countPartialByUnit: runs.countPartialByUnit,

    nextRunNumber: runs.nextRunNumber,
    watchedSince: runs.watchedSince,
    startRun: runs.start,
    recordPlan: (run) => write([runs.recordPlan(run)]),
    async finishRun(run, memory = {}) {
      const left = [...keep(memory), runs.finish(run), ...refusals.put(run.number, run.refusal ?? [])];
      const { rekey: ids, shown: seen } = memory;
      if (ids === undefined && seen === undefined) return write(left);
      await session.transact(async (send) => {
        if (ids !== undefined) await giveIds(send, ids);
        if (seen !== undefined) await shown.note(send, seen.isShown, seen.today);
        await Promise.all(left.map(send));
      });
    },
    noteUntold: (run, sentence) => write([runs.noteUntold(run, sentence)]),
    refusalOf: refusals.of,
    runs: runs.runs,

    close: () => session.close(),
  };
}
