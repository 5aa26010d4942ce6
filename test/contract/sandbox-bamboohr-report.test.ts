import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Person } from '../../src/sandbox/company/company.js';
import { plusDays } from '../../src/sandbox/company/days.js';
import { BambooHRStages, KEY, TODAY } from '../support/bamboohr.js';

const stages = new BambooHRStages();
afterEach(stages.stop);

const ids = (rows: readonly Record<string, unknown>[], key = 'id') => rows.map((one) => Number(one[key]));
const errorOf = (answer: Response) => answer.headers.get('X-BambooHR-Error-Message');
const isActive = ({ status, terminationDate }: Person) => status === 'active' && terminationDate === null;

describe('the custom report', () => {
  it('gives everybody in one answer, inactive people included, with text or null as values', async () => {
    const { report, people } = await stages.start();
    const answer = await report(['firstName', 'status', 'supervisorEId', 'customBadge']);
    expect(answer.fields.map(({ id, type }) => [id, type])).toEqual([
      ['firstName', 'text'],
      ['status', 'text'],
      ['supervisorEId', 'int'],
      ['customBadge', 'int'],
    ]);
    expect(ids(answer.employees)).toEqual(people.map(({ id }) => id));
    expect(new Set(answer.employees.map(({ status }) => status))).toEqual(new Set(['Active', 'Inactive']));
    const types = answer.employees.flatMap((one) => Object.values(one)).map((value) => value === null || typeof value);
    expect(new Set(types)).toEqual(new Set(['string', true]));
  });

  it('leaves out fields that are unknown or not allowed without a word, from columns and rows', async () => {
    const { report } = await stages.start({ keys: [{ key: KEY, hiddenFields: ['workEmail'] }] });
    const { fields, employees } = await report(['firstName', 'workEmail', 'noSuchField']);
    expect(fields.map(({ id }) => id)).toEqual(['firstName']);
    expect(Object.keys(employees[0] ?? {})).toEqual(['id', 'firstName']);
  });

  it('leaves out people whom the key may not see', async () => {
    const { report, people } = await stages.start({ keys: [{ key: KEY, hiddenPeople: [1002], seesInactive: false }] });
    const seen = people.filter(({ id, status }) => id !== 1002 && status !== 'inactive').map(({ id }) => id);
    expect(ids((await report(['id'])).employees)).toEqual(seen);
  });

  it('gives fields asked for by number back under the number, those without an alias too', async () => {
    const { report } = await stages.start();
    const { fields, employees } = await report([1, '4600']);
    expect(fields.map(({ id }) => id)).toEqual(['1.0', '4600.0']);
    expect(employees[0]).toMatchObject({ '1.0': expect.any(String), '4600.0': expect.stringMatching(/^[01]$/) });
  });

  it('may hold columns that nobody asked for', async () => {
    const { report } = await stages.start({ reportAlsoGives: ['lastName'] });
    expect((await report(['firstName'])).fields.map(({ id }) => id)).toEqual(['firstName', 'lastName']);
  });

  it('takes 400 fields and no more', async () => {
    const { send } = await stages.start();
    const ask = (count: number) =>
      send('POST', '/v1/reports/custom?format=json', { fields: Array.from({ length: count }, () => 'firstName') });
    expect([(await ask(400)).status, (await ask(401)).status]).toEqual([200, 400]);
  });

  it('reads a body of any other type than application/json as XML', async () => {
    const { send } = await stages.start();
    for (const type of ['application/json; charset=utf-8', 'text/plain']) {
      const answer = await send('POST', '/v1/reports/custom?format=json', { fields: ['id'] }, { 'content-type': type });
      expect([answer.status, errorOf(answer)]).toEqual([400, 'Malformed XML']);
    }
  });

  it('answers 404 unless the format is JSON, by query or by exactly that Accept', async () => {
    const { send } = await stages.start();
    const status = async (query: string, accept: string) =>
      (await send('POST', `/v1/reports/custom${query}`, { fields: ['id'] }, { accept })).status;
    expect(await status('', 'application/json')).toBe(200);
    expect(await status('', 'application/json, text/plain')).toBe(404);
    expect(await status('?format=yaml', 'application/json')).toBe(404);
  });

  it('refuses bodies that are not as described', async () => {
    const { send } = await stages.start();
    const bodies = [
      ...[{}, { fields: 'id' }, { fields: [] }, { fields: [true] }, { fields: ['id'], columns: [] }, []],
      ...[{ employeeIds: ['x'] }, { lastChanged: {} }, { department: 'x' }].map((filters) => ({
        fields: ['id'],
        filters,
      })),
      { fields: ['id'], filters: { lastChanged: { value: '2026-11-24' } } },
      { fields: ['id'], filters: { lastChanged: { value: '2026-11-24T00:00:00Z', includeNull: 'maybe' } } },
    ];
    for (const body of bodies) {
      const answer = await send('POST', '/v1/reports/custom?format=json', body);
      expect([JSON.stringify(body), answer.status]).toEqual([JSON.stringify(body), 400]);
    }
    const query = '/v1/reports/custom?format=json&onlyCurrent=perhaps';
    expect((await send('POST', query, { fields: ['id'] })).status).toBe(400);
  });

  it('filters by ids and by last change, with those whose change is unknown unless told otherwise', async () => {
    const { report, happens } = await stages.start({ withoutLastChanged: [1005] });
    happens({ kind: 'promote', person: 1004, to: 'Chief' });
    expect(ids((await report(['id'], { filters: { employeeIds: [1003, '1001', 9] } })).employees)).toEqual([
      1001, 1003,
    ]);
    const since = async (includeNull?: string) => {
      const lastChanged = { value: '2026-11-24T10:00:00+01:00', ...(includeNull !== undefined && { includeNull }) };
      return ids((await report(['lastChanged'], { filters: { lastChanged } })).employees);
    };
    expect(await since()).toEqual([1004, 1005]);
    expect(await since('no')).toEqual([1004]);
  });

  it('writes empty dates in three ways in one answer', async () => {
    const { report } = await stages.start();
    const dates = (await report(['terminationDate'])).employees.map((one) => one['terminationDate']);
    expect(new Set(dates.filter((date) => typeof date !== 'string' || !/^[1-9]/.test(date)))).toEqual(
      new Set(['0000-00-00', '', null]),
    );
  });

  it('writes dates in another form, and one value for everybody, where the settings say so', async () => {
    const { rowOf, people, system } = await stages.start({ dateForms: { hireDate: 'day_month_year' } });
    const [first] = people;
    const [year, month, day] = first?.hireDate?.split('-') ?? [];
    expect(await rowOf({ id: 1001 }, ['hireDate'])).toMatchObject({ hireDate: `${day}.${month}.${year}` });
    system.settings.change({ emptied: ['firstName'] });
    expect(await rowOf({ id: 1001 }, ['firstName'])).toEqual({ id: '1001', firstName: null });
  });

  it('joins the values of a multilist by a comma', async () => {
    const { rowOf, someone } = await stages.start();
    const skilled = someone(
      ({ custom }) => Array.isArray(custom['dynamic_2345678']) && custom['dynamic_2345678'].length > 1,
    );
    const skills = Object.values(skilled.custom).find((value) => Array.isArray(value));
    expect(await rowOf(skilled, ['customSkills'])).toMatchObject({ customSkills: skills?.join(', ') });
  });

  it('writes texts with HTML entities where the account is like that, and plainly elsewhere', async () => {
    const { rowOf, someone, company, roster } = await stages.start({ entities: ['report'] });
    const unit = company.departments.find(({ name }) => name === 'People & Culture');
    const person = someone(({ departmentId }) => departmentId === unit?.id);
    expect(await rowOf(person, ['department'])).toMatchObject({ department: 'People &amp; Culture' });
    const { data } = await roster(`filter[ids]=${person.id}&fields=departmentName`);
    expect(data[0]?.['departmentName']).toBe('People & Culture');
  });

  it('names the manager by id, by Employee # and by name, and these are different things', async () => {
    const { rowOf, someone, people } = await stages.start();
    const person = someone((one) => isActive(one) && one.supervisorId !== null);
    const manager = people.find(({ id }) => id === person.supervisorId);
    expect(await rowOf(person, ['supervisorEId', 'supervisorId', 'supervisor', 'supervisorEmail'])).toEqual({
      id: String(person.id),
      supervisorEId: String(manager?.id),
      supervisorId: `E-${manager?.id}`,
      supervisor: `${manager?.lastName}, ${manager?.firstName}`,
      supervisorEmail: manager?.email,
    });
  });

  it('hides rows or values in a green answer when something is wrong with it', async () => {
    const { report, system } = await stages.start({ bareRows: true });
    expect((await report(['firstName'])).employees[0]).toEqual({ id: '1001' });
    system.settings.change({ bareRows: false, swapped: [['firstName', 'lastName']] });
    const [row] = (await report(['firstName', 'lastName'])).employees;
    system.settings.change({ swapped: [] });
    const [right] = (await report(['firstName', 'lastName'])).employees;
    expect(row).toEqual({ id: '1001', firstName: right?.['lastName'], lastName: right?.['firstName'] });
    system.faults.add({ fault: { kind: 'short_list' } });
    expect((await report(['id'])).employees).toHaveLength(65);
    system.faults.add({ fault: { kind: 'lost_attribute', attributes: ['firstName'] } });
    expect((await report(['firstName'])).fields).toEqual([]);
  });
});

