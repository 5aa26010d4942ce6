import type { Erased, Retention } from '../../retention.js';
import type { Run } from '../connection.js';
import type { Session } from '../session.js';
import { statement, type Value } from '../statement.js';

type Kind = keyof Erased;
type Act = 'erase' | 'count';

const TABLES: Readonly<Record<Kind, string>> = {
  accounts: 'snapshot',
  attempts: 'journal',
  invitations: 'invitation',
  scheduled: 'schedule',
  failures: 'failure',
  skips: 'skip',
  runs: 'run',
};
const ABOUT_PEOPLE = ['accounts', 'attempts', 'invitations', 'scheduled', 'failures', 'skips'] as const;
/** Further tables with an employee id, whose rows no report counts. */
const BESIDE = ['undone', 'inbox', 'left_out', 'unit', 'ending', 'shown', 'refused_person', 'told_correction'] as const;

/** What may go once it is older than an instant. */
const HISTORY = {
  // An attempt without a clear outcome is what keeps a change from being made twice: it is never too old.
  attempts: `at < $2 AND outcome IS NOT NULL AND outcome <> 'uncertain' AND employee_id <> ALL($3)`,
  invitations: `state = 'cancelled' AND at < $2 AND employee_id <> ALL($3)`,
  skips: 'at < $2 AND employee_id <> ALL($3)',
  // The last read that was believed measures the next one, and the newest run tells how old the state is.
  runs: `started_at < $2 AND $3::text[] IS NOT NULL AND number NOT IN
    (SELECT max(number) FROM run WHERE connector = $1
     UNION SELECT coalesce(max(number), 0) FROM run WHERE connector = $1 AND complete)`,
} as const;

const LEAVERS = `SELECT employee_id AS id FROM snapshot s WHERE s.connector = $1 AND s.state IN ('deactivated', 'deleted')
  AND NOT EXISTS (SELECT 1 FROM journal j WHERE j.connector = $1 AND j.employee_id = s.employee_id
    AND (j.at >= $2 OR j.settled_at >= $2 OR j.outcome IS NULL OR j.outcome = 'uncertain'))`;

/** Every account that was ever these people's, as far as the state knows. */
const ACCOUNTS_OF = `SELECT account_id AS id FROM snapshot WHERE connector = $1 AND employee_id = ANY($2)
  UNION SELECT account FROM journal WHERE connector = $1 AND employee_id = ANY($2) AND account IS NOT NULL`;

/** Takes people and old history out of the tables. */
export function eraser(session: Session) {
  const { connector } = session;
  const values = async (run: Run, text: string, ...given: readonly Value[]): Promise<string[]> =>
    (await run(statement(text, connector, ...given))).map(({ id }) => String(id));
  const rows = async (run: Run, act: Act, kind: Kind, where: string, ...given: readonly Value[]): Promise<number> => {
    const from = `FROM ${TABLES[kind]} WHERE connector = $1 AND ${where}`;
    const text =
      act === 'erase'
        ? `WITH gone AS (DELETE ${from} RETURNING 1) SELECT count(*) FROM gone`
        : `SELECT count(*) ${from}`;
    return Number((await run(statement(text, connector, ...given)))[0]?.['count'] ?? 0);
  };

  const people = async (run: Run, act: Act, ids: readonly string[]): Promise<Erased> => {
    if (ids.length === 0) return NOTHING;
    const accounts = act === 'erase' ? await values(run, ACCOUNTS_OF, ids) : [];
    if (act === 'erase') {
      const loosen = 'UPDATE snapshot SET awaiting_manager = NULL WHERE connector = $1 AND awaiting_manager = ANY($2)';
      await run(statement(loosen, connector, ids));
      for (const table of BESIDE)
        await run(statement(`DELETE FROM ${table} WHERE connector = $1 AND employee_id = ANY($2)`, connector, ids));
    }
    const erased: Record<Kind, number> = { ...NOTHING };
    for (const kind of ABOUT_PEOPLE) erased[kind] = await rows(run, act, kind, 'employee_id = ANY($2)', ids);
    // Last, because a link that is taken out leaves its address behind.
    if (act === 'erase')
      await run(
        statement('DELETE FROM former_address WHERE connector = $1 AND account_id = ANY($2)', connector, accounts),
      );
    return erased;
  };

  return {
    forget: (run: Run, employeeId: string): Promise<Erased> => people(run, 'erase', [employeeId]),
    async prune(run: Run, act: Act, { before, leavers }: Retention): Promise<Erased> {
      const gone = leavers ? await values(run, LEAVERS, before) : [];
      // An employee id alone, of somebody who is long gone from HR: no row that a report would count.
      if (act === 'erase')
        await run(
          statement('DELETE FROM shown WHERE connector = $1 AND gone_since < $2', connector, before.slice(0, 10)),
        );
      const erased: Record<Kind, number> = { ...(await people(run, act, gone)) };
      // Those who go whole are counted with the people.
      for (const kind of ['attempts', 'invitations', 'skips', 'runs'] as const)
        erased[kind] += await rows(run, act, kind, HISTORY[kind], before, gone);
      if (act === 'erase')
        for (const table of ['refusal', 'refused_person'])
          await run(
            statement(
              `DELETE FROM ${table} WHERE connector = $1 AND run NOT IN (SELECT number FROM run WHERE connector = $1)`,
              connector,
            ),
          );
      return erased;
    },
  };
}

const NOTHING: Erased = { accounts: 0, attempts: 0, invitations: 0, scheduled: 0, failures: 0, skips: 0, runs: 0 };

/** Tables whose deleted rows are to leave the disk; only the role that owns them may have that done. */
const SWEPT = [...ABOUT_PEOPLE.map((kind) => TABLES[kind]), ...BESIDE, 'former_address'];

/** Leaves nothing of deleted rows in the tables. The log of the server and backups of it are not reached. */
export async function sweep(session: Session): Promise<void> {
  await session.alone(statement(`VACUUM ${SWEPT.join(', ')}`));
}
