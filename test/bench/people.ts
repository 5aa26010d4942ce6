import type { Person } from '../../src/sandbox/company/company.js';
import { makeCompany } from '../../src/sandbox/company/make-company.js';
import { employeeJson, readableAttributes, type View } from '../../src/sandbox/personio/employees.js';
import { personioSettingsSchema } from '../../src/sandbox/personio/settings.js';
import { PAGE_SIZE } from './page-file.js';

const ATTRIBUTES = [
  'id',
  'first_name',
  'last_name',
  'email',
  'status',
  'position',
  'supervisor',
  'employment_type',
  'hire_date',
  'termination_date',
  'subcompany',
  'office',
  'department',
  'team',
  'cost_centers',
  'dynamic_1234567',
];

// Numbers that stand in a pattern for a person's own id and for their supervisor's.
const OWN_ID = 770_000_001;
const SUPERVISOR_ID = 770_000_002;
const FIRST_ID = 1_000_001;
const REPORTS = 8;

/** One person's JSON cut where an id belongs. */
type Pattern = readonly string[];

/**
 * Pages of Personio's v1 API with so many people on them, all of whom should have an account; the same call makes the
 * same pages. A few hundred people are shown as the sandbox shows them, and repeated under ids and addresses of their own,
 * so that a million take seconds. Whoever `isChanged` names (by place, from 0) has another position.
 */
export function* makePages(count: number, isChanged: (place: number) => boolean = () => false): Generator<string> {
  const patterns = makePatterns((person) => person);
  const changed = makePatterns((person) => ({ ...person, position: `Senior ${person.position}` }));
  for (let first = 0; first < count; first += PAGE_SIZE) {
    const people: string[] = [];
    for (let place = first; place < Math.min(first + PAGE_SIZE, count); place += 1) {
      people.push(fill((isChanged(place) ? changed : patterns)[place % patterns.length] ?? [], place));
    }
    const page = { total_elements: count, current_page: first / PAGE_SIZE, total_pages: Math.ceil(count / PAGE_SIZE) };
    yield `{"success":true,"data":[${people.join(',')}],"metadata":${JSON.stringify(page)},"offset":${first},"limit":${PAGE_SIZE}}`;
  }
}

function makePatterns(change: (person: Person) => Person): readonly Pattern[] {
  const company = makeCompany({ size: 800, seed: 1, today: '2026-01-01' });
  const supervisors = company.people.slice(0, 1).map((person) => ({ ...person, id: SUPERVISOR_ID }));
  const view: View = {
    company: { ...company, people: supervisors },
    attributes: readableAttributes(company, ATTRIBUTES, new Set()),
    supervisorDetails: true,
    oddities: personioSettingsSchema.parse({}),
    turn: 1,
  };
  return company.people.filter(isWanted).map((person) => {
    const email = person.email?.replace('@', `.${OWN_ID}@`) ?? null;
    const own = change({ ...person, id: OWN_ID, email, supervisorId: SUPERVISOR_ID });
    return JSON.stringify(employeeJson(own, view)).split(new RegExp(`(${OWN_ID}|${SUPERVISOR_ID})`));
  });
}

function isWanted({ status, email, terminationDate }: Person): boolean {
  return status === 'active' && terminationDate === null && email !== null && !email.includes('-personio-login');
}

function fill(pattern: Pattern, place: number): string {
  const own = String(FIRST_ID + place);
  const supervisor = String(FIRST_ID + Math.floor(place / REPORTS));
  let json = '';
  for (const piece of pattern) {
    json += piece === String(OWN_ID) ? own : piece === String(SUPERVISOR_ID) ? supervisor : piece;
  }
  return json;
}
