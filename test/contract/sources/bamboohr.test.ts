import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Fields } from '../../../src/core/value.js';
import { IncompleteReadError, PermissionError } from '../../../src/errors.js';
import { plainPeople, plainPerson } from '../../support/people.js';
import { type BamboohrStage, stageBamboohr } from './bamboohr-stage.js';
import { describePartialReads } from './partial-contract.js';
import { describeSource } from './source-contract.js';
import { readAll, readByIds, readChanged, type SourceStage } from './stage.js';

const ALIASES: Readonly<Record<string, string>> = { manager: 'supervisorEId', job_title: 'jobTitle' };

/** HR fields that BambooHR has no standard field for. */
const LACKS = ['team', 'legal_entity', 'cost_center'];

// Nobody is on leave there but by a word of the company's own. Of inactive people what is empty is unknown.
function expected(fields: Fields): Fields {
  if (fields['status'] === 'leave') return { ...fields, status: 'active' };
  if (fields['status'] !== 'inactive') return fields;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
}

/** A company of three pages of the list. */
async function setUp(): Promise<SourceStage> {
  const stage = await stageBamboohr(510, {
    ...{ rosterGrants: 200, inactiveLose: 'nothing', futureTerminations: 'shown', unknownKeysAllowed: null },
  });
  const origin = stage.system.url.replace(/\/api$/, '');
  return {
    company: stage.company,
    hr: stage.hr,
    system: { ...stage.system, url: origin },
    routes: { employees: 'roster', attributes: 'report' },
    attributeOf: (field) => ALIASES[field] ?? field,
    expected,
    refusals: [
      { error: { code: 'Forbidden', message: 'Something went wrong' } },
      { errors: [{ error: 'Something went wrong' }] },
      { type: 'about:blank', title: 'Something went wrong', status: 403 },
      [],
    ],
    refused: { method: 'POST', after: 0 },
    open: ({ credentials, url = origin } = {}) =>
      stage.open({
        ...{ base_url: `${url}/api`, changes_overlap_minutes: 120 },
        ...(credentials === 'wrong' && { api_key: 'wrong' }),
      }),
    stop: stage.stop,
  };
}

describeSource('BambooHR', setUp, { lacks: LACKS, unitsHaveIds: false, hasCatalogue: false });
describePartialReads(
  'BambooHR',
  async () => ({ ...(await setUp()), routes: { employees: 'changed', attributes: 'report' } }),
  { lacks: LACKS },
);

