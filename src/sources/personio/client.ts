import { IncompleteReadError } from '../../errors.js';
import type { AdapterWorld } from '../../http/world.js';
import { type Connection, openConnection } from './connection.js';
import { parsed, TITLE } from './failure.js';
import { messageIn } from './refusal.js';
import { type Attribute, attributesSchema, employeeSchema, employeesSchema, tokenSchema } from './schema.js';
import type { PersonioSettings } from './settings.js';

/** One page of employees as it came. */
export interface EmployeesPage {
  readonly people: readonly unknown[];
  /** Row at which the next page begins. */
  readonly nextOffset: number;
  /** How many people there are in all, or null where the answer does not say. */
  readonly total: number | null;
}

/** The calls of Personio's v1 API that a source needs. They throw what `sources/source` promises. */
export interface PersonioClient extends Pick<Connection, 'clockSkew'> {
  /**
   * https://developer.personio.de/reference/get_company-employees; `offset` counts rows, `limit` is 100 at most.
   * `updatedSince` is `YYYY-MM-DDTHH:MM:SS` without a zone.
   */
  employees(offset: number, limit: number, updatedSince?: string): Promise<EmployeesPage>;
  /** One employee as they came, or null where Personio says that it has none of this id. */
  employee(id: string): Promise<unknown>;
  /** https://developer.personio.de/reference/get_company-employees-custom-attributes */
  attributes(): Promise<readonly Attribute[]>;
}

/** The right to read people, in Personio's words. */
export const EMPLOYEES_RIGHT = 'employees:read';

/** Opens the v1 API for one pair of credentials. */
export function createPersonioClient(settings: PersonioSettings, world: AdapterWorld): PersonioClient {
  const { client_id, client_secret } = settings;
  const { get, request, clockSkew } = openConnection(settings, world, {
    // https://developer.personio.de/reference/auth
    token: { request: { path: '/v1/auth', json: { client_id, client_secret } }, answer: tokenSchema },
    right: EMPLOYEES_RIGHT,
  });
  return {
    clockSkew,
    async employees(offset, limit, updatedSince) {
      const body = await get('/v1/company/employees', { query: { limit, offset, updated_since: updatedSince } });
      const answer = parsed(employeesSchema, body, `the page of employees from row ${offset}`, EMPLOYEES_RIGHT);
      // The limit that the answer echoes is the one that was applied; a silently lowered one would skip people.
      const nextOffset = offset + (answer.limit || limit);
      return { people: answer.data, nextOffset, total: answer.metadata?.total_elements ?? null };
    },
    async employee(id) {
      const path = `/v1/company/employees/${encodeURIComponent(id)}`;
      const { status, body } = await request({ method: 'GET', path, accept: [404] });
      if (status !== 404) return parsed(employeeSchema, body, `employee ${id}`, EMPLOYEES_RIGHT).data;
      // A proxy's 404 says nothing about anybody.
      if (messageIn(body) === null)
        throw new IncompleteReadError(TITLE, [`employee ${id} brought a 404 of another shape`]);
      return null;
    },
    async attributes() {
      const body = await get('/v1/company/employees/attributes');
      return parsed(attributesSchema, body, 'the attribute catalogue', EMPLOYEES_RIGHT).data;
    },
  };
}
