import { readAnswer } from '../../src/http/answer.js';
import { silentLog } from '../../src/http/log.js';
import type { PersonioClient } from '../../src/sources/personio/client.js';
import { parsed } from '../../src/sources/personio/failure.js';
import { readEmployees } from '../../src/sources/personio/read.js';
import { employeesSchema } from '../../src/sources/personio/schema.js';
import type { Source } from '../../src/sources/source.js';
import { PAGE_SIZE } from './page-file.js';

/** Personio as the product reads it, but for the way of the bytes: `page` gives them, where HTTP would. */
export function sourceOf(page: (number: number) => Buffer): Source {
  const facts = { system: 'Personio', method: 'GET', url: 'a file', attempts: 1 };
  const client: PersonioClient = {
    async employees(offset, limit) {
      const body = readAnswer({ status: 200, headers: {}, bytes: page(offset / PAGE_SIZE) }, facts);
      const answer = parsed(employeesSchema, body, 'a page', 'employees:read');
      return { people: answer.data, nextOffset: offset + limit, total: answer.metadata?.total_elements ?? null };
    },
    employee: async () => null,
    clockSkew: () => null,
    attributes: async () => {
      const [first] = JSON.parse(page(0).toString('utf8')).data as { attributes: Record<string, object> }[];
      return Object.keys(first?.attributes ?? {}).map((key) => ({ key, label: null, type: null }));
    },
  };
  return {
    type: 'personio',
    title: 'Personio',
    identity: 'bench',
    read: (fields) => readEmployees(client, fields, silentLog),
    fields: async () => [],
    check: async () => [],
  };
}
