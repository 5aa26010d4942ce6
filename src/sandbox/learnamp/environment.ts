import type { Context } from 'hono';
import { shapePage } from '../faults/shape-page.js';
import type { StandInEnvironment } from '../stand-in.js';
import type { Academy } from './academy.js';
import type { Account } from './account.js';
import type { LearnAmpSettings } from './settings.js';

/** What handlers behind the token check find. */
export interface LearnAmpEnvironment extends StandInEnvironment {
  Variables: { scopes: ReadonlySet<string> };
}

/** What the routes share. */
export interface LearnAmpParts {
  readonly academy: Academy;
  /** Read at every request: a change takes effect at once. */
  readonly settings: LearnAmpSettings;
}

/** What a create or update of a user is judged against. */
export interface WriteContext extends LearnAmpParts {
  /** Null while creating. */
  readonly account: Account | null;
}

/** Cuts the page that was asked for out of a list, and says in headers where it lies. */
export function pageOf<Row>(
  c: Context<LearnAmpEnvironment>,
  list: readonly Row[],
  { defaultPageSize, largestPageSize }: LearnAmpSettings,
): readonly Row[] {
  const limit = Math.min(positive(c.req.query('perPage'), defaultPageSize), largestPageSize);
  const offset = (positive(c.req.query('page'), 1) - 1) * limit;
  const { rows, total } = shapePage(list, { offset, limit }, c.env.dataFaults);
  c.header('Total', String(total));
  c.header('Per-Page', String(limit));
  c.header('Total-Pages', String(Math.ceil(total / limit)));
  return rows;
}

function positive(text: string | undefined, otherwise: number): number {
  const number = Number(text ?? otherwise);
  return Number.isInteger(number) && number > 0 ? number : otherwise;
}