describe('who is employed', () => {
  it('gives people to come no job under onlyCurrent=true, and their job under false', async () => {
    const { rowOf, someone, company } = await stages.start();
    const newcomer = someone(({ status }) => status === 'onboarding');
    const fields = ['status', 'hireDate', 'department', 'supervisorEId', 'location', 'employmentHistoryStatus'];
    expect(await rowOf(newcomer, fields)).toEqual({
      ...{ id: String(newcomer.id), status: 'Inactive', hireDate: newcomer.hireDate, department: null },
      ...{ supervisorEId: null, location: null, employmentHistoryStatus: null },
    });
    const department = company.departments.find(({ id }) => id === newcomer.departmentId)?.name;
    expect(await rowOf(newcomer, fields, false)).toMatchObject({
      department,
      supervisorEId: `${newcomer.supervisorId}`,
    });
  });

  it('calls people to come active in the other reading', async () => {
    const { rowOf, someone } = await stages.start({ hiresToCome: 'active' });
    const newcomer = someone(({ status }) => status === 'onboarding');
    expect(await rowOf(newcomer, ['status'])).toMatchObject({ status: 'Active' });
  });

  it('dates a withdrawn hire before its first day', async () => {
    const { rowOf, someone, happens } = await stages.start();
    const newcomer = someone(({ status }) => status === 'onboarding');
    happens({ kind: 'withdraw_hire', person: newcomer.id, how: 'inactive' });
    expect(await rowOf(newcomer, ['status', 'hireDate', 'terminationDate'])).toMatchObject({
      ...{ status: 'Inactive', hireDate: newcomer.hireDate, terminationDate: TODAY },
    });
  });

  it('counts future rows for everybody under onlyCurrent=false, and on their day under true', async () => {
    const on = plusDays(TODAY, 30);
    const { rowOf, passes } = await stages.start({ plannedRows: { 1001: { on, jobTitle: 'Founder' } } });
    const title = async (onlyCurrent: boolean) => (await rowOf({ id: 1001 }, ['jobTitle'], onlyCurrent))?.['jobTitle'];
    expect([await title(true), await title(false)]).toEqual(['Chief Executive Officer', 'Founder']);
    passes(on);
    expect(await title(true)).toBe('Founder');
  });

  it('hides a termination to come under onlyCurrent=true, unless told to show it', async () => {
    const { rowOf, someone, system } = await stages.start({ emptyDates: 'null' });
    const leaver = someone(({ status, terminationDate }) => status === 'active' && terminationDate !== null);
    const fields = ['status', 'terminationDate'];
    expect(await rowOf(leaver, fields)).toMatchObject({ status: 'Active', terminationDate: null });
    expect(await rowOf(leaver, fields, false)).toMatchObject({ terminationDate: leaver.terminationDate });
    system.settings.change({ futureTerminations: 'shown' });
    expect(await rowOf(leaver, fields)).toMatchObject({ status: 'Active', terminationDate: leaver.terminationDate });
  });

  it('makes a leaver inactive after the last day, or on it', async () => {
    const { rowOf, happens, passes, system } = await stages.start();
    const on = plusDays(TODAY, 5);
    happens({ kind: 'terminate', person: 1001, on });
    const status = async () => (await rowOf({ id: 1001 }, ['status']))?.['status'];
    passes(on);
    expect(await status()).toBe('Active');
    system.settings.change({ inactiveFrom: 'last_day' });
    expect(await status()).toBe('Inactive');
    system.settings.change({ inactiveFrom: 'day_after' });
    passes(plusDays(on, 1));
    expect(await rowOf({ id: 1001 }, ['status', 'terminationDate', 'employmentHistoryStatus'])).toMatchObject({
      ...{ status: 'Inactive', terminationDate: on, employmentHistoryStatus: 'Terminated' },
    });
  });

  it('takes the manager from inactive people, and their job too where the settings say so', async () => {
    const { rowOf, someone, system } = await stages.start();
    const left = someone(({ status, supervisorId, position }) => status === 'inactive' && !!supervisorId && !!position);
    const fields = ['supervisorEId', 'jobTitle'];
    expect(await rowOf(left, fields)).toMatchObject({ supervisorEId: null, jobTitle: left.position });
    system.settings.change({ inactiveLose: 'job' });
    expect(await rowOf(left, fields)).toMatchObject({ supervisorEId: null, jobTitle: null });
  });

  it('shows leave in the account’s own words only, for the person stays active', async () => {
    const { rowOf, someone } = await stages.start({ employmentStatuses: { leave: 'Elternzeit' } });
    const away = someone(({ status }) => status === 'leave');
    expect(await rowOf(away, ['status', 'employmentHistoryStatus'])).toMatchObject({
      ...{ status: 'Active', employmentHistoryStatus: 'Elternzeit' },
    });
  });

  it('keeps the record of a rehire: new hire date, old termination date, first hire date', async () => {
    const { rowOf, someone, happens, roster, system } = await stages.start();
    const left = someone(({ status, email }) => status === 'inactive' && email !== null);
    const { email } = left;
    const returned = happens({ kind: 'rehire', person: left.id });
    expect(await rowOf(left, ['status', 'hireDate', 'originalHireDate', 'terminationDate', 'workEmail'])).toEqual({
      ...{ id: String(left.id), status: 'Active', hireDate: TODAY, originalHireDate: left.hireDate },
      ...{ terminationDate: left.terminationDate, workEmail: email },
    });
    expect((await roster()).meta.total).toBe(130);
    system.settings.change({ rehires: 'new_record' });
    expect((await roster()).meta.total).toBe(131);
    expect(await rowOf({ id: returned?.id ?? 0 }, ['hireDate'])).toMatchObject({ hireDate: TODAY });
  });

  it('ends an employment to come under onlyCurrent=false already, and leaves inactive people out of reports, when told to', async () => {
    const { rowOf, someone, report } = await stages.start({
      futureStatus: 'of_the_future',
      reportShowsInactive: false,
    });
    const leaver = someone(({ status, terminationDate }) => status === 'active' && terminationDate !== null);
    expect(await rowOf(leaver, ['status'])).toMatchObject({ status: 'Active' });
    expect(await rowOf(leaver, ['status'], false)).toBeUndefined();
    expect(new Set((await report(['status'])).employees.map(({ status }) => status))).toEqual(new Set(['Active']));
  });
});

