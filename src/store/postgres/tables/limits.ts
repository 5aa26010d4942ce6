import { Bulk, lastOfEach } from '../bulk.js';
import type { Session } from '../session.js';
import { type Statement, statement } from '../statement.js';

interface UnitOf {
  readonly employeeId: string;
  readonly unit: string | null;
}

const LEFT_OUT = 'SELECT employee_id AS id FROM left_out WHERE connector = $1';
const CLEAR_LEFT_OUT = 'DELETE FROM left_out WHERE connector = $1';
const ADD_LEFT_OUT = new Bulk('left_out', { employee_id: 'text' }, { tail: 'ON CONFLICT DO NOTHING' });
const UNITS_OF = 'SELECT employee_id AS id, unit FROM unit WHERE connector = $1 AND employee_id = ANY($2)';
const COUNT_UNITS = `SELECT u.unit, count(*) AS count FROM unit u
  JOIN snapshot s ON s.connector = u.connector AND s.employee_id = u.employee_id
  WHERE u.connector = $1 AND s.state = 'active' GROUP BY u.unit`;
const PUT_UNIT = new Bulk(
  'unit',
  { employee_id: 'text', unit: 'text' },
  { tail: 'ON CONFLICT (connector, employee_id) DO UPDATE SET unit = excluded.unit' },
);
const REMOVE_UNITS = 'DELETE FROM unit WHERE connector = $1 AND employee_id = ANY($2)';

/** What is remembered of linked people for the limits: who is left out, and in which unit HR last showed them. */
export function limitTables(session: Session) {
  const { connector } = session;
  return {
    leftOut: async (): Promise<ReadonlySet<string>> =>
      new Set((await session.read<{ id: string }>(statement(LEFT_OUT, connector))).map(({ id }) => id)),
    putLeftOut: (ids: Iterable<string>): Statement[] => [
      statement(CLEAR_LEFT_OUT, connector),
      ...ADD_LEFT_OUT.of(
        connector,
        [...ids].map((id) => ({ employee_id: id })),
      ),
    ],
    async unitsOf(ids: readonly string[]): Promise<Map<string, string>> {
      if (ids.length === 0) return new Map();
      const rows = await session.read<{ id: string; unit: string }>(statement(UNITS_OF, connector, ids));
      return new Map(rows.map(({ id, unit }) => [id, unit]));
    },
    async countUnits(): Promise<Map<string, number>> {
      const rows = await session.read<{ unit: string; count: number }>(statement(COUNT_UNITS, connector));
      return new Map(rows.map(({ unit, count }) => [unit, count]));
    },
    putUnits(units: readonly UnitOf[]): Statement[] {
      const last = lastOfEach(units, ({ employeeId }) => employeeId);
      const gone = last.filter(({ unit }) => unit === null).map(({ employeeId }) => employeeId);
      const put = last.flatMap(({ employeeId, unit }) => (unit === null ? [] : [{ employee_id: employeeId, unit }]));
      return [...(gone.length === 0 ? [] : [statement(REMOVE_UNITS, connector, gone)]), ...PUT_UNIT.of(connector, put)];
    },
  };
}
