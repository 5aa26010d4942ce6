import { StatusError } from '../../../http/errors.js';
import type { AdapterWorld } from '../../../http/world.js';
import { openConnection } from '../connection.js';
import { type PersonioSettings, paceOf } from '../settings.js';
import { readList } from './list.js';
import { createRateFollower } from './rate.js';
import { v2Token } from './token.js';
import { UNIT_ROUTES, type UnitKind } from './unit-routes.js';

/** The calls of Personio's v2 API that a source needs. They throw what `sources/source` promises. */
export interface PersonsClient {
  /** Everybody, up to fifty a page. https://developer.personio.de/reference/get_v2-persons */
  persons(): AsyncGenerator<readonly unknown[], void>;
  /** One person, or null where nobody has this id. https://developer.personio.de/reference/get_v2-persons-id */
  person(id: string): Promise<unknown>;
  /** One person's employments. https://developer.personio.de/reference/get_v2-persons-person-id-employments */
  employments(person: string): Promise<readonly unknown[]>;
  /** Every unit of a kind. https://developer.personio.de/reference/org-units */
  units(kind: UnitKind): Promise<readonly unknown[]>;
  /** One unit of a kind that has a route for it, or null where it is not known. */
  unit(kind: UnitKind, id: string): Promise<unknown>;
}

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
  const persons = { query: {}, limit: 50, right: PERSONS_RIGHT };
  return {
    persons: () => readList(connection, baseUrl, { ...persons, path: '/v2/persons', what: 'the page of persons' }),
    person: (id) => orNull(connection.get(`/v2/persons/${encodeURIComponent(id)}`)),
    employments(person) {
      const path = `/v2/persons/${encodeURIComponent(person)}/employments`;
      return all(readList(connection, baseUrl, { ...persons, path, what: 'the page of employments' }));
    },
    units(kind) {
      const { path, query, right } = UNIT_ROUTES[kind];
      const what = `the page of ${path}`;
      // Without this header the beta routes are said to be not there at all.
      const headers = { Beta: 'true' };
      return all(readList(connection, baseUrl, { path, query, limit: 100, headers, what, right }));
    },
    unit(kind, id) {
      const { path, query } = UNIT_ROUTES[kind];
      return orNull(connection.get(`${path}/${encodeURIComponent(id)}`, { query }));
    },
  };
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
