import type { Day } from '../../core/day.js';
import type { SourceRecord } from '../source.js';
import { futureViews, idsOfHires, readHires } from './answers/hires.js';
import type { Listed, Roster } from './answers/roster.js';
import type { Row, Table, View } from './answers/row.js';
import type { BamboohrClient } from './client.js';
import { entitiesFor } from './evidence.js';
import { ROSTER_NAMES } from './names.js';
import type { Query } from './query.js';
import { createRecordReader, type RecordReader } from './record.js';
import { isNothing, readText } from './value.js';

/** Makes records of the rows of one read. */
export interface Reading {
  readonly reader: RecordReader;
  readonly record: (row: Row) => SourceRecord;
  /** @throws IncompleteReadError where the values cannot be believed, now that all of them have been looked at */
  end(): void;
}

/**
 * Asks for what the rows of a read need besides: the jobs of people who are hired later, and what tells about HTML entities.
 *
 * @param people the list of employees; null where it was not read
 */
export async function beginReading(
  client: BamboohrClient,
  query: Query,
  today: Day,
  table: Table,
  people: Roster['people'] | null,
): Promise<Reading> {
  const hires = table.by === 'report' ? idsOfHires(table.rows, today) : [];
  const later = await readHires(client, query, hires);
  const entities = await entitiesFor(client, query, [table, ...later], people);
  const reader = createRecordReader(query, today, entities);
  const futures = futureViews(later);
  return {
    reader,
    end: () => entities.refuseMany(),
    record({ id, value }) {
      if (id === null) return withoutId(value);
      return { employee: reader.read(id, seen(value, people?.get(id)), futures.get(id)) };
    },
  };
}

/** What is shown of somebody: a value that is empty because it may not be read is unknown. */
function seen(value: View, listed: Listed | undefined): View {
  if (listed === undefined || listed.restricted.size === 0) return value;
  return (alias) => {
    const held = value(alias);
    return listed.restricted.has(ROSTER_NAMES.get(alias) ?? alias) && isNothing(held) ? undefined : held;
  };
}

function withoutId(value: View): SourceRecord {
  const email = readText(value('workEmail'));
  const problem = 'BambooHR gives this person no usable id';
  return { unreadable: { id: null, name: nameIn(value), ...(typeof email === 'string' && { email }), problem } };
}

/** First and last name as one text, or null where neither is shown. */
export function nameIn(value: View): string | null {
  const parts = ['firstName', 'lastName'].map((alias) => readText(value(alias) ?? null));
  return parts.filter((part) => typeof part === 'string').join(' ') || null;
}
