import * as z from 'zod';
import type { Employee } from '../../../src/core/employee.js';
import { emptyFields } from '../../../src/core/value.js';
import { isSame } from '../../../src/http/proof.js';
import { baseUrlSchema } from '../../../src/http/settings.js';
import type { EventIntake } from '../../../src/sources/events.js';
import type { NamedPage, ReadFacts, SourceDefinition, SourcePage } from '../../../src/sources/source.js';
import { openClient } from './client.js';

const settings = z.strictObject({ base_url: baseUrlSchema, key: z.string().min(1) });

const personSchema = z.strictObject({
  ...{ number: z.string(), first: z.string(), last: z.string(), mail: z.string() },
  ...{ working: z.boolean(), since: z.iso.date().nullable(), until: z.iso.date().nullable() },
});
const bookSchema = z.strictObject({ people: z.array(personSchema) });

/** Someone as Rollbook shows them. */
export type RollbookPerson = z.output<typeof personSchema>;

const FIELDS = ['id', 'first_name', 'last_name', 'work_email', 'status', 'start_date', 'termination_date'];

const block = z.strictObject({ password: z.string().min(1) });

/** A list of the people who changed. */
const events: EventIntake<z.output<typeof block>> = {
  settings: block,
  proof: { by: 'headers', holds: ({ headers }, { password }) => isSame(headers.get('X-Password') ?? '', password) },
  refusal: 'its X-Password is not serve.rollbook.password',
  read(body) {
    const read = z.array(z.string()).safeParse(body);
    if (!read.success) return 'malformed';
    return read.data.map((id) => ({ key: `rollbook ${id}`, kind: 'person', employeeId: id }));
  },
};

/** A made-up HR system with one page of people, that calls when people change. */
export const rollbook: SourceDefinition<z.output<typeof settings>> = {
  type: 'rollbook',
  title: 'Rollbook',
  settings,
  filter: ['{ field: work_email, not_matching: "nobody@" }'],
  events,
  open(given, world) {
    const client = openClient('Rollbook', given, world);
    const people = async () => bookSchema.parse((await client.request({ method: 'GET', path: '/people' })).body).people;
    const facts = { pages: 1, totalAtStart: null, totalAtEnd: null, presentFields: new Set(FIELDS), notices: [] };
    return {
      type: 'rollbook',
      title: 'Rollbook',
      identity: `rollbook ${given.base_url}`,
      capabilities: { peoplePerPage: 1_000, idsPerRequest: 1_000 },
      async *read(): AsyncGenerator<SourcePage, ReadFacts> {
        const records = (await people()).map((person) => ({ employee: employeeOf(person) }));
        yield { records, total: records.length };
        return { ...facts, totalAtStart: records.length, totalAtEnd: records.length };
      },
      async *readByIds(_, ids): AsyncGenerator<NamedPage, ReadFacts> {
        const all = (await people()).map(employeeOf);
        const records = all.filter(({ id }) => ids.includes(id)).map((employee) => ({ employee }));
        yield { records, total: null, absent: ids.filter((id) => !all.some((one) => one.id === id)) };
        return facts;
      },
      fields: async () => FIELDS.map((name) => ({ name, label: null, type: 'text' })),
      check: async () => [],
    };
  },
};

function employeeOf({ number, first, last, mail, working, since, until }: RollbookPerson): Employee {
  const names = { id: number, first_name: first, last_name: last, work_email: mail };
  const fields = { ...names, start_date: since, termination_date: until };
  return { id: number, fields: Object.assign(emptyFields(), fields, { status: working ? 'active' : 'inactive' }) };
}
