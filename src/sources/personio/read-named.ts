import { batchesOf } from '../../core/batches.js';
import type { Log } from '../../http/log.js';
import type { NamedPage, ReadFacts } from '../source.js';
import type { PersonioClient } from './client.js';
import { PAGE_SIZE, refuseMissingFields } from './read.js';
import { createRecordReader } from './record.js';

/** Reads these people with one request each: the list has no filter for ids. */
export async function* readNamed(
  client: PersonioClient,
  fields: readonly string[],
  ids: readonly string[],
  log: Log,
): AsyncGenerator<NamedPage, ReadFacts> {
  await refuseMissingFields(client, fields, log);
  const reader = createRecordReader(fields);
  let pages = 0;
  for (const asked of batchesOf(new Set(ids), PAGE_SIZE)) {
    const people: unknown[] = [];
    const absent: string[] = [];
    for (const id of asked) {
      // Other text is no id of Personio's, and must not become a path of another resource.
      const person = /^\d+$/.test(id) ? await client.employee(id) : null;
      if (person === null) absent.push(id);
      else people.push(person);
    }
    pages += 1;
    yield { records: people.map(reader.read), total: null, absent };
  }
  return { pages, totalAtStart: null, totalAtEnd: null, presentFields: reader.presentFields, notices: reader.notices };
}