describe("BambooHR's own ways", () => {
  let stage: BamboohrStage;
  beforeEach(async () => {
    stage = await stageBamboohr(60);
  });
  afterEach(() => stage.stop());

  const FIELDS = ['status', 'start_date', 'termination_date', 'work_email', 'job_title', 'department', 'manager'];
  const set = (settings: object) => stage.system.settings.change(settings);
  const key = (changes: object) => set({ keys: [{ ...stage.system.settings.values.keys[0], ...changes }] });
  const read = (fields: readonly string[] = FIELDS, changes: object = {}) => readAll(stage.open(changes), fields);
  const failure = (fields: readonly string[] = FIELDS, changes: object = {}) =>
    read(fields, changes).catch((error: unknown) => error);
  const routes = () => stage.system.requests.list().map(({ route }) => route);
  const byId = ({ employees }: Awaited<ReturnType<typeof read>>) =>
    Object.fromEntries(employees.map(({ id, fields }) => [id, { ...fields }]));
  const hire = (on: string) =>
    stage.hr.apply({
      ...{ kind: 'hire', firstName: 'Ada', lastName: 'Newcomer', email: 'ada@acme.example', on },
      ...{ position: 'Engineer', department: 'Sales', supervisor: stage.company.people[0]?.id ?? 0 },
    });

  it('ask for fields, list and report, and for jobs to come only where there are some', async () => {
    for (const person of stage.company.people) if (person.status === 'onboarding') person.status = 'active';
    for (const person of stage.company.people) if (person.hireDate !== null) person.hireDate = '2020-01-01';
    await read();
    expect(routes()).toEqual(['fields', 'roster', 'report']);
    hire('2027-01-04');
    stage.system.requests.clear();
    await read();
    expect(routes()).toEqual(['fields', 'roster', 'report', 'report']);
  });

  it.each(['active', 'inactive'] as const)(
    'bring hires to come with their jobs, who are %s until then',
    async (word) => {
      set({ hiresToCome: word });
      const ada = hire('2027-01-04');
      expect(byId(await read())[`${ada?.id}`]).toMatchObject({
        ...{ status: 'onboarding', start_date: '2027-01-04', termination_date: null },
        ...{ job_title: 'Engineer', department: 'Sales', manager: `${stage.company.people[0]?.id}` },
      });
    },
  );

  it('show no promotion of next month now, also where somebody is hired then', async () => {
    const person = plainPerson(stage.company);
    set({ plannedRows: { [person.id]: { on: '2026-12-01', jobTitle: 'Chief' } } });
    hire('2027-01-04');
    expect(byId(await read())[person.id]?.['job_title']).toBe(person.position);
  });

  it('take a hire that was withdrawn for inactive', async () => {
    const ada = hire('2027-01-04');
    stage.hr.apply({ kind: 'withdraw_hire', person: ada?.id ?? 0, how: 'inactive' });
    expect(byId(await read())[`${ada?.id}`]?.['status']).toBe('inactive');
  });

  it('keep one record for a rehire, whose earlier end is not handed on', async () => {
    const person = plainPerson(stage.company);
    stage.hr.apply({ kind: 'terminate', person: person.id, on: '2026-11-10' });
    stage.hr.moveTo('2026-11-20');
    stage.hr.apply({ kind: 'rehire', person: person.id, on: '2027-02-01' });
    const count = stage.company.people.length - 1;
    const found = await read();
    expect(found.employees).toHaveLength(count);
    expect(byId(found)[person.id]).toMatchObject({
      status: 'onboarding',
      start_date: '2027-02-01',
      termination_date: null,
    });
  });

  it.each(['supervisor', 'job'] as const)(
    'know nothing of what inactive people lose, be it their %s',
    async (inactiveLose) => {
      set({ inactiveLose });
      const left = (await read()).employees.filter(({ fields }) => fields['status'] === 'inactive');
      expect(left.length).toBeGreaterThan(0);
      expect(left.filter(({ fields }) => Object.hasOwn(fields, 'manager'))).toEqual([]);
      const jobs = left.filter(({ fields }) => Object.hasOwn(fields, 'department'));
      expect(jobs).toHaveLength(inactiveLose === 'job' ? 0 : left.length);
    },
  );

  it.each(['zeros', 'text', 'null', 'mixed'] as const)(
    'take empty dates that are written as %s for none',
    async (emptyDates) => {
      set({ emptyDates });
      const found = byId(await read());
      const unending = stage.company.people.filter(
        ({ status, terminationDate }) => status === 'active' && !terminationDate,
      );
      expect(new Set(unending.map(({ id }) => found[id]?.['termination_date']))).toEqual(new Set([null]));
    },
  );

  it('find a termination to come on its day alone, where the report hides it', async () => {
    const person = plainPerson(stage.company);
    stage.hr.apply({ kind: 'terminate', person: person.id, on: '2026-12-24' });
    expect(byId(await read())[person.id]).toMatchObject({ status: 'active', termination_date: null });
    set({ futureTerminations: 'shown' });
    expect(byId(await read())[person.id]).toMatchObject({ status: 'active', termination_date: '2026-12-24' });
  });

  it('bring custom fields under their aliases, by their types', async () => {
    const fields = stage.system.settings.values.customAliases;
    expect(fields).toEqual({});
    const offered = await stage.open().fields();
    const own = offered.filter(({ name }) => name.startsWith('custom'));
    expect(own.map(({ type }) => type)).toEqual(expect.arrayContaining(['integer', 'tags', 'list', 'date']));
    const { employees } = await read(own.map(({ name }) => name));
    const tags = own.find(({ type }) => type === 'tags')?.name ?? '';
    const skills = stage.company.people.map(({ custom }) => custom['dynamic_2345678']);
    const sets = employees.map(({ fields }) => fields[tags]);
    expect(sets.filter((value) => Array.isArray(value))).toEqual(
      skills.flatMap((value) => (Array.isArray(value) && value.length > 0 ? [[...value].sort()] : [])),
    );
  });

  it.each(['field_id', 'own'] as const)(
    'read the same by the data set as by the report, its numbers being %s',
    async (datasetNumbers) => {
      for (const person of stage.company.people) person.hireDate = '2020-01-01';
      set({ datasetNumbers });
      const fields = [...FIELDS, 'customTeam', 'customCostCenter', 'work_location', 'division', 'employee_number'];
      const byReport = byId(await read(fields));
      expect(byId(await read(fields, { read: 'dataset' }))).toEqual(byReport);
      set({ refusals: { report: { status: 410 } } });
      const fallen = await read(fields);
      expect(byId(fallen)).toEqual(byReport);
      expect(fallen.facts.notices).toEqual([expect.stringContaining('no report any more')]);
    },
  );

  it('leave out, and never clear, what the data set may not show', async () => {
    key({ hiddenFields: ['department'] });
    expect(await failure(FIELDS, { read: 'dataset' })).toMatchObject({ missing: ['department'] });
    set({ datasetHiddenField: 'row_missing' });
    expect((await read(FIELDS, { read: 'dataset' })).facts).toMatchObject({ totalAtStart: 60, totalAtEnd: 60 });
  });

  it('count by the data set where the list takes no API key', async () => {
    set({ refusals: { roster: { status: 403 } } });
    const { employees, facts } = await read();
    expect(employees).toHaveLength(60);
    expect(facts).toMatchObject({ totalAtStart: 60, totalAtEnd: 60 });
    expect(routes()).toContain('dataset');
    set({ refusals: { roster: { status: 403 }, dataset: { status: 403 } } });
    expect(await failure()).toBeInstanceOf(PermissionError);
  });

  it('name people whom the key may not read, and conclude nothing of them', async () => {
    const people = plainPeople(stage.company).slice(0, 2);
    key({ hiddenPeople: people.map(({ id }) => id) });
    const { employees, unreadable, facts } = await read();
    expect(employees).toHaveLength(58);
    expect(unreadable.map(({ id }) => id)).toEqual(people.map(({ id }) => String(id)));
    expect(facts).toMatchObject({ totalAtStart: 60, totalAtEnd: 60 });
  });

  it('see that a report lacks inactive people', async () => {
    set({ reportShowsInactive: false });
    const { employees, unreadable, facts } = await read();
    expect(employees.length).toBeLessThan(60);
    expect(unreadable).toEqual([]);
    expect(facts.totalAtEnd).toBe(60);
  });

  it('name a field that the access level hides', async () => {
    key({ hiddenFields: ['supervisorEId'] });
    expect(await failure()).toMatchObject({ name: 'PermissionError', missing: ['supervisorEId'] });
    expect((await read(FIELDS.filter((field) => field !== 'manager'))).employees).toHaveLength(60);
    const offered = await stage.open().fields();
    expect(offered.map(({ name }) => name)).not.toContain('manager');
  });

  it('take fields that are empty for everybody, and rows of bare ids, for lost', async () => {
    set({ emptied: ['department'] });
    expect((await read()).facts.presentFields.has('department')).toBe(false);
    set({ emptied: [], bareRows: true });
    const { facts } = await read();
    expect([...facts.presentFields]).toEqual(['id']);
  });

  it('undo entities by what the list shows, and stop where nothing does', async () => {
    const before = byId(await read(['first_name', 'last_name', 'department']));
    expect(JSON.stringify(before)).toMatch(/['&]/);
    set({ entities: ['report'] });
    expect(byId(await read(['first_name', 'last_name', 'department']))).toEqual(before);
    set({ entities: ['report', 'roster', 'lists'] });
    expect(await failure(['first_name', 'last_name'])).toBeInstanceOf(IncompleteReadError);
  });

  it('go on where the list grants smaller pages than were asked for', async () => {
    set({ rosterGrants: 7 });
    const { employees, facts } = await read();
    expect(employees).toHaveLength(60);
    expect(facts).toMatchObject({ totalAtStart: 60, totalAtEnd: 60 });
  });

  it('never try a refused key again', async () => {
    expect(await failure(FIELDS, { api_key: 'f'.repeat(40) })).toMatchObject({ name: 'CredentialsError' });
    expect(stage.system.requests.list()).toHaveLength(1);
    key({ enabled: false });
    expect(await failure()).toMatchObject({ name: 'PermissionError' });
    expect(stage.system.requests.list()).toHaveLength(2);
  });

  it.each([429, 503] as const)(
    'wait as long as BambooHR asks where it is asked too often, with %i',
    async (limitStatus) => {
      set({ requestsPerMinute: 2, retryAfterSeconds: 30, limitStatus });
      const waited: number[] = [];
      const sleep = async (milliseconds: number) => {
        waited.push(milliseconds);
        if (milliseconds >= 30_000) set({ requestsPerMinute: null });
      };
      const { employees } = await readAll(stage.open({}, { sleep }), FIELDS);
      expect(employees).toHaveLength(60);
      expect(Math.max(...waited)).toBeGreaterThanOrEqual(30_000);
    },
  );

  it('tell which calls are announced to end', async () => {
    set({ deprecations: { report: { deprecation: '@1790000000', sunset: null } } });
    expect((await read()).facts.notices).toEqual([expect.stringMatching(/POST \/v1\/reports\/custom.*names no end/)]);
  });

  it('find nobody gone among changed people, and everybody who is', async () => {
    const [kept, gone] = plainPeople(stage.company);
    const since = new Date();
    stage.hr.apply({ kind: 'promote', person: kept?.id ?? 0, to: 'Lead' });
    stage.hr.apply({ kind: 'delete', person: gone?.id ?? 0 });
    const { employees, absent } = await readChanged(stage.open(), FIELDS, since);
    expect([employees.map(({ id }) => id), absent]).toEqual([[String(kept?.id)], []]);
    const named = await readByIds(stage.open(), FIELDS, [`${kept?.id}`, `${gone?.id}`]);
    expect(named.absent).toEqual([String(gone?.id)]);
  });

  it('name changed people whom the key may not read', async () => {
    const person = plainPerson(stage.company);
    set({ changedListsHidden: true });
    key({ hiddenPeople: [person.id] });
    const since = new Date();
    stage.hr.apply({ kind: 'promote', person: person.id, to: 'Lead' });
    const { employees, unreadable } = await readChanged(stage.open(), FIELDS, since);
    expect([employees, unreadable.map(({ id }) => id)]).toEqual([[], [String(person.id)]]);
  });

  it('need five requests for a check', async () => {
    await stage.open().check(FIELDS);
    expect(stage.system.requests.list().length).toBeLessThanOrEqual(5);
    key({ seesInactive: false });
    const findings = await stage.open().check(FIELDS);
    expect(findings.find(({ subject }) => subject === 'employees')).toMatchObject({ level: 'warning' });
  });
});
