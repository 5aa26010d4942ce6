import type { Employee } from '../../../src/core/employee.js';
import { emptyFields } from '../../../src/core/value.js';
import { NetworkError } from '../../../src/http/errors.js';
import type { NamedPage, ReadFacts, Source, SourcePage } from '../../../src/sources/source.js';

/** One person in the made-up HR system. */
export interface Person {
  readonly id: string;
  first_name: string | null;
  last_name: string | null;
  work_email: string | null;
  job_title: string | null;
  department: string;
  status: 'employed' | 'leave' | 'inactive';
  start_date: string;
  termination_date: string | null;
  manager: string | null;
  legal_entity: string;
  /** How often they were hired, and the last days on which they were seen to be hired. */
  hires: number;
}

export const OUR_ENTITY = 'Acme GmbH';

/** The HR system: who is in it now, and who has vanished from its answers for a while. */
export class Hr {
  readonly people = new Map<string, Person>();
  readonly vanished = new Map<string, Person>();

  /** `namesApart`: no two people share a part of their names, so that names tell whose an account is. */
  constructor(readonly namesApart = false) {}
}

/**
 * What can go wrong with a read. `short`, `repeated`, `shrinking` and `error` happen in the first read of the night, or
 * with `lasting` in every one; `half` is an answer that is consistent, and lacks half of the people.
 */
export interface ReadFault {
  readonly kind: 'short' | 'repeated' | 'shrinking' | 'lost_attribute' | 'error' | 'half';
  readonly lasting: boolean;
}

/** What the last read of a run really answered, and whether it can be believed. */
export interface Answer {
  people: readonly Person[];
  /** Whether nothing in the answer contradicts it. */
  consistent: boolean;
}

const PAGE = 3;

/** The HR system's word for where somebody stands on a day. */
export function statusOn(person: Person, day: string): string {
  if (person.status !== 'employed') return person.status;
  return person.start_date > day ? 'onboarding' : 'active';
}

/** A source that answers from the HR system, page by page; `answer` holds what the last read came to. */
export function openSource(hr: Hr, day: string, fault: ReadFault | null, answer: Answer, named = 0): Source {
  let reads = 0;
  const tell = (people: readonly Person[]) => people.map((person) => ({ employee: employeeOf(person, day, false) }));
  const facts = { pages: 1, presentFields: new Set<string>(), notices: [] };
  return {
    capabilities: { peoplePerPage: PAGE, idsPerRequest: 1 },
    async *readChanged(): AsyncGenerator<SourcePage, ReadFacts> {
      const people = [...hr.people.values()].filter((_, index) => ((named >> index) & 1) === 1);
      yield { records: tell(people), total: people.length };
      return { ...facts, totalAtStart: people.length, totalAtEnd: people.length };
    },
    async *readByIds(_, ids): AsyncGenerator<NamedPage, ReadFacts> {
      const people = ids.flatMap((id) => hr.people.get(id) ?? []);
      yield { records: tell(people), total: null, absent: ids.filter((id) => !hr.people.has(id)) };
      return { ...facts, totalAtStart: null, totalAtEnd: null };
    },
    type: 'model',
    title: 'Model HR',
    identity: 'model hr',
    fields: async () => [],
    check: async () => [],
    async *read(): AsyncGenerator<SourcePage, ReadFacts> {
      reads += 1;
      const people = [...hr.people.values()];
      const struck =
        fault !== null && (fault.lasting || reads === 1) && strikes(fault, people.length) ? fault.kind : null;
      const told = struck === 'half' ? people.slice(0, Math.floor((people.length - 1) / 2)) : people;
      answer.people = told;
      answer.consistent = struck === null || struck === 'half';
      const presentFields = new Set<string>();
      let pages = 0;
      // Where pages overlap only the repeated people tell, in a system that gives no total.
      const total = struck === 'repeated' ? null : told.length;
      for (let at = 0; at < Math.max(1, told.length); at += PAGE) {
        if (struck === 'error' && at > 0)
          throw new NetworkError(
            { system: 'Model HR', method: 'GET', url: 'https://hr.acme.example', attempts: 1 },
            'ECONNRESET',
            true,
          );
        if (struck === 'short' && at > 0) continue;
        const from = struck === 'repeated' ? 0 : at;
        const records = told
          .slice(from, from + PAGE)
          .map((person) => ({ employee: employeeOf(person, day, struck === 'lost_attribute') }));
        for (const { employee } of records) for (const name of Object.keys(employee.fields)) presentFields.add(name);
        pages += 1;
        yield { records, total };
      }
      const totalAtEnd = struck === 'shrinking' ? told.length - 1 : total;
      return { pages, totalAtStart: total, totalAtEnd, presentFields, notices: [] };
    },
  };
}

// What strikes the second page leaves a company alone that fits on one.
function strikes({ kind }: ReadFault, people: number): boolean {
  return people > PAGE || kind === 'shrinking' || kind === 'lost_attribute' || kind === 'half';
}

function employeeOf(person: Person, day: string, withoutTitle: boolean): Employee {
  const { id, hires: _, status: __, job_title, ...rest } = person;
  const fields = Object.assign(emptyFields(), rest, { status: statusOn(person, day) });
  return { id, fields: withoutTitle ? fields : Object.assign(fields, { job_title }) };
}
