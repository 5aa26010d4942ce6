import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CredentialsError, IncompleteReadError, PermissionError } from '../../../src/errors.js';
import { ForeignLinkError } from '../../../src/http/errors.js';
import { type FaultOrder, type Sandbox, startSandbox } from '../../../src/sandbox/index.js';
import { personio } from '../../../src/sources/personio/index.js';
import { keyOf } from '../../../src/sources/personio/names.js';
import type { Source } from '../../../src/sources/source.js';
import { plainPerson } from '../../support/people.js';
import { EXPECTED_FIELDS, expectedFields } from './expected.js';
import { describePartialReads } from './partial-contract.js';
import { describeSource } from './source-contract.js';
import { readAll, readByIds, readChanged, type SourceStage, testWorld } from './stage.js';

const NO_LIMITS = { authPerMinute: null, personsRefillPerSecond: null, otherRefillPerSecond: null } as const;

function openOn({ personio: { url, clientId, clientSecret } }: Sandbox, changes: object = {}): Source {
  const credentials = { client_id: clientId, client_secret: clientSecret, api: 'v2' };
  const settings = personio.settings.parse({ ...credentials, base_url: url, requests_per_second: 10_000, ...changes });
  return personio.open(settings, testWorld);
}

async function setUp(): Promise<SourceStage> {
  const sandbox = await startSandbox({ company: { size: 60, seed: 7, today: '2026-11-20' }, personio: NO_LIMITS });
  return {
    company: sandbox.company,
    hr: sandbox.hr,
    system: sandbox.personio,
    routes: { employees: 'persons', attributes: 'employments' },
    attributeOf: keyOf,
    refusals: [
      { errors: [{ title: 'Insufficient access scope', detail: 'Client scope insufficient to access resource' }] },
      { error: { message: 'Unauthorized Request' } },
      { _data: null },
      { success: true, data: [] },
    ],
    open: ({ credentials, url = sandbox.personio.url } = {}) =>
      openOn(sandbox, { base_url: url, ...(credentials === 'wrong' && { client_secret: 'wrong' }) }),
    stop: sandbox.stop,
  };
}

describeSource('Personio by v2', setUp, { countsItself: true, hasCatalogue: false });
describePartialReads('Personio by v2', setUp);

