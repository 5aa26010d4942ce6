import { StatusError } from '../../../http/errors.js';
import type { AdapterWorld } from '../../../http/world.js';
import { type Connection, openConnection } from '../connection.js';
import { saysNobodyHasIt } from '../refusal.js';
import { type PersonioSettings, paceOf } from '../settings.js';
import { readList } from './list.js';
import { createRateFollower } from './rate.js';
import { v2Token } from './token.js';
import { UNIT_ROUTES, type UnitKind } from './unit-routes.js';

/** The calls of Personio's v2 API that a source needs. They throw what `sources/source` promises. */
export interface PersonsClient extends Pick<Connection, 'clockSkew'> {
  /**
   * Everybody whom the filters leave, up to fifty a page; inactive people too.
   * https://developer.personio.de/reference/get_v2-persons
   */
  persons(filters?: PersonFilters): AsyncGenerator<readonly unknown[], void>;
  /** One person, or null where Personio says that nobody has this id. https://developer.personio.de/reference/get_v2-persons-id */
  person(id: string): Promise<unknown>;
  /**
   * One person's employments; those alone that were updated after an instant, where one is given.
   * https://developer.personio.de/reference/get_v2-persons-person-id-employments
   */
  employments(person: string, updatedAfter?: string): Promise<readonly unknown[]>;
  /** Every unit of a kind. https://developer.personio.de/reference/org-units */
  units(kind: UnitKind): Promise<readonly unknown[]>;
  /** One unit of a kind that has a route for it, or null where it is not known. */
  unit(kind: UnitKind, id: string): Promise<unknown>;
}

/** What persons can be filtered by: ids, and the instant that their own record was updated after, with a `Z`. */
export interface PersonFilters {
  readonly ids?: readonly string[];
  readonly updatedAfter?: string;
}

/** Pages of the employments of one person, and of the units of one kind. */
const MOST_PAGES_OF_EMPLOYMENTS = 50;
const MOST_PAGES_OF_UNITS = 1_000;

/** The most persons that Personio gives on one page. */
export const PERSONS_PER_PAGE = 50;

/** The right to read people, in Personio's words. */
export const PERSONS_RIGHT = 'personio:persons:read';

/** Opens the v2 API for one pair of credentials. */
export function createPersonsClient(settings: PersonioSettings, world: AdapterWorld): PersonsClient {
  const { base_url: baseUrl } = settings;
  const connection = openConnection(settings, world, {
    token: v2Token(settings),
    right: PERSONS_RIGHT,
    rateAfter: createRateFollower(paceOf(settings).requestsPerSecond, settings.requests_per_second ?? null),
  });
  const people = { limit: PERSONS_PER_PAGE, right: PERSONS_RIGHT };
  return {
    clockSkew: () => connection.clockSkew(),
    persons({ ids, updatedAfter } = {}) {
      const query = { ...(ids && { id: ids.join(',') }), ...since(updatedAfter) };
      return readList(connection, baseUrl, { ...people, query, path: '/v2/persons', what: 'the page of persons' });
    },
    async person(id) {
      try {
        return await connection.get(`/v2/persons/${encodeURIComponent(id)}`);
      } catch (error) {
        if (error instanceof StatusError && error.status === 404 && saysNobodyHasIt(error.body)) return null;
        throw error;
      }
    },
    employments(person, updatedAfter) {
      const path = `/v2/persons/${encodeURIComponent(person)}/employments`;
      const list = { ...people, query: since(updatedAfter), path, mostPages: MOST_PAGES_OF_EMPLOYMENTS };
      return all(readList(connection, baseUrl, { ...list, what: 'the page of employments' }));
    },
    units(kind) {
      const { path, query, right } = UNIT_ROUTES[kind];
      const what = `the page of ${path}`;
      const list = { path, query, limit: 100, mostPages: MOST_PAGES_OF_UNITS };
      return all(readList(connection, baseUrl, { ...list, what, right }));
    },
    unit(kind, id) {
      const { path, query } = UNIT_ROUTES[kind];
      return orNull(connection.get(`${path}/${encodeURIComponent(id)}`, { query }));
    },
  };
}

function since(updatedAfter: string | undefined): Readonly<Record<string, string>> {
  return updatedAfter === undefined ? {} : { 'updated_at.gt': updatedAfter };
}

async function all(pages: AsyncGenerator<readonly unknown[], void>): Promise<readonly unknown[]> {
  const rows: unknown[] = [];
  for await (const page of pages) rows.push(...page);
  return rows;
}

// Of an org unit that is not there, 412 has been seen too.
async function orNull(answer: Promise<unknown>): Promise<unknown> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof StatusError && (error.status === 404 || error.status === 412)) return null;
    throw error;
  }
}