describe('the data set', () => {
  it('gives a hundred a page unless asked, with a total, in the order that is asked for', async () => {
    const { dataset, people } = await stages.start();
    const first = await dataset({ fields: ['eeid', 'email'], orderBy: 'eeid asc' });
    expect(first.meta).toEqual({ page: 1, pageSize: 100, totalPages: 2, totalItems: 130 });
    expect(first.links).toEqual({ next: expect.any(String), prev: null });
    const second = await dataset({ fields: ['eeid', 'email'], orderBy: 'eeid asc', page: 2 });
    const all = [...first.data, ...second.data].map(({ fields }) => Number(fields['eeid']));
    expect(all).toEqual(people.map(({ id }) => id));
    expect(first.data[0]?.fields).toEqual({ eeid: '1001', email: people[0]?.email });
    const [last] = (await dataset({ fields: ['status', 'eeid'], orderBy: 'status asc, eeid desc', pageSize: 1 })).data;
    expect(last?.fields).toEqual({ status: 'Active', eeid: String(people.findLast(isActive)?.id) });
  });

  it('overlaps its pages without an order', async () => {
    const { dataset } = await stages.start();
    const pages = [await dataset({ fields: ['eeid'] }), await dataset({ fields: ['eeid'], page: 2 })];
    expect(new Set(pages.flatMap(({ data }) => data.map(({ fields }) => fields['eeid']))).size).toBeLessThan(130);
  });

  it('filters by comparisons that are joined by and, or by or, but not by both', async () => {
    const { dataset, happens, send } = await stages.start();
    happens({ kind: 'promote', person: 1004, to: "Head of 'it'" });
    const found = async (filter: string) =>
      (await dataset({ fields: ['eeid'], filter, orderBy: 'eeid asc', pageSize: 1000 })).data.map(({ fields }) =>
        Number(fields['eeid']),
      );
    expect(await found("lastChanged gt '2026-11-24T08:59:59Z'")).toEqual([1004]);
    expect(await found("jobInformationJobTitle eq 'Head of ''it''' and eeid le 1010")).toEqual([1004]);
    expect(await found('eeid eq 1002 or eeid eq 1001')).toEqual([1001, 1002]);
    expect(await found("jobInformationDepartment in ('Engineering', 'Sales') and eeid lt 1004")).toEqual([1002]);
    for (const filter of ["eeid eq 1 and eeid eq 2 or status eq 'Active'", 'eeid in (1001, 1002)', 'eeid is 7']) {
      const answer = await send('POST', '/v2/datasets/employee/data', { fields: ['eeid'], filter });
      expect([filter, answer.status]).toEqual([filter, 422]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      expect(await answer.json()).toMatchObject({ code: 'INVALID_FILTER' });
    }
  });

  it('refuses what it does not describe, in problem+json', async () => {
    const { send } = await stages.start();
    const calls: readonly (readonly [object, number])[] = [
      ...[{}, { fields: [] }, { fields: ['eeid'], page: 0 }, { fields: ['eeid'], limit: 5 }].map(
        (body) => [body, 400] as const,
      ),
      [{ fields: ['firstname'] }, 400],
      [{ fields: ['eeid'], orderBy: 'lastName asc' }, 400],
      [{ fields: ['eeid'], orderBy: 'eeid upwards' }, 400],
      [{ fields: ['eeid'], pageSize: 1001 }, 413],
    ];
    for (const [body, status] of calls) {
      const answer = await send('POST', '/v2/datasets/employee/data', body);
      expect([JSON.stringify(body), answer.status]).toEqual([JSON.stringify(body), status]);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
    }
    const asText = { 'content-type': 'text/plain' };
    expect((await send('POST', '/v2/datasets/employee/data', { fields: ['eeid'] }, asText)).status).toBe(400);
    expect((await send('POST', '/v2/datasets/payroll/data', { fields: ['eeid'] })).status).toBe(404);
    const unasked = await send('POST', '/v2/datasets/employee/data', { fields: ['eeid'], orderBy: 'lastName' });
    expect(await unasked.json()).toMatchObject({ code: 'UE-1001' });
  });

  it('shows values of today only, unless the settings say otherwise', async () => {
    const { dataset, someone, system } = await stages.start({ emptyDates: 'null' });
    const leaver = someone(({ status, terminationDate }) => status === 'active' && terminationDate !== null);
    const body = { fields: ['eeid', 'terminationDate'], filter: `eeid eq ${leaver.id}` };
    expect((await dataset(body)).data[0]?.fields['terminationDate']).toBeNull();
    system.settings.change({ datasetShowsFuture: true });
    expect((await dataset(body)).data[0]?.fields['terminationDate']).toBe(leaver.terminationDate);
  });

  it('restricts, refuses or drops what may not be seen, for pages disagree', async () => {
    const { dataset, send, system } = await stages.start({
      keys: [{ key: KEY, hiddenFields: ['workEmail'], hiddenPeople: [1002] }],
    });
    const body = { fields: ['eeid', 'email'], orderBy: 'eeid asc' };
    const answer = await dataset(body);
    expect(answer.meta.totalItems).toBe(129);
    expect(answer.data[0]).toEqual({ fields: { eeid: '1001', email: null }, _restrictedFields: ['email'] });
    system.settings.change({ datasetHiddenField: 'row_missing' });
    expect((await dataset(body)).meta.totalItems).toBe(0);
    system.settings.change({ datasetHiddenField: 'refuse' });
    expect((await send('POST', '/v2/datasets/employee/data', body)).status).toBe(403);
  });

  it('names its fields, and gives the nearest page when one is out of range', async () => {
    const { ask, system } = await stages.start();
    const schema = z.object({
      fields: z.array(z.object({ name: z.string(), label: z.string(), parentType: z.string() })),
      pagination: z.object({ current_page: z.number(), total_pages: z.number() }),
    });
    const fields = async (query = '') =>
      schema.parse(await (await ask(`/v1_2/datasets/employee/fields${query}`)).json());
    const all = await fields();
    expect(all.fields.find(({ label }) => label === 'Badge')?.name).toBe('customField4401');
    const last = await fields('?page=99&page_size=10');
    expect(last.pagination).toMatchObject({ current_page: last.pagination.total_pages });
    expect((await ask('/v1_2/datasets/employee/fields?page_size=1001')).status).toBe(400);
    system.settings.change({ datasetNumbers: 'own' });
    expect((await fields()).fields.find(({ label }) => label === 'Badge')?.name).toBe('customField1');
  });
});