describe('v2’s own ways', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startSandbox({ company: { size: 60, seed: 7, today: '2026-11-20' }, personio: NO_LIMITS });
  });
  afterEach(() => sandbox.stop());

  const change = (settings: object) => sandbox.personio.settings.change(settings);
  const strike = (order: FaultOrder) => sandbox.personio.faults.add(order);
  const asked = (route: string) => sandbox.personio.requests.list().filter((request) => request.route === route);
  const failureOf = (reading: Promise<unknown>): Promise<unknown> => reading.catch((error: unknown) => error);
  const employmentsOf = (index: number) => ({ path: `/${sandbox.company.people[index]?.id}/employments` });

  it('ask for two listings, everybody’s employments once, and each list of names once', async () => {
    const { facts } = await readAll(openOn(sandbox), EXPECTED_FIELDS);
    const count = (route: string) => asked(route).length;
    expect(['token', 'persons', 'org_units', 'legal_entities', 'workplaces', 'cost_centers'].map(count)).toEqual([
      ...[1, 4, 2, 1, 1, 1],
    ]);
    // Those on whom a field stood first are looked at once more.
    expect(count('person')).toBeGreaterThan(0);
    expect(count('person')).toBeLessThan(6);
    expect(count('employments')).toBe(60 + count('person'));
    expect(new Set(asked('employments').map(({ path }) => path)).size).toBe(60);
    expect(facts).toMatchObject({ pages: 2, notices: [] });
  });

  it('ask for no employment and no name where nobody needs one', async () => {
    await readAll(openOn(sandbox), ['work_email', 'dynamic_1234567']);
    expect([asked('employments'), asked('org_units'), asked('workplaces')]).toEqual([[], [], []]);
  });

  it.each(['full', 'relative'] as const)('follow %s links', async (nextLinks) => {
    change({ nextLinks });
    expect((await readAll(openOn(sandbox), ['work_email'])).employees).toHaveLength(60);
  });

  it('do not turn in a circle where a link leads to its own page', async () => {
    change({ nextLinks: 'own_page' });
    const failure = await failureOf(readAll(openOn(sandbox), ['work_email']));
    expect(failure).toBeInstanceOf(IncompleteReadError);
    expect(asked('persons').length).toBeLessThan(4);
  });

  it('do not carry the token to another host', async () => {
    change({ nextLinks: 'foreign' });
    expect(await failureOf(readAll(openOn(sandbox), ['work_email']))).toBeInstanceOf(ForeignLinkError);
  });

  it('name departments, teams and legal entities one by one where the beta routes are closed, each once', async () => {
    change({ betaRoutes: 'closed' });
    const fields = ['department', 'team', 'legal_entity'];
    const { employees } = await readAll(openOn(sandbox), fields);
    expect(employees).toHaveLength(60);
    const found = new Map(employees.map((employee) => [employee.id, employee.fields]));
    for (const person of sandbox.company.people) {
      const { department, team, legal_entity } = expectedFields(person, sandbox.company);
      expect(found.get(String(person.id))).toMatchObject({ department, team, legal_entity });
    }
    const units = asked('org_unit').map(({ path, query }) => `${path}?${query}`);
    expect(units.length).toBeGreaterThan(8);
    expect(new Set(units).size).toBe(units.length);
    expect(asked('legal_entity')).toEqual([]);
  });

  it.each([
    ['work_location', 'office'],
    ['cost_center', 'cost_centers'],
  ])('refuse to read without the names of %s, before anybody is read', async (field, key) => {
    change({ betaRoutes: 'closed' });
    const refusal = await failureOf(readAll(openOn(sandbox), ['work_email', field]));
    expect(refusal).toBeInstanceOf(PermissionError);
    expect(refusal).toHaveProperty('missing', [key]);
    expect(asked('persons')).toEqual([]);
    const findings = await openOn(sandbox).check(['work_email', field]);
    expect(findings.filter(({ level }) => level !== 'ok')).toMatchObject([
      { level: 'error', subject: `attribute ${field}`, cause: 'credentials' },
    ]);
  });

  it('know nothing of a unit that Personio does not have any more, and say so', async () => {
    const [person] = sandbox.company.people;
    if (person === undefined) throw new Error('nobody');
    person.departmentId = 999;
    const { unreadable, employees, facts } = await readAll(openOn(sandbox), ['department']);
    expect(unreadable).toEqual([]);
    const found = employees.find(({ id }) => id === String(person.id));
    expect(Object.hasOwn(found?.fields ?? {}, 'department')).toBe(false);
    expect(employees).toHaveLength(60);
    expect(facts.notices).toEqual([expect.stringContaining('department 999')]);
  });

  it('stop at persons who come with their ids alone', async () => {
    change({ credentials: [{ clientId: 'a', clientSecret: 'b', readable: [] }] });
    const source = openOn(sandbox, { client_id: 'a', client_secret: 'b' });
    const refusal = await failureOf(readAll(source, ['work_email', 'job_title']));
    expect(refusal).toBeInstanceOf(PermissionError);
    expect(refusal).toHaveProperty('missing', expect.arrayContaining(['email']));
    expect(asked('employments')).toEqual([]);
    expect(await source.check(['work_email'])).toMatchObject([{ level: 'error', cause: 'credentials' }]);
  });

  it('notice that a right was taken away while they read', async () => {
    change({ emptyValues: 'omitted' });
    strike({
      match: { route: 'employments' },
      from: 30,
      times: null,
      fault: { kind: 'lost_attribute', attributes: ['office'] },
    });
    const failure = await failureOf(readAll(openOn(sandbox), ['work_location', 'job_title']));
    expect(failure).toBeInstanceOf(IncompleteReadError);
    expect(failure).toHaveProperty('findings', [expect.stringContaining('work_location could be read')]);
  });

  it('take the 401 of a good token for a missing right', async () => {
    const body = { error: { message: 'Unauthorized Request' } };
    strike({ match: { route: 'persons' }, times: null, fault: { kind: 'status', status: 401, body } });
    expect(await failureOf(readAll(openOn(sandbox), []))).toBeInstanceOf(PermissionError);
    sandbox.personio.faults.clear();
    expect(await failureOf(readAll(openOn(sandbox, { client_secret: 'c' }), []))).toBeInstanceOf(CredentialsError);
  });

  it.each([404, 500, 502])('make one unreadable record of one person whose employments answer %d', async (status) => {
    strike({ match: employmentsOf(2), times: null, fault: { kind: 'status', status } });
    const { unreadable, employees } = await readAll(openOn(sandbox), ['job_title']);
    expect(employees).toHaveLength(59);
    expect(unreadable).toMatchObject([
      { id: String(sandbox.company.people[2]?.id), problem: expect.stringContaining(String(status)) },
    ]);
  });

  it.each([404, 502])('ask again after a sporadic %d', async (status) => {
    strike({ match: { route: 'employments' }, from: 5, times: 2, fault: { kind: 'status', status } });
    const { unreadable, employees } = await readAll(openOn(sandbox, { concurrency: 1 }), ['job_title']);
    expect([employees.length, unreadable.length]).toEqual([60, 0]);
  });

  it('give up, and blame nobody, where employments fail one after the other', async () => {
    strike({ match: { route: 'employments' }, times: null, fault: { kind: 'status', status: 502 } });
    const failure = await failureOf(readAll(openOn(sandbox), ['job_title']));
    expect(failure).toBeInstanceOf(IncompleteReadError);
    expect(asked('employments').length).toBeLessThan(60);
  });

  it('notice that somebody of the first listing is not in the second one', async () => {
    strike({ match: { route: 'persons' }, from: 3, fault: { kind: 'short_page' } });
    const { employees, facts } = await readAll(openOn(sandbox), ['work_email']);
    expect(employees).toHaveLength(35);
    expect(facts).toMatchObject({ totalAtStart: 60, totalAtEnd: 60 });
  });

  it('keep what others have and somebody lacks, where that is what an absent value means', async () => {
    change({ emptyValues: 'omitted' });
    const [boss] = (await readAll(openOn(sandbox, { absent_value: 'keep' }), ['manager'])).employees;
    expect(Object.hasOwn(boss?.fields ?? {}, 'manager')).toBe(false);
    const [cleared] = (await readAll(openOn(sandbox), ['manager'])).employees;
    expect(cleared?.fields['manager']).toBeNull();
  });

  it('let a field be empty for everybody only where the config says so, and tell of it', async () => {
    change({ emptyValues: 'omitted' });
    const fields = ['probation_period_end'];
    expect(await failureOf(readAll(openOn(sandbox), fields))).toBeInstanceOf(PermissionError);
    const { facts } = await readAll(openOn(sandbox, { may_be_empty: fields }), fields);
    expect(facts.presentFields.has('probation_period_end')).toBe(true);
    expect(facts.notices).toEqual([expect.stringContaining('probation_period_end came with nobody')]);
  });

  it('read custom attributes by the ids that v2 gives them', async () => {
    change({ customIds: 'hexadecimal', customTypes: 'upper' });
    const offered = await openOn(sandbox).fields();
    const badge = offered.find(({ name }) => name.endsWith('.1234567'));
    expect(badge).toMatchObject({ type: 'integer', label: null });
    const { employees } = await readAll(openOn(sandbox), [badge?.name ?? '']);
    const badges = employees.map(({ fields }) => fields[badge?.name ?? '']).filter((value) => value !== null);
    expect(badges).toEqual(
      sandbox.company.people.map(({ custom }) => custom['dynamic_1234567']).filter((value) => value !== null),
    );
  });

  describe('between nights', () => {
    const since = () => new Date();
    const promote = (index: number) => {
      const person = plainPerson(sandbox.company, index);
      sandbox.hr.apply({ kind: 'promote', person: person.id, to: 'Principal' });
      return String(person.id);
    };
    it('ask v1 whose employments changed, and for the employments of those alone', async () => {
      const id = promote(0);
      const { employees } = await readChanged(openOn(sandbox), ['work_email', 'job_title'], since());
      expect(employees.map((one) => one.id)).toEqual([id]);
      expect(asked('employees').map(({ query }) => query)).toEqual([expect.stringContaining('updated_since=2')]);
      expect(asked('persons').map(({ query }) => query)).toEqual([
        expect.stringMatching(/^updated_at\.gt=[\d%:TA-]+Z&limit=50$/),
        `id=${id}&limit=50`,
      ]);
      expect(asked('employments')).toHaveLength(1);
    });

    it.each([
      ['where v1 refuses', {}, { kind: 'status', status: 403 }],
      ['where v1 has come to its end', {}, { kind: 'status', status: 410 }],
      ['where the config says so', { changes_by: 'v2' }, null],
    ] as const)('ask for the employments of everybody that were updated, %s', async (_, settings, fault) => {
      if (fault !== null) strike({ match: { route: 'employees' }, times: null, fault });
      const id = promote(0);
      const { employees, facts } = await readChanged(openOn(sandbox, settings), EXPECTED_FIELDS, since());
      expect(employees.map((one) => one.id)).toEqual([id]);
      expect(asked('employments').filter(({ query }) => query.includes('updated_at.gt'))).toHaveLength(60);
      expect(facts.notices).toEqual(fault === null ? [] : [expect.stringContaining('changes_by: v2')]);
    });

    it('let the totals disagree where the employments of somebody who changed cannot be read', async () => {
      const [bad, good] = [promote(0), promote(1)];
      strike({ match: { path: `/${bad}/employments` }, times: null, fault: { kind: 'status', status: 502 } });
      const { employees, unreadable, facts } = await readChanged(openOn(sandbox), EXPECTED_FIELDS, since());
      expect([employees.map(({ id }) => id), unreadable.map(({ id }) => id)]).toEqual([[good], [bad]]);
      expect([facts.totalAtStart, facts.totalAtEnd]).toEqual([3, 3]);
    });

    it('let the totals disagree where v1 does not give everybody it counts', async () => {
      for (const index of [0, 1, 2]) promote(index);
      strike({ match: { route: 'employees' }, times: null, fault: { kind: 'short_page' } });
      const { employees, facts } = await readChanged(openOn(sandbox), EXPECTED_FIELDS, since());
      expect(facts.totalAtEnd).toBeGreaterThan(employees.length);
    });

    it('call nobody gone whose employments fail, or of whom a closed route says that it is not there', async () => {
      const { id } = plainPerson(sandbox.company);
      const read = () => failureOf(readByIds(openOn(sandbox), EXPECTED_FIELDS, [String(id)]));
      strike({ match: { path: `/${id}/employments` }, times: null, fault: { kind: 'status', status: 404 } });
      expect(await read()).toBeInstanceOf(IncompleteReadError);
      sandbox.personio.faults.clear();
      strike({ match: { route: 'persons' }, times: null, fault: { kind: 'empty_list' } });
      expect(await read()).toMatchObject({ employees: [{ id: String(id) }], absent: [] });
      const path = `/v2/persons/${id}`;
      const error = {
        title: 'Resource not found',
        type: 'https://developer.personio.de#apinot_found',
        _meta: { path },
      };
      strike({
        match: { route: 'person' },
        times: null,
        fault: { kind: 'status', status: 404, body: { errors: [error] } },
      });
      expect(await read()).toBeInstanceOf(Error);
    });

    it('leave out of somebody what a lost right would take from everybody, and clear what others have', async () => {
      change({ emptyValues: 'omitted' });
      const person = plainPerson(sandbox.company);
      sandbox.hr.apply({ kind: 'clear', person: person.id, field: 'officeId' });
      sandbox.hr.apply({ kind: 'clear', person: person.id, field: 'teamId' });
      const read = async () => {
        const { employees } = await readByIds(openOn(sandbox), EXPECTED_FIELDS, [String(person.id)]);
        return employees[0]?.fields ?? {};
      };
      expect(await read()).toMatchObject({ work_location: null, team: null, termination_date: null });
      strike({
        match: { route: 'employments' },
        times: null,
        fault: { kind: 'lost_attribute', attributes: ['office', 'position'] },
      });
      const fields = await read();
      expect(['work_location', 'job_title'].filter((field) => Object.hasOwn(fields, field))).toEqual([]);
      expect(fields).toMatchObject({ team: null, termination_date: null });
    });
  });
});
