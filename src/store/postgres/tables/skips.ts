import { emailKey } from '../../../core/email.js';
import type { LeftUndone, RememberedSkip } from '../../left-undone.js';
import type { Replaced } from '../../run-memory.js';
import { Bulk } from '../bulk.js';
import type { Session } from '../session.js';
import { type Statement, statement } from '../statement.js';
import { PERSON, PERSON_TYPES, type Person, personColumns, personIn } from './person.js';

type SkipRow = Omit<RememberedSkip, 'employee'> & Person & { readonly place: number };

const COLUMNS = `place, ${PERSON}, reason, message, run, at`;
const BATCH = 500;
const AFTER = `SELECT ${COLUMNS} FROM skip WHERE connector = $1 AND place > $2 ORDER BY connector, place LIMIT ${BATCH}`;
const BY_EMPLOYEE = `SELECT ${COLUMNS} FROM skip WHERE connector = $1 AND employee_id = $2 ORDER BY place`;
const BY_EMAIL = `SELECT ${COLUMNS} FROM skip WHERE connector = $1 AND email_key = $2 ORDER BY place`;
const CLEAR = 'DELETE FROM skip WHERE connector = $1';
const REMOVE = `${CLEAR} AND employee_id = ANY($2)`;
const LAST_PLACE =
  'coalesce((SELECT place FROM skip WHERE connector = $1 ORDER BY connector DESC, place DESC LIMIT 1), 0)';
const ADD = new Bulk(
  'skip',
  { ...PERSON_TYPES, email_key: 'text', reason: 'text', message: 'text', run: 'integer', at: 'text' },
  { expressions: { place: `${LAST_PLACE} + given.ordinal` } },
);

/** The table of people whom runs left alone. */
export function skipTable(session: Session): Pick<LeftUndone, 'skips' | 'skipsOf'> & {
  put(skips: Replaced<RememberedSkip>): Statement[];
} {
  const { connector } = session;
  const each = (query: string, values: readonly string[]) =>
    Promise.all(values.map((value) => session.read<SkipRow>(statement(query, connector, value))));
  return {
    async *skips() {
      const next = (place: number) => session.read<SkipRow>(statement(AFTER, connector, place));
      for (let rows = await next(0); rows.length > 0; rows = await next(rows.at(-1)?.place ?? 0)) yield rows.map(skip);
    },
    async skipsOf({ ids, emailKeys }) {
      const [byId, byEmail] = await Promise.all([each(BY_EMPLOYEE, ids), each(BY_EMAIL, emailKeys)]);
      return [...byId, ...byEmail].flat().map(skip);
    },
    put: ({ forget, add }) => [
      forget === null ? statement(CLEAR, connector) : statement(REMOVE, connector, forget),
      ...ADD.of(
        connector,
        add.map(({ employee, reason, message, run, at }) => ({
          ...personColumns(employee),
          email_key: employee.email === null ? null : emailKey(employee.email),
          reason,
          message,
          run,
          at,
        })),
      ),
    ],
  };
}

function skip(row: SkipRow): RememberedSkip {
  const { reason, message, run, at } = row;
  return { employee: personIn(row), reason, message, run, at };
}
