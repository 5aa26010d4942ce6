import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CredentialsError, IncompleteReadError, PermissionError, UsageError } from '../../../src/errors.js';
import type { AdapterWorld } from '../../../src/http/world.js';
import { bamboohr } from '../../../src/sources/bamboohr/index.js';
import {
  ACCOUNT_FIELDS,
  listOf,
  reportOf,
  rosterPage,
  type ScriptedBamboohr,
  startScriptedBamboohr,
} from '../../support/scripted-bamboohr.js';
import { readAll, readByIds, readChanged, testWorld } from './stage.js';

type Row = Readonly<Record<string, unknown>>;

const ROSTER = 'GET /api/v1/employees';
const REPORT = 'POST /api/v1/reports/custom';
const DATASET = 'POST /api/v2/datasets/employee/data';
const DATASET_FIELDS = 'GET /api/v1_2/datasets/employee/fields';
const CHANGED = 'GET /api/v1/employees/changed';

const FIELDS = ['status', 'start_date', 'termination_date', 'first_name', 'work_email', 'department', 'manager'];

function person(id: number, changes: Row = {}): Row {
  return {
    ...{ id: String(id), firstName: `First ${id}`, lastName: `Last ${id}`, workEmail: `p${id}@acme.example` },
    ...{ status: 'Active', hireDate: '2020-01-01', originalHireDate: '', terminationDate: '0000-00-00' },
    ...{ department: 'Sales', jobTitle: 'Clerk', supervisorEId: id === 1 ? null : '1' },
    ...changes,
  };
}

const noon = new Date('2026-12-01T12:00:00Z');
const world: AdapterWorld = { ...testWorld, now: () => noon, timezone: 'Europe/Berlin' };

