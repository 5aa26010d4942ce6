import { IncompleteReadError, PermissionError } from '../../errors.js';
import { ahead } from '../../http/ahead.js';
import { StatusError } from '../../http/errors.js';
import type { Log } from '../../http/log.js';
import type { ReadFacts, SourcePage } from '../source.js';
import { missingFields } from './catalogue.js';
import type { EmployeesPage, PersonioClient } from './client.js';
import { TITLE } from './failure.js';
import { createRecordReader } from './record.js';
import type { Attribute } from './schema.js';
import { entryOf, textOfId } from './value.js';

/** The most people that Personio gives on one page. */
export const PAGE_SIZE = 100;

/** Reads everybody in Personio, or with `updatedSince` those whom Personio holds changed, once all fields are there. */
export async function* readEmployees(
  client: PersonioClient,
  fields: readonly string[],
  log: Log,
  updatedSince?: string,
): AsyncGenerator<SourcePage, ReadFacts> {
  await refuseMissingFields(client, fields, log);
  return yield* readPages(client, fields, updatedSince);
}

/**
 * Reads a list of employees, one page ahead of whoever consumes them. Personio promises no order, so rows can move
 * between pages: the facts returned let the core judge that. Limit and offset are honoured with `updatedSince` too,
 * whatever the parameter's description says.
 */
export async function* readPages(
  client: Pick<PersonioClient, 'employees'>,
  fields: readonly string[],
  updatedSince?: string,
): AsyncGenerator<SourcePage, ReadFacts> {
  const reader = createRecordReader(fields);
  let page = await client.employees(0, PAGE_SIZE, updatedSince);
  const totalAtStart = page.total;
  let pages = 0;
  while (page.people.length > 0) {
    const next = hasNext(page) ? ahead(client.employees(page.nextOffset, PAGE_SIZE, updatedSince)) : null;
    pages += 1;
    yield { records: page.people.map(reader.read), total: page.total };
    if (next === null) break;
    page = following(page, await next);
  }
  const { presentFields, notices, nameless } = reader;
  return {
    pages,
    totalAtStart,
    totalAtEnd: page.total,
    presentFields,
    notices,
    ...(nameless.length > 0 && { nameless }),
  };
}

/** The attribute catalogue, or null where Personio does not show it to these credentials. */
export async function catalogueOf(client: PersonioClient): Promise<readonly Attribute[] | null> {
  try {
    return await client.attributes();
  } catch (error) {
    if (error instanceof PermissionError || (error instanceof StatusError && error.status === 404)) return null;
    throw error;
  }
}

// An attribute that these credentials may not read is left out of every record without a word.
export async function refuseMissingFields(client: PersonioClient, fields: readonly string[], log: Log): Promise<void> {
  const attributes = await catalogueOf(client);
  if (attributes === null) return log.warn('Personio does not show which attributes these credentials may read');
  const missing = missingFields(fields, attributes);
  if (missing.length === 0) return;
  const keys = missing.map(({ key }) => key);
  throw new PermissionError(TITLE, keys, 'not among the readable employee attributes of these credentials');
}

// Without a total, only an empty page is the end. A short page never is: a silently lowered limit looks the same.
function hasNext({ nextOffset, total }: EmployeesPage): boolean {
  return total === null || nextOffset < total;
}

// By their ids alone: of what else a row holds nobody knows how large or how deep it is.
function idsOf({ people }: EmployeesPage): string {
  const ids = people.map((one) => textOfId(entryOf(entryOf(entryOf(one, 'attributes'), 'id'), 'value')));
  return ids.every((id) => id === undefined) ? '' : ids.join('\n');
}

// Where no total would end the read, a server that ignores the offset would keep it going for ever.
function following(page: EmployeesPage, next: EmployeesPage): EmployeesPage {
  const repeats = idsOf(next) !== '' && idsOf(next) === idsOf(page);
  if (next.total !== null || !repeats) return next;
  throw new IncompleteReadError(TITLE, [`the page from row ${page.nextOffset} repeats the one before it`]);
}
