import type { Context } from 'hono';
import type * as z from 'zod';
import { shapePage } from '../faults/shape-page.js';
import { misfitsOf } from '../misfit.js';
import type { StandInEnvironment } from '../stand-in.js';
import type { Platform } from './platform.js';
import { refuse } from './refusal.js';
import type { Learning360Settings } from './settings.js';

/** What handlers behind the token check find. */
export interface PlatformEnvironment extends StandInEnvironment {
  Variables: { scopes: ReadonlySet<string> };
}

/** What the routes share. */
export interface Parts {
  readonly platform: Platform;
  /** Read at every request: a change takes effect at once. */
  readonly settings: Learning360Settings;
  readonly tokens: Map<string, { readonly clientId: string; readonly expiresAt: number }>;
  readonly now: () => Date;
}

/**
 * A body as its call is described; `codes` are those of keys that have one of their own.
 *
 * @throws Refusal 415 when it is not JSON, 400 `invalidInput` when it is not as described. The code of the former is an
 *   example in https://360learning.readme.io/docs/errors; the body of the latter is documented nowhere.
 */
export async function readBody<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
  codes: Readonly<Record<string, string>> = {},
): Promise<z.output<Schema>> {
  const [type] = (c.req.header('Content-Type') ?? '').split(';');
  if (type?.trim() !== 'application/json') throw refuse(415, 'badMediaType', 'The body must be application/json');
  const json: unknown = await c.req.json().catch(() => {
    throw refuse(400, 'invalidInput', 'The body is not JSON');
  });
  const [misfit] = misfitsOf(schema, json);
  if (misfit !== undefined) {
    throw refuse(400, codes[misfit.at] ?? 'invalidInput', `${misfit.at || 'The body'}: ${misfit.message}`);
  }
  return schema.parse(json);
}

/** Answers with one page of a list, and with a link to the next one where there is one. */
export function answerPage<Row extends object | string>(
  c: Context<PlatformEnvironment>,
  list: readonly Row[],
  size: keyof Learning360Settings['pageSizes'],
  { pageSizes, nextLinkIsRelative }: Learning360Settings,
): Response {
  const url = new URL(c.req.url);
  const offset = Number(/^after-(\d+)$/.exec(url.searchParams.get('next') ?? '')?.[1] ?? 0);
  const limit = pageSizes[size];
  const { rows, total } = shapePage(list, { offset, limit }, c.env.dataFaults);
  if (offset + limit < total) {
    const query = url.search.slice(1).split('&');
    const filters = query.filter((pair) => pair !== '' && !pair.startsWith('next='));
    const path = `${url.pathname}?${[...filters, `next=after-${offset + limit}`].join('&')}`;
    c.header('Link', `<${nextLinkIsRelative ? path : url.origin + path}>; rel="next"`);
  }
  return c.json(rows);
}

type Operator = 'eq' | 'ne' | 'in' | 'nin';

/** The filters of a query, `field[operator]=value`, as tests of a field's text. */
export function filtersIn(
  c: Context,
  { understandsEncodedBrackets }: Learning360Settings,
): readonly { readonly field: string; readonly test: (text: string | null, fold?: boolean) => boolean }[] {
  const query = new URL(c.req.url).search.slice(1);
  const filters = new Map<string, { field: string; operator: Operator; values: string[] }>();
  for (const pair of query.split('&')) {
    const [name = '', value = ''] = pair.split('=', 2);
    const key = understandsEncodedBrackets ? decodeURIComponent(name) : name;
    const [, field, operator] = /^(\w+)\[(\w+)\](?:\[\d*\])?$/.exec(key) ?? [];
    if (field === undefined || !isOperator(operator)) continue;
    const filter = filters.get(`${field} ${operator}`) ?? { field, operator, values: [] };
    filter.values.push(decodeURIComponent(value.replaceAll('+', ' ')));
    filters.set(`${field} ${operator}`, filter);
  }
  return [...filters.values()].map(({ field, operator, values }) => ({
    field,
    test: (text, fold = false) => {
      const spell = (one: string) => (fold ? one.toLowerCase() : one);
      const listed = text !== null && values.some((value) => spell(value) === spell(text));
      return operator === 'eq' || operator === 'in' ? listed : !listed;
    },
  }));
}

function isOperator(text: string | undefined): text is Operator {
  return text === 'eq' || text === 'ne' || text === 'in' || text === 'nin';
}
