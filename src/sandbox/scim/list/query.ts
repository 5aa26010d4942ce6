import * as z from 'zod';
import { refuse } from '../refusal.js';
import type { Values } from '../resource.js';
import type { Projection } from '../show/project.js';

const SEARCH_REQUEST = 'urn:ietf:params:scim:api:messages:2.0:SearchRequest';

/** What a list is asked for; null where nothing is said. */
export interface ListQuery extends Projection {
  readonly filter: string | null;
  readonly startIndex: number | null;
  readonly count: number | null;
  readonly cursor: string | null;
}

/** What the query of a request says; parameters that are not known are passed over. */
export function readQuery(query: URLSearchParams): ListQuery {
  return {
    ...readProjection(query),
    filter: query.get('filter'),
    startIndex: wholeNumber(query.get('startIndex'), 'startIndex'),
    count: wholeNumber(query.get('count'), 'count'),
    cursor: query.get('cursor'),
  };
}

export function readProjection(query: URLSearchParams): Projection {
  const names = (key: string) =>
    query
      .get(key)
      ?.split(',')
      .map((name) => name.trim()) ?? null;
  return { attributes: names('attributes'), excludedAttributes: names('excludedAttributes') };
}

function wholeNumber(text: string | null, name: string): number | null {
  if (text === null) return null;
  if (!/^-?\d+$/.test(text)) throw refuse('invalidValue', `${name} must be a whole number`);
  return Number(text);
}

const searchSchema = z.object({
  schemas: z.array(z.string()).refine((urns) => urns.includes(SEARCH_REQUEST)),
  attributes: z.array(z.string()).nullable().default(null),
  excludedAttributes: z.array(z.string()).nullable().default(null),
  filter: z.string().nullable().default(null),
  startIndex: z.int().nullable().default(null),
  count: z.int().nullable().default(null),
  cursor: z.string().nullable().default(null),
});

/** What the body of a search says. Source: RFC 7644, section 3.4.3. */
export function readSearch(body: Values): ListQuery {
  const { data, error } = searchSchema.safeParse(body);
  if (data === undefined) throw refuse('invalidSyntax', error?.issues[0]?.message ?? 'The body is no search');
  return data;
}