describe('BambooHR', () => {
  let hr: ScriptedBamboohr;
  let rows: Row[];
  beforeEach(async () => {
    rows = [person(1), person(2), person(3, { status: 'Inactive', terminationDate: '2024-05-31' })];
    hr = await startScriptedBamboohr(rows);
  });
  afterEach(() => hr.stop());

  const open = (changes: object = {}, place: AdapterWorld = world) => {
    const settings = { company: 'acme', api_key: 'a-secret-key', base_url: hr.url, requests_per_second: 10_000 };
    return bamboohr.open(bamboohr.settings.parse({ ...settings, ...changes }), {
      ...place,
      signal: new AbortController().signal,
    });
  };
  const read = (fields: readonly string[] = FIELDS, changes: object = {}) => readAll(open(changes), fields);
  const failure = (fields: readonly string[] = FIELDS, changes: object = {}) =>
    read(fields, changes).catch((error: unknown) => error);
  const asked = () => hr.asked.map(({ method, path }) => `${method} ${path}`);
  const fieldsOf = async (id: number, fields = FIELDS) => ({
    ...(await read(fields)).employees.find((one) => one.id === String(id))?.fields,
  });

  describe('asked for everybody', () => {
    it('takes three requests: fields, list, report', async () => {
      const { employees, facts } = await read();
      expect(asked()).toEqual(['GET /api/v1/meta/fields', ROSTER, REPORT]);
      expect(employees.map(({ id }) => id)).toEqual(['1', '2', '3']);
      expect(facts).toMatchObject({ pages: 1, totalAtStart: 3, totalAtEnd: 3, notices: [] });
      expect(facts.presentFields).toEqual(new Set(['id', ...FIELDS, 'last_name']));
    });

    it('asks for the list by id and without a filter, and for the report as BambooHR wants it', async () => {
      await read();
      const [, list, report] = hr.asked;
      expect(Object.fromEntries(list?.query ?? [])).toEqual({
        ...{ 'page[limit]': '2500', sort: 'employeeId', fields: 'hireDate,workEmail' },
      });
      expect(Object.fromEntries(report?.query ?? [])).toEqual({ format: 'json', onlyCurrent: 'true' });
      expect(report?.headers).toMatchObject({ 'content-type': 'application/json', accept: 'application/json' });
      expect(report?.headers.authorization).toBe(`Basic ${Buffer.from('a-secret-key:x').toString('base64')}`);
      expect(report?.json).not.toHaveProperty('filters');
    });

    it('follows cursors to the end', async () => {
      const list = listOf(rows);
      hr.answer(ROSTER, ({ query }) =>
        query.get('page[after]') === 'two'
          ? rosterPage(list.slice(2), { total: 3 })
          : rosterPage(list.slice(0, 2), { total: 3, next: 'two' }),
      );
      expect((await read()).facts).toMatchObject({ totalAtStart: 3, totalAtEnd: 3 });
    });

    it.each([
      ['its cursor is refused', { status: 400, body: { error: { code: 'BadPage', message: 'Invalid page' } } }],
      ['its total changes', rosterPage([], { total: 9 })],
    ])('lists everybody once more where %s', async (_, odd) => {
      const list = listOf(rows);
      let lists = 0;
      hr.answer(ROSTER, ({ query }) => {
        if (query.has('page[after]')) return lists === 1 ? odd : rosterPage(list.slice(2), { total: 3 });
        lists += 1;
        return rosterPage(list.slice(0, 2), { total: 3, next: `next ${lists}` });
      });
      expect((await read()).facts).toMatchObject({ totalAtStart: 3, totalAtEnd: 3 });
      expect(lists).toBe(2);
    });

    it('gives up a list whose cursor repeats, or is refused twice', async () => {
      hr.answer(ROSTER, () => rosterPage(listOf(rows), { total: 3, next: 'again' }));
      expect(await failure()).toBeInstanceOf(IncompleteReadError);
      const bad = { status: 400, body: { error: { code: 'BadPage', message: 'Invalid page' } } };
      hr.answer(ROSTER, ({ query }) => (query.has('page[after]') ? bad : rosterPage(listOf(rows), { next: 'two' })));
      expect(await failure()).toBeInstanceOf(IncompleteReadError);
    });

    it('lets the totals tell of a report that was cut off', async () => {
      hr.answer(REPORT, ({ json }) => ({ body: reportOf(rows.slice(0, 2), json) }));
      const { employees, unreadable, facts } = await read();
      expect([employees.length, unreadable]).toEqual([2, []]);
      expect(facts).toMatchObject({ totalAtStart: 3, totalAtEnd: 3 });
    });

    it('lets the totals tell of somebody in the report who is not on the list', async () => {
      hr.answer(ROSTER, () => rosterPage(listOf(rows.slice(0, 2))));
      expect((await read()).facts).toMatchObject({ totalAtStart: 2, totalAtEnd: 3 });
    });

    it('names people whom the list hides and the report lacks, and takes them for unreadable', async () => {
      const hidden = {
        ...{ firstName: null, lastName: null, status: null },
        _restrictedFields: ['firstName', 'lastName', 'status'],
      };
      hr.answer(ROSTER, () => rosterPage(listOf(rows, { 2: hidden })));
      hr.answer(REPORT, ({ json }) => ({ body: reportOf([rows[0] ?? {}, rows[2] ?? {}], json) }));
      const { employees, unreadable, facts } = await read();
      expect(employees.map(({ id }) => id)).toEqual(['1', '3']);
      expect(unreadable).toEqual([{ id: '2', name: null, problem: expect.stringContaining('access level') }]);
      expect(facts).toMatchObject({ totalAtStart: 3, totalAtEnd: 3 });
    });

    it('does not take somebody for hidden of whom only the picture is', async () => {
      hr.answer(ROSTER, () => rosterPage(listOf(rows, { 2: { photoUrl: null, _restrictedFields: ['photoUrl'] } })));
      hr.answer(REPORT, ({ json }) => ({ body: reportOf(rows.slice(0, 1), json) }));
      expect((await read()).unreadable).toEqual([]);
    });

    it('refuses a report that shows somebody several times', async () => {
      hr.answer(REPORT, ({ json }) => ({ body: reportOf([...rows, person(2, { department: 'Art' })], json) }));
      expect(await failure()).toMatchObject({ message: expect.stringContaining('several rows') });
    });

    it('brings somebody twice whom list and report show twice', async () => {
      hr.answer(ROSTER, () => rosterPage(listOf([...rows, person(2)])));
      hr.answer(REPORT, ({ json }) => ({ body: reportOf([...rows, person(2, { firstName: 'Other' })], json) }));
      const { employees, facts } = await read();
      expect(employees.filter(({ id }) => id === '2').map(({ fields }) => fields['first_name'])).toEqual([
        'First 2',
        'Other',
      ]);
      expect(facts).toMatchObject({ totalAtStart: 4, totalAtEnd: 4 });
    });

    it('does not believe a report in which many people bear the names of others', async () => {
      const list = listOf(rows.map((row) => ({ ...row, firstName: row['lastName'], lastName: row['firstName'] })));
      hr.answer(ROSTER, () => rosterPage(list));
      expect(await failure()).toMatchObject({ message: expect.stringContaining("each other's place") });
      hr.answer(ROSTER, () => rosterPage(listOf(rows, { 2: { lastName: 'Married' } })));
      expect((await read()).employees).toHaveLength(3);
    });

    it('asks nothing more of a company that lists nobody', async () => {
      hr.answer(ROSTER, () => rosterPage([]));
      expect((await read()).facts).toMatchObject({ pages: 0, totalAtStart: 0, totalAtEnd: 0 });
      expect(asked()).not.toContain(REPORT);
    });

    it('refuses rows that hold nothing but ids', async () => {
      hr.answer(REPORT, () => ({ body: { title: '', fields: [], employees: rows.map(({ id }) => ({ id })) } }));
      expect(await failure()).toBeInstanceOf(PermissionError);
    });

    it('takes a field that is empty for everybody for lost unless the config lets it be', async () => {
      for (const row of rows) Object.assign(row, { department: '' });
      expect((await read()).facts.presentFields.has('department')).toBe(false);
      const allowed = await read(FIELDS, { may_be_empty: ['department', 'termination_date'] });
      expect(allowed.facts.presentFields.has('department')).toBe(true);
    });

    it('names a needed field that is no column of the report', async () => {
      const without = rows.map(({ supervisorEId: _, ...row }) => row);
      hr.answer(REPORT, ({ json }) => ({ body: reportOf(without, json) }));
      expect(await failure()).toMatchObject({ name: 'PermissionError', missing: ['supervisorEId'] });
    });

    it('knows nothing of a field that one row lacks', async () => {
      const [first, second, third] = rows;
      const { department: _, ...rest } = second ?? {};
      hr.answer(REPORT, ({ json }) => ({ body: reportOf([first ?? {}, rest, third ?? {}], json) }));
      expect(await fieldsOf(2)).not.toHaveProperty('department');
    });

    it('knows nothing of an empty value that the list says is restricted', async () => {
      Object.assign(rows[1] ?? {}, { workEmail: null });
      hr.answer(ROSTER, () => rosterPage(listOf(rows, { 2: { _restrictedFields: ['workEmail'] } })));
      expect(await fieldsOf(2)).not.toHaveProperty('work_email');
      hr.answer(ROSTER, () => rosterPage(listOf(rows)));
      expect(await fieldsOf(2)).toHaveProperty('work_email', null);
    });

    it('stops for an alias that the account does not have, and names the nearest one', async () => {
      const fields = [...FIELDS, 'customSkils'];
      expect(await failure(fields)).toMatchObject({ name: 'PermissionError', missing: ['customSkils'] });
      expect(await failure(fields)).toMatchObject({ message: expect.stringContaining('did you mean "customSkills"') });
      expect(await failure([...FIELDS, 'Badge'])).toMatchObject({ message: expect.stringContaining('"customBadge"') });
    });

    it('stops for what BambooHR does not have, before it asks anything', async () => {
      expect(await failure([...FIELDS, 'cost_center'])).toBeInstanceOf(UsageError);
      expect(await failure([...FIELDS, 'photoUrl'])).toBeInstanceOf(UsageError);
      expect(hr.asked).toEqual([]);
    });
  });

  describe('in its values', () => {
    const values = async (changes: Row, fields = FIELDS) => {
      Object.assign(rows[1] ?? {}, changes);
      const { employees } = await read(fields);
      return employees.find(({ id }) => id === '2');
    };

    it.each(['0000-00-00', '', null])('takes the date %j for none', async (none) => {
      expect((await values({ hireDate: none }))?.fields['start_date']).toBeNull();
    });

    it('names a date of another form', async () => {
      const found = await values({ hireDate: '05/31/2024' });
      expect(found?.unreadable?.['start_date']).toContain('05/31/2024');
      expect(found?.fields).not.toHaveProperty('start_date');
      expect(found?.fields['status']).toBe('active');
    });

    it('reads them by the types of the account', async () => {
      const own = { customSkills: 'Welding, Art , Welding', customBadge: '42', customFirstaider: '1' };
      for (const row of rows) Object.assign(row, own);
      const found = await values({ customBadge: '007' }, [...FIELDS, ...Object.keys(own)]);
      expect(found?.fields).toMatchObject({
        customSkills: ['Art', 'Welding'],
        customBadge: '007',
        customFirstaider: true,
      });
      expect(await fieldsOf(1, [...FIELDS, 'customBadge'])).toHaveProperty('customBadge', 42);
    });

    it('gives the manager’s employee id and never their Employee #', async () => {
      const found = await values({ supervisorId: 'E-77' });
      expect(found?.fields['manager']).toBe('1');
      expect(hr.asked.at(-1)?.json['fields']).not.toContain('supervisorId');
    });

    it('decodes an entity where the list of employees shows the name without it', async () => {
      const list = listOf(rows, { 2: { firstName: "D'Arcy" } });
      hr.answer(ROSTER, () => rosterPage(list));
      expect((await values({ firstName: 'D&#039;Arcy' }))?.fields['first_name']).toBe("D'Arcy");
    });

    it('decodes an entity where an option of the list is called so without it', async () => {
      const lists = [{ fieldId: 4, alias: 'department', options: [{ id: 1, name: 'R&D', archived: 'no' }] }];
      hr.answer('GET /api/v1/meta/lists', () => ({ body: lists }));
      expect((await values({ department: 'R&amp;D' }))?.fields['department']).toBe('R&D');
    });

    it('leaves an entity of one person as it is, and stops where several people have some', async () => {
      hr.answer('GET /api/v1/meta/lists', () => ({ body: [] }));
      expect((await values({ department: 'R&amp;D' }))?.fields['department']).toBe('R&amp;D');
      for (const row of rows) Object.assign(row, { department: 'R&amp;D' });
      expect(await failure()).toMatchObject({
        name: 'IncompleteReadError',
        message: expect.stringContaining('entities'),
      });
    });
  });

  describe('in who is employed', () => {
    const standing = async (changes: Row, place = world) => {
      Object.assign(rows[1] ?? {}, changes);
      const { employees } = await readAll(open({}, place), FIELDS);
      const { status, termination_date } = employees.find(({ id }) => id === '2')?.fields ?? {};
      return [status, termination_date];
    };

    it.each(['Active', 'Inactive'])('takes somebody hired later for onboarding, whose word is %s', async (status) => {
      expect(await standing({ hireDate: '2026-12-02', status })).toEqual(['onboarding', null]);
    });

    it('judges by the zone of the connector and not by UTC', async () => {
      const late = { ...world, now: () => new Date('2026-12-01T23:30:00Z') };
      const hire = { hireDate: '2026-12-02', status: 'Active' };
      expect(await standing(hire, late)).toEqual(['active', null]);
      expect(await standing(hire, { ...late, timezone: 'America/New_York' })).toEqual(['onboarding', null]);
    });

    it('takes a hire that was withdrawn for inactive', async () => {
      const withdrawn = { hireDate: '2027-01-01', status: 'Inactive', terminationDate: '2026-11-30' };
      expect(await standing(withdrawn)).toEqual(['inactive', null]);
    });

    it('takes a rehire to come for onboarding, and does not believe the end of the employment before', async () => {
      const rehire = { hireDate: '2027-01-01', originalHireDate: '2015-01-01', terminationDate: '2020-03-31' };
      expect(await standing({ ...rehire, status: 'Inactive' })).toEqual(['onboarding', null]);
      expect(await standing({ ...rehire, status: 'Active' })).toEqual(['onboarding', null]);
    });

    it('does not hand on the end of an earlier employment of somebody who is back', async () => {
      const back = { hireDate: '2024-01-01', originalHireDate: '2015-01-01', terminationDate: '2020-03-31' };
      expect(await standing({ ...back, status: 'Active' })).toEqual(['active', null]);
    });

    it('hands on an end to come', async () => {
      expect(await standing({ terminationDate: '2026-12-31' })).toEqual(['active', '2026-12-31']);
    });

    it('ends nobody by the word of the employment status', async () => {
      expect(await standing({ employmentHistoryStatus: 'Terminated' })).toEqual(['active', null]);
    });

    it('knows of people who left only what is there', async () => {
      Object.assign(rows[2] ?? {}, { department: null, supervisorEId: null });
      const found = await fieldsOf(3);
      expect(found).toMatchObject({ status: 'inactive', termination_date: '2024-05-31' });
      expect(found).not.toHaveProperty('department');
      expect(found).not.toHaveProperty('manager');
    });

    describe('later', () => {
      const hire = { hireDate: '2027-01-01', department: null, supervisorEId: null, status: 'Inactive' };
      beforeEach(() => Object.assign(rows[1] ?? {}, hire));

      it('brings their jobs by a second report, for them alone and without its dates', async () => {
        hr.answer(REPORT, ({ json, query }) => {
          const later = { ...rows[1], department: 'Art', supervisorEId: '1', hireDate: '2029-01-01', status: 'Active' };
          return { body: query.get('onlyCurrent') === 'false' ? reportOf([later], json) : reportOf(rows, json) };
        });
        expect(await fieldsOf(2)).toMatchObject({
          department: 'Art',
          manager: '1',
          start_date: '2027-01-01',
          status: 'onboarding',
        });
        expect(hr.asked.at(-1)?.json['filters']).toEqual({ employeeIds: [2] });
      });

      it('takes what nobody shows for unknown and not for empty', async () => {
        hr.answer(REPORT, ({ json, query }) => ({
          body: reportOf(query.get('onlyCurrent') === 'false' ? [] : rows, json),
        }));
        const found = await fieldsOf(2);
        expect(found).not.toHaveProperty('department');
        expect(found).not.toHaveProperty('manager');
      });
    });
  });

  describe('without a door', () => {
    const dataset = (people: readonly Row[], size = 1_000) => {
      hr.answer(DATASET_FIELDS, () => ({
        body: {
          pagination: { total_pages: 1 },
          fields: [
            ...['eeid', 'firstName', 'lastName', 'email', 'status', 'hireDate', 'terminationDate', 'supervisorEid'],
            'jobInformationDepartment',
          ]
            .map((name) => ({ name, label: name }))
            .concat([
              { name: 'customField4011', label: 'Skills' },
              { name: 'customField9', label: 'Badge' },
            ]),
        },
      }));
      hr.answer(DATASET, ({ json }) => {
        const { page = 1, pageSize = 100 } = json as { page?: number; pageSize?: number };
        const step = Math.min(size, pageSize);
        const some = people.slice((page - 1) * step, page * step);
        const meta = { page, pageSize: step, totalPages: Math.ceil(people.length / step), totalItems: people.length };
        return { body: { data: some.map((fields) => ({ fields })), links: {}, meta } };
      });
    };
    const asDataset = (row: Row): Row => ({
      ...{ eeid: row['id'], firstName: row['firstName'], lastName: row['lastName'], email: row['workEmail'] },
      ...{ status: row['status'], hireDate: row['hireDate'], terminationDate: row['terminationDate'] },
      ...{ jobInformationDepartment: row['department'], supervisorEid: row['supervisorEId'], customField4011: 'Art' },
      customField9: '4',
    });

    it.each([404, 410])('reads the data set where the report answers %i, and says so', async (status) => {
      dataset(rows.map(asDataset), 2);
      const expected = (await read()).employees;
      hr.answer(REPORT, () => ({ status }));
      const { employees, facts } = await read();
      expect(employees.map(({ fields }) => ({ ...fields }))).toEqual(expected.map(({ fields }) => ({ ...fields })));
      expect(facts.notices).toEqual([expect.stringContaining('data set')]);
      expect(hr.asked.at(-1)?.json).toMatchObject({ orderBy: 'eeid asc', page: 2, pageSize: 1_000 });
    });

    it('reads the data set alone where the config says so, custom fields by their label', async () => {
      dataset(rows.map(asDataset));
      const { employees } = await read([...FIELDS, 'customSkills', 'customBadge'], { read: 'dataset' });
      expect(asked()).not.toContain(REPORT);
      expect(employees[0]?.fields).toMatchObject({
        customSkills: ['Art'],
        customBadge: 4,
        work_email: 'p1@acme.example',
      });
    });

    it('stops where the config wants the report and there is none', async () => {
      hr.answer(REPORT, () => ({ status: 404 }));
      expect(await failure(FIELDS, { read: 'report' })).toBeInstanceOf(PermissionError);
    });

    it('knows nothing of a restricted value of the data set', async () => {
      dataset(rows.map(asDataset));
      hr.answer(DATASET, () => ({
        body: {
          data: rows.map((row, index) => ({
            fields: { ...asDataset(row), ...(index === 1 && { email: null }) },
            ...(index === 1 && { _restrictedFields: ['email'] }),
          })),
          meta: { totalItems: 3, totalPages: 1 },
        },
      }));
      const { employees } = await read(FIELDS, { read: 'dataset' });
      expect(employees[1]?.fields).not.toHaveProperty('work_email');
      expect(employees[0]?.fields).toHaveProperty('work_email');
    });

    it('refuses a data set that holds fewer people than it counts', async () => {
      dataset(rows.map(asDataset));
      hr.answer(DATASET, () => ({
        body: { data: [{ fields: asDataset(person(1)) }], meta: { totalItems: 3, totalPages: 1 } },
      }));
      expect(await failure(FIELDS, { read: 'dataset' })).toBeInstanceOf(IncompleteReadError);
    });

    it('names what the data set does not have', async () => {
      dataset(rows.map(asDataset));
      expect(await failure([...FIELDS, 'display_name'], { read: 'dataset' })).toMatchObject({
        ...{ name: 'UsageError', message: expect.stringContaining('displayName') },
      });
    });

    it.each([401, 403, 404])('counts by the data set where the list answers %i', async (status) => {
      dataset(rows.map(asDataset));
      hr.answer(ROSTER, () => ({ status }));
      const { employees, facts } = await read();
      expect(employees).toHaveLength(3);
      expect(facts).toMatchObject({
        totalAtStart: 3,
        totalAtEnd: 3,
        notices: [expect.stringContaining('count of its data set')],
      });
      expect(hr.asked[2]?.json).toMatchObject({ pageSize: 1 });
    });

    it('concludes nothing where neither list nor data set counts anybody', async () => {
      hr.answer(ROSTER, () => ({ status: 403 }));
      hr.answer(DATASET, () => ({ status: 403 }));
      expect(await failure()).toBeInstanceOf(PermissionError);
    });
  });

  describe('in trouble', () => {
    it('asks once with a key that is refused, and once where access is switched off', async () => {
      hr.answer('GET /api/v1/meta/fields', () => ({ status: 401 }));
      expect(await failure()).toBeInstanceOf(CredentialsError);
      hr.answer('GET /api/v1/meta/fields', () => ({ status: 403 }));
      expect(await failure()).toBeInstanceOf(PermissionError);
      expect(hr.asked).toHaveLength(2);
    });

    it.each([408, 429, 503, 598])('tries again after %i', async (status) => {
      let answers = 0;
      hr.answer(REPORT, ({ json }) => {
        answers += 1;
        return answers === 1 ? { status, headers: { 'Retry-After': '1' } } : { body: reportOf(rows, json) };
      });
      expect((await read()).employees).toHaveLength(3);
    });

    it('tells what the header says of a refusal, each sentence once', async () => {
      const headers = { 'X-BambooHR-Error-Message': 'Too many fields, Too many fields', 'X-Request-ID': 'abc-1' };
      hr.answer(REPORT, () => ({ status: 400, headers }));
      expect(await failure()).toMatchObject({ message: expect.stringMatching(/: Too many fields \(request abc-1\)$/) });
    });

    it('never shows the key, whoever echoes it', async () => {
      hr.answer('GET /api/v1/meta/fields', () => ({
        status: 401,
        headers: { 'X-BambooHR-Error-Message': 'bad a-secret-key' },
      }));
      const error = await failure();
      expect(error).toMatchObject({ detail: 'bad ***' });
      expect(JSON.stringify(error)).not.toContain('a-secret-key');
    });

    it('takes XML and another shape for no answer', async () => {
      hr.answer('GET /api/v1/meta/fields', () => ({ body: '<?xml version="1.0"?><fields/>' }));
      expect(await failure()).toBeInstanceOf(IncompleteReadError);
      hr.answer('GET /api/v1/meta/fields', () => ({ body: { fields: [] } }));
      expect(await failure()).toBeInstanceOf(IncompleteReadError);
    });

    it('tells once what BambooHR announces to end', async () => {
      const headers = { Deprecation: '@1790000000', Sunset: 'Wed, 30 Jun 2027 00:00:00 GMT' };
      hr.answer(REPORT, ({ json }) => ({ headers, body: reportOf(rows, json) }));
      const source = open();
      const { facts } = await readAll(source, FIELDS);
      expect(facts.notices).toEqual([expect.stringMatching(/reports\/custom.*deprecated.*30 Jun 2027/)]);
      expect(await source.check(FIELDS)).toContainEqual(
        expect.objectContaining({ level: 'warning', subject: 'deprecation' }),
      );
    });
  });

  describe('asked for some people', () => {
    const changedTo = (...changes: (readonly [id: number, action: string])[]) =>
      hr.answer(CHANGED, () => ({
        body: {
          latest: '2026-12-01T00:00:00+00:00',
          employees: Object.fromEntries(
            changes.map(([id, action]) => [id, { id: String(id), action, lastChanged: '' }]),
          ),
        },
      }));
    const since = new Date('2026-12-01T09:00:00Z');

    it('takes one request where nobody changed, and reaches back ten minutes', async () => {
      hr.answer(CHANGED, () => ({ body: { latest: null, employees: [] } }));
      expect((await readChanged(open(), FIELDS, since)).employees).toEqual([]);
      expect(asked()).toEqual([CHANGED]);
      expect(hr.asked[0]?.query.get('since')).toBe('2026-12-01T08:50:00Z');
    });

    it('reads those who changed, and concludes nothing from a deletion', async () => {
      changedTo([2, 'Updated'], [9, 'Deleted']);
      const { employees, absent } = await readChanged(open(), FIELDS, since);
      expect([employees.map(({ id }) => id), absent]).toEqual([['2'], []]);
      expect(hr.asked.at(-1)?.json['filters']).toEqual({ employeeIds: [2] });
    });

    it('reads the report whole above a third of the company', async () => {
      const many = Array.from({ length: 900 }, (_, index) => person(index + 1));
      hr.answer(ROSTER, () => rosterPage(listOf(many)));
      hr.answer(REPORT, ({ json }) => ({ body: reportOf(many, json) }));
      changedTo(...many.slice(0, 600).map(({ id }) => [Number(id), 'Updated'] as const));
      expect((await readChanged(open(), FIELDS, since)).employees).toHaveLength(600);
      expect(asked().filter((route) => route === REPORT)).toHaveLength(1);
      expect(hr.asked.at(-1)?.json).not.toHaveProperty('filters');
    });

    it('says of somebody who does not come what BambooHR says of them alone', async () => {
      const told = { 'X-BambooHR-Error-Message': 'Employee not found' };
      hr.answer('GET /api/v1/employees/8', () => ({ status: 404, headers: told }));
      hr.answer('GET /api/v1/employees/9', () => ({ status: 403, headers: told }));
      const { employees, absent, unreadable } = await readByIds(open(), FIELDS, ['2', '8', '9']);
      expect([employees.map(({ id }) => id), absent, unreadable.map(({ id }) => id)]).toEqual([['2'], ['8'], ['9']]);
    });

    it.each([
      ['is there all the same', { body: { id: '8' } }],
      ['is not found by who knows whom', { status: 404, body: '<html>' }],
    ])('fails for somebody who does not come and %s', async (_, answer) => {
      hr.answer('GET /api/v1/employees/8', () => answer);
      await expect(readByIds(open(), FIELDS, ['2', '8'])).rejects.toBeInstanceOf(IncompleteReadError);
    });

    it('looks among everybody for what is empty of these people, and leaves out what nobody has', async () => {
      Object.assign(rows[1] ?? {}, { department: null });
      expect((await readByIds(open(), FIELDS, ['2'])).employees[0]?.fields).toHaveProperty('department', null);
      for (const row of rows) Object.assign(row, { department: null });
      expect((await readByIds(open(), FIELDS, ['2'])).employees[0]?.fields).not.toHaveProperty('department');
    });

    it('takes no entity that nothing confirms', async () => {
      Object.assign(rows[1] ?? {}, { firstName: 'D&#039;Arcy' });
      expect((await readByIds(open(), FIELDS, ['2'])).employees[0]?.fields).not.toHaveProperty('first_name');
    });
  });

  describe('checked', () => {
    const check = (fields: readonly string[] = FIELDS, changes: object = {}) => open(changes).check(fields);
    const problems = async (fields: readonly string[] = FIELDS) =>
      (await check(fields))
        .filter(({ level }) => level !== 'ok')
        .map(({ subject, message }) => `${subject}: ${message}`);

    it('takes four requests and names the company', async () => {
      expect(await check()).toEqual([
        { level: 'ok', subject: hr.url, message: 'answers' },
        { level: 'ok', subject: 'credentials', message: 'accepted; they belong to Acme' },
        {
          level: 'ok',
          subject: 'employees',
          message: '3 of 3 readable (counted by the list of employees), 1 of them inactive',
        },
        { level: 'ok', subject: 'fields', message: 'all 7 needed ones are readable' },
      ]);
      expect(hr.asked).toHaveLength(4);
    });

    it('warns where nobody is inactive, and where somebody is hidden', async () => {
      Object.assign(rows[2] ?? {}, { status: 'Active' });
      expect(await problems()).toEqual([expect.stringContaining('none is inactive')]);
      hr.answer(REPORT, ({ json }) => ({ body: reportOf(rows.slice(1), json) }));
      expect(await problems()).toContainEqual(expect.stringContaining('2 of 3 readable'));
    });

    it('finds fields that are unknown, hidden, empty for everybody or nobody’s', async () => {
      for (const row of rows) Object.assign(row, { department: null, firstName: undefined });
      expect(await problems(['work_email', 'department', 'customSkils', 'avatar', 'employee_number'])).toEqual([
        expect.stringContaining('field avatar: BambooHR has no such field'),
        expect.stringContaining(
          'field customSkils: this account has no field with that alias; did you mean "customSkills"?',
        ),
        expect.stringContaining('field department: empty for everybody'),
        expect.stringContaining('field employee_number (employeeNumber): BambooHR leaves it out'),
      ]);
    });

    it('warns of managers whom nobody knows, and of dates that cannot be read', async () => {
      Object.assign(rows[1] ?? {}, { supervisorEId: '99', hireDate: '2024-13-01' });
      expect(await problems()).toEqual([
        expect.stringContaining('field start_date (hireDate): 1 date in a form'),
        expect.stringContaining('field manager (supervisorEId): the managers of 1 person'),
      ]);
    });
  });

  it('offers the fields that the key may read, by asking a report of nobody', async () => {
    const names = (await open().fields()).map(({ name, type }) => `${name} ${type}`);
    expect(names).toEqual([
      ...['id integer', 'first_name text', 'last_name text', 'start_date date', 'department list', 'status list'],
      'manager employee',
    ]);
    expect(hr.asked.at(-1)?.json).toMatchObject({ filters: { lastChanged: { includeNull: 'no' } } });
    expect(ACCOUNT_FIELDS.length).toBeGreaterThan(names.length);
  });

  it.each(['evil.example/', 'acme.bamboohr.com', 'Acme', 'a_b', '', 'acme#'])('refuses %j for a company', (company) => {
    expect(bamboohr.settings.safeParse({ company, api_key: 'k' }).success).toBe(false);
  });

  it('keeps the name of the company out of its identity', () => {
    const identity = open().identity;
    expect(identity).toMatch(/^bamboohr [\da-f]{16}$/);
    expect(open({ company: 'other' }).identity).not.toBe(identity);
  });
});
