import type { Context } from 'hono';
import type * as z from 'zod';
import { shapePage } from '../faults/shape-page.js';
import { type Misfit, misfitsOf } from '../misfit.js';
import type { StandInEnvironment } from '../stand-in.js';
import type { Portal } from './portal.js';
import { Refusal } from './refusal.js';
import type { LearnUponSettings } from './settings.js';

/** What the routes share. */
export interface LearnUponParts {
  readonly portal: Portal;
  /** Read at every request: a change takes effect at once. */
  readonly settings: LearnUponSettings;
}

export type Body = Readonly<Record<string, unknown>>;

/**
 * What stands inside the capitalised wrapper of a body, with the keys and types that are described.
 *
 * @throws Refusal 404 without the wrapper, or where the body is not sent as JSON: the live API takes a body that it does
 *   not understand for a thing unknown. 422 for what is inside; the vendor does not say how that is worded.
 */
export async function wrapped(
  c: Context,
  wrapper: string,
  schema: z.ZodType,
  { undocumented }: LearnUponSettings,
): Promise<Body> {
  const isJson = /^application\/json\b/.test(c.req.header('Content-Type') ?? '');
  const body: unknown = !isJson
    ? null
    : await c.req.json().catch(() => {
        throw new Refusal(400, 'There was a problem in the JSON you submitted', 'error');
      });
  const inner: unknown = isRecord(body) ? body[wrapper] : undefined;
  const hasOthers = isRecord(body) && Object.keys(body).length > 1 && undocumented === 'refuse';
  if (!isRecord(inner) || hasOthers) throw new Refusal(404, `Invalid ${wrapper.toLowerCase()} parameters provided`);
  const misfits = misfitsOf(schema, inner).filter(({ kind }) => kind !== 'unknown' || undocumented === 'refuse');
  const [misfit] = misfits;
  if (misfit !== undefined) throw new Refusal(422, `${misfit.at} ${WORDS[misfit.kind]}`);
  return inner;
}

const WORDS: Readonly<Record<Misfit['kind'], string>> = {
  missing: 'is missing',
  unknown: 'is not a documented parameter',
  type: 'is invalid',
  empty: "can't be blank",
  value: 'is not included in the list',
};

/** Cuts the page that was asked for out of a list, and says in headers, as text, where it lies. */
export function pageOf<Row>(
  c: Context<StandInEnvironment>,
  list: readonly Row[],
  { pageSize: limit }: LearnUponSettings,
): readonly Row[] {
  const page = Math.max(1, Number.parseInt(c.req.query('page') ?? '1', 10) || 1);
  const { rows, total } = shapePage(list, { offset: (page - 1) * limit, limit }, c.env.dataFaults);
  c.header('LU-Current-Page', String(page));
  c.header('LU-Records-Per-Page', String(limit));
  c.header('LU-Has-Next-Page', String(page * limit < total));
  return rows;
}

/** Absent, null, or a text of spaces at most. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/** Whether a value that is sent for a field is to change it: not every portal takes every way to empty one. */
export function isHeeded(value: unknown, { clearedBy }: Pick<LearnUponSettings, 'clearedBy'>): boolean {
  return clearedBy === 'either' || !isBlank(value) || (value === null) === (clearedBy === 'null');
}

export function isRecord(value: unknown): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
