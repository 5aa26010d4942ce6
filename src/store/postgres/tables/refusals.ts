import type { ExceededLimit } from '../../../core/refusal.js';
import { Bulk } from '../bulk.js';
import type { Session } from '../session.js';
import { type Row, type Statement, statement } from '../statement.js';
import { PERSON, PERSON_TYPES, type Person, personColumns, personIn } from './person.js';

interface LimitRow extends Row {
  readonly place: number;
  readonly kind: ExceededLimit['kind'];
  readonly field: string | null;
  readonly unit: string | null;
  readonly planned: number;
  readonly allowed: number;
  readonly of: number;
  readonly cause: string | null;
}

const LIMITS = `SELECT place, kind, field, unit, planned, allowed, population AS "of", cause FROM refusal
  WHERE connector = $1 AND run = $2 ORDER BY place`;
const PEOPLE = `SELECT place, ${PERSON} FROM refused_person WHERE connector = $1 AND run = $2 ORDER BY place, position`;
const ADD = new Bulk('refusal', {
  run: 'integer',
  place: 'integer',
  kind: 'text',
  field: 'text',
  unit: 'text',
  planned: 'integer',
  allowed: 'integer',
  population: 'integer',
  cause: 'text',
});
const ADD_PERSON = new Bulk('refused_person', {
  run: 'integer',
  place: 'integer',
  position: 'integer',
  ...PERSON_TYPES,
});

/** The tables of limits that held runs back. */
export function refusalTable(session: Session) {
  const { connector } = session;
  return {
    async of(run: number): Promise<ExceededLimit[]> {
      const [limits, people] = await Promise.all([
        session.read<LimitRow>(statement(LIMITS, connector, run)),
        session.read<Person & { readonly place: number }>(statement(PEOPLE, connector, run)),
      ]);
      return limits.map(({ place, field, unit, cause, ...figures }) => ({
        ...figures,
        ...(field !== null && { field }),
        ...(unit !== null && { unit }),
        ...(cause !== null && { cause }),
        people: people.filter((person) => person.place === place).map(personIn),
      }));
    },
    put: (run: number, refusal: readonly ExceededLimit[]): Statement[] => [
      ...ADD.of(
        connector,
        refusal.map(({ kind, field = null, unit = null, planned, allowed, of: population, cause = null }, place) => ({
          run,
          place,
          kind,
          field,
          unit,
          planned,
          allowed,
          population,
          cause,
        })),
      ),
      ...ADD_PERSON.of(
        connector,
        refusal.flatMap(({ people }, place) =>
          people.map((employee, position) => ({ run, place, position, ...personColumns(employee) })),
        ),
      ),
    ],
  };
}
