import { emptyFields } from '../../core/value.js';
import type { NamedPage, ReadFacts, SourceRecord } from '../source.js';
import { filtersForChanged, filtersForIds } from './changes.js';
import type { Filters, KomboClient } from './client.js';
import { pagesOf } from './pages.js';
import { groupsFor, type ReadOptions, readyOffer } from './read.js';
import { createRecordReader, type RecordReader } from './record.js';
import { entryOf } from './value.js';

/** Reads the people who changed after an instant, including people Kombo has since found deleted. */
export async function* readChanged(
  client: KomboClient,
  options: ReadOptions,
  after: Date,
): AsyncGenerator<NamedPage, ReadFacts> {
  await readyOffer(client, options.fields, options.log);
  const groups = await groupsFor(client, options.fields);
  const filters = await filtersForChanged(client, { fields: options.fields, groups, after: after.toISOString() });
  return yield* readFiltered(client, filters, options, createRecordReader(options.fields, groups, options.statuses));
}

/**
 * Reads these people. Kombo has no way to ask for one, so nobody is ever said to be absent: whoever was deleted comes with
 * a mark, and whoever does not come may have been filtered out.
 */
export async function* readNamed(
  client: KomboClient,
  options: ReadOptions,
  ids: readonly string[],
): AsyncGenerator<NamedPage, ReadFacts> {
  await readyOffer(client, options.fields, options.log);
  const reader = createRecordReader(options.fields, await groupsFor(client, options.fields), options.statuses);
  return yield* readFiltered(client, filtersForIds('ids', ids), options, reader);
}

async function* readFiltered(
  client: KomboClient,
  filters: readonly Filters[],
  options: ReadOptions,
  reader: RecordReader,
): AsyncGenerator<NamedPage, ReadFacts> {
  const withoutDoubt = doubter(client, options, reader);
  const came = new Set<unknown>();
  let pages = 0;
  for (const filter of filters) {
    for await (const rows of pagesOf((cursor) => client.employees(cursor, filter), '/hris/employees')) {
      // Several filters may bring the same person. Whom one page lists twice, the HR system does.
      const before = new Set(came);
      const fresh = rows.filter((row) => {
        const id = entryOf(row, 'id');
        came.add(id);
        return typeof id !== 'string' || !before.has(id);
      });
      if (fresh.length === 0) continue;
      pages += 1;
      yield { records: await withoutDoubt(reader.readPage(fresh)), total: null, absent: [] };
    }
  }
  return { pages, totalAtStart: null, totalAtEnd: null, presentFields: reader.filledFields, notices: reader.notices };
}

/**
 * A right that was lost shows as nothing but nulls, and among a few people so does a value that nobody of them has. What
 * neither they nor a page of others hold is left out of them, and stays as it is until everybody is read.
 */
function doubter(client: KomboClient, { fields, mayBeEmpty }: ReadOptions, reader: RecordReader) {
  let others: Promise<void> | null = null;
  const lookAtOthers = async (): Promise<void> => {
    const { rows } = await client.employees(null);
    reader.readPage(rows);
  };
  const unseen = () => fields.filter((field) => !reader.filledFields.has(field) && !mayBeEmpty.includes(field));

  return async (records: readonly SourceRecord[]): Promise<readonly SourceRecord[]> => {
    if (unseen().length > 0) {
      others ??= lookAtOthers();
      await others;
    }
    const doubtful = new Set(unseen());
    return doubtful.size === 0 ? records : records.map((record) => without(record, doubtful));
  };
}

function without(record: SourceRecord, doubtful: ReadonlySet<string>): SourceRecord {
  if ('unreadable' in record) return record;
  const { fields } = record.employee;
  const kept = Object.entries(fields).filter(([field, value]) => value !== null || !doubtful.has(field));
  return { employee: { ...record.employee, fields: Object.assign(emptyFields(), Object.fromEntries(kept)) } };
}
