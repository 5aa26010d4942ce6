import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  CredentialsError,
  HrsyncError,
  IncompleteReadError,
  NotReadyError,
  PermissionError,
} from '../../../src/errors.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../../src/sandbox/index.js';
import { kombo } from '../../../src/sources/kombo/index.js';
import type { Source } from '../../../src/sources/source.js';
import { plainPeople, plainPerson, unitName } from '../../support/people.js';
import { describePartialReads } from './partial-contract.js';
import { describeSource } from './source-contract.js';
import { readAll, readByIds, readChanged, type SourceStage, testWorld } from './stage.js';

type Settings = NonNullable<SandboxOptions['kombo']>;

/** A company of three pages behind a Kombo that does not slow the tests down. */
function startKombo(size = 510): Promise<Sandbox> {
  return startSandbox({ company: { size, seed: 7, today: '2026-11-20' }, kombo: { requestsPerMinute: null } });
}

function openOn({ kombo: { url, apiKey, integrationId } }: Sandbox, changes: object = {}): Source {
  const given = { api_key: apiKey, integration_id: integrationId, base_url: url, requests_per_second: 10_000 };
  return kombo.open(kombo.settings.parse({ ...given, ...changes }), testWorld);
}

const KEYS: Readonly<Record<string, string>> = { manager: 'manager_id', job_title: 'job_title' };

async function setUp(): Promise<SourceStage> {
  const sandbox = await startKombo();
  return {
    company: sandbox.company,
    hr: sandbox.hr,
    system: { ...sandbox.kombo, url: sandbox.kombo.url.replace('/v1', '') },
    routes: { employees: 'employees', attributes: 'integration' },
    idOf: sandbox.kombo.idOf,
    attributeOf: (field) => KEYS[field] ?? field,
    refusals: [
      { status: 'error', error: { code: null, title: null, message: 'Something went wrong', log_url: null } },
      { status: 'error', error: { code: 'INTEGRATION.QA_FAILED', title: null, message: 'Held', log_url: null } },
      { status: 'success', data: { next: null } },
      { results: [], next: null },
    ],
    open: ({ credentials, url = sandbox.kombo.url.replace('/v1', '') } = {}) =>
      openOn(sandbox, { base_url: `${url}/v1`, ...(credentials === 'wrong' && { api_key: 'wrong' }) }),
    stop: sandbox.stop,
  };
}

describeSource('Kombo', setUp, { givesTotals: false, omitsLost: false });
describePartialReads('Kombo', setUp, { saysWhoIsGone: false, seesRenames: true });

describe("Kombo's own ways", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startKombo(260);
  });
  afterEach(() => sandbox.stop());

  const set = (settings: Settings) => sandbox.kombo.settings.change(settings);
  const read = (...fields: string[]) => readAll(openOn(sandbox), fields);
  const failureOf = (...fields: string[]) => read(...fields).catch((error: unknown) => error);

  it('look at the integration, then at groups where those are needed, then at 250 people a page with every filter', async () => {
    await read('department', 'work_email');
    const asked = sandbox.kombo.requests.list().map(({ route, query }) => `${route} ${query}`.trim());
    expect(asked).toEqual([
      'integration',
      'groups page_size=250',
      'employees page_size=250&include_deleted=true',
      expect.stringMatching(/^employees page_size=250&include_deleted=true&cursor=./),
    ]);
  });

  it('bring custom fields and what is passed through under their keys', async () => {
    const { employees } = await read('badge', 'skills', 'certified_on', 'dynamic_2345678');
    const found = new Map(employees.map((employee) => [employee.id, employee.fields]));
    for (const person of sandbox.company.people) {
      const fields = found.get(sandbox.kombo.idOf(person));
      const { dynamic_1234567: badge, dynamic_2345678: skills, dynamic_5678901: certified } = person.custom;
      const set = Array.isArray(skills) && skills.length > 0 ? skills.toSorted() : null;
      expect(fields).toMatchObject({ badge, skills: set, certified_on: certified, dynamic_2345678: set });
    }
  });

  it('survive absent keys, an id shared with a group, and managers whom nobody knows', async () => {
    const fields = ['department', 'team', 'work_email', 'manager', 'status'];
    const before = await read(...fields);
    const person = sandbox.company.people.at(-1) ?? { id: 0 };
    set({ leavesOutOptionalKeys: true, sharedId: true, managers: { [person.id]: 'nobody' } });
    const after = await read(...fields);
    const rest = ({ employees }: typeof before) => employees.filter(({ id }) => id !== sandbox.kombo.idOf(person));
    expect(rest(after)).toEqual(rest(before));
    expect(after.employees.some(({ fields }) => fields['manager'] === 'nobody')).toBe(true);
  });

  it('survive a circle among groups', async () => {
    set({ nestedDepartments: true, groupCycle: true });
    const [first, ...others] = sandbox.company.departments.map(({ name }) => name);
    const names = (await read('department')).employees.map(({ fields }) => fields['department']);
    expect(names).toContainEqual(['Acme', first]);
    expect(names).toEqual(expect.arrayContaining(others));
  });

  it('name somebody’s own department and not those above it', async () => {
    set({ nestedDepartments: true });
    const { employees } = await read('department');
    const names = new Set(employees.map(({ fields }) => fields['department']));
    expect(names).not.toContain('Acme');
    expect([...names].filter((name) => Array.isArray(name))).toEqual([]);
  });

  it('mark people whom Kombo no longer finds as deleted, emptied or not', async () => {
    const [, , one, other] = sandbox.company.people;
    for (const keepsDeletionMark of [true, false]) {
      set({ anonymisesAfterDays: 0, keepsDeletionMark });
      if (one && sandbox.company.people.includes(one)) sandbox.hr.apply({ kind: 'delete', person: one.id });
      const { employees, unreadable } = await read('work_email', 'status');
      expect(unreadable).toEqual([]);
      const gone = employees.find(({ id }) => one && id === sandbox.kombo.idOf(one));
      expect({ ...gone?.fields }).toMatchObject({ status: 'deleted', work_email: null, first_name: null });
      expect(employees.find(({ id }) => other && id === sandbox.kombo.idOf(other))?.fields['status']).not.toBe(
        'deleted',
      );
    }
  });

  it('take people who are all deleted, or all without a value, for a fault', async () => {
    set({ everybodyDeleted: true });
    expect((await read('work_email', 'status', 'termination_date')).facts.presentFields).toEqual(new Set());
    set({ everybodyDeleted: false, emptied: ['job_title'] });
    const { presentFields } = (await read('job_title', 'status')).facts;
    expect([...presentFields]).toContain('status');
    expect([...presentFields]).not.toContain('job_title');
  });

  it('may do without an end date with anybody, and say so', async () => {
    set({ emptied: ['termination_date'] });
    const { facts } = await read('termination_date', 'status');
    expect([...facts.presentFields]).toContain('termination_date');
    expect(facts.notices).toContain('nobody has a termination_date');
    const strict = await readAll(openOn(sandbox, { may_be_empty: [] }), ['termination_date', 'status']);
    expect([...strict.facts.presentFields]).not.toContain('termination_date');
  });

  it('say how old the newest change is', async () => {
    const person = sandbox.company.people[5];
    sandbox.hr.apply({ kind: 'promote', person: person?.id ?? 0, to: 'Lead' });
    const { facts } = await read('work_email');
    const at = new Date().toISOString().slice(0, 10);
    expect(facts.notices).toEqual([
      expect.stringContaining(`newest change in Kombo's copy of Personio (personio): ${at}`),
    ]);
  });

  it.each<[Settings, new (...args: never[]) => HrsyncError, number, RegExp]>([
    [{ status: 'INVALID' }, NotReadyError, 8, /refuses its credentials/],
    [{ status: 'INACTIVE' }, NotReadyError, 6, /INACTIVE/],
    [{ setupStatus: 'FINAL_SYNC_PENDING' }, NotReadyError, 6, /FINAL_SYNC_PENDING/],
    [{ dataExpiredAt: '2026-11-19T08:00:00.000Z' }, NotReadyError, 6, /since 2026-11-19 08:00/],
    [{ category: 'ATS' }, PermissionError, 8, /ATS/],
    [{ refuses: 'SETUP_SYNC_PENDING' }, NotReadyError, 6, /SETUP_SYNC_PENDING/],
    [{ refuses: 'SETUP_SYNC_PENDING', refusalStatus: 503 }, NotReadyError, 6, /SETUP_SYNC_PENDING/],
    [{ refuses: 'QA_FAILED' }, NotReadyError, 6, /QA_FAILED/],
    [{ refuses: 'AUTHENTICATION_INVALID' }, NotReadyError, 8, /AUTHENTICATION_INVALID/],
    [{ disabled: ['hris_employees.job_title'] }, PermissionError, 8, /job_title.*switched off/],
    [{ optedOut: ['hris_employees.job_title'] }, PermissionError, 8, /job_title.*did not allow/],
    [{ disabled: ['hris_employees'] }, PermissionError, 8, /job_title/],
    [{ disabled: ['hris_teams'] }, PermissionError, 8, /groups.name/],
    [{ unmapped: ['badge'] }, PermissionError, 8, /badge.*mapped to nothing/],
    [{ passedThrough: [] }, PermissionError, 8, /dynamic_2345678.*not passed through/],
  ])('refuse to read with %j before the first page, and without asking twice', async (settings, kind, code, says) => {
    set(settings);
    const failure = await failureOf('job_title', 'department', 'badge', 'dynamic_2345678');
    expect(failure).toBeInstanceOf(kind);
    expect(failure).toMatchObject({ exitCode: code, message: expect.stringMatching(says) });
    expect(
      sandbox.kombo.requests.list().filter(({ route }) => route === 'groups' || route === 'employees').length,
    ).toBeLessThanOrEqual(1);
  });

  it('go on where Kombo does not tell what it supplies', async () => {
    set({ tellsCoverage: false });
    expect((await read('job_title', 'department')).employees).toHaveLength(260);
    const findings = await openOn(sandbox).check(['job_title']);
    expect(findings).toContainEqual(expect.objectContaining({ level: 'warning', subject: 'field job_title' }));
  });

  it.each([
    ['workday', ['avatar'], ['work_email', 'display_name', 'work_location', 'legal_entity']],
    ['workdaycustomreport', ['weekly_hours', 'work_location', 'avatar'], ['display_name', 'work_location_city']],
    [
      'workdaycustomreportsftp',
      ['first_name', 'work_email', 'display_name', 'work_location', 'legal_entity'],
      ['employee_number', 'department', 'lms_email', 'manager', 'status'],
    ],
    ['hibob', [], ['first_name', 'avatar', 'legal_entity']],
  ] as const)('know what %s supplies and what it does not', async (tool, without, having) => {
    set({ tool });
    const source = openOn(sandbox);
    const offered = (await source.fields()).map(({ name }) => name);
    expect(offered).toEqual(expect.arrayContaining([...having]));
    expect(offered.filter((name) => without.some((one) => one === name))).toEqual([]);
    const findings = await source.check([...without, ...having]);
    const errors = findings.filter(({ level }) => level === 'error');
    expect(errors).toHaveLength(without.length);
    for (const field of without) expect(errors.map(({ subject }) => subject).join('\n')).toContain(field);
    if (without.length > 0) expect(await failureOf(...without)).toBeInstanceOf(PermissionError);
    expect((await read(...having)).employees).toHaveLength(260);
  });

  it('end a cursor that leads in a circle', async () => {
    sandbox.kombo.faults.add({ fault: { kind: 'repeated_page' }, match: { route: 'employees' }, from: 2, times: null });
    expect(await failureOf('work_email')).toBeInstanceOf(IncompleteReadError);
  });

  it('tell wrong keys, wrong integrations and forbidden addresses apart from what may pass', async () => {
    const wrong = (changes: object) => readAll(openOn(sandbox, changes), []).catch((error: unknown) => error);
    expect(await wrong({ api_key: 'other' })).toBeInstanceOf(CredentialsError);
    expect(await wrong({ integration_id: 'workday:other' })).toBeInstanceOf(CredentialsError);
    const body = {
      status: 'error',
      error: { code: 'PLATFORM.IP_NOT_WHITELISTED', title: null, message: 'No', log_url: null },
    };
    sandbox.kombo.faults.add({ fault: { kind: 'status', status: 403, body }, times: 1 });
    expect(await wrong({})).toBeInstanceOf(PermissionError);
  });

  it.each([
    [{ kind: 'status', status: 429, retryAfter: 2 }, 2],
    [{ kind: 'status', status: 503, body: '<html>nginx</html>' }, 2],
    [{ kind: 'status', status: 503, body: coded('REMOTE.SERVICE_UNAVAILABLE') }, 2],
    [{ kind: 'status', status: 500, body: coded('REMOTE.RATE_LIMIT_EXCEEDED') }, 2],
    [{ kind: 'status', status: 502, body: '502 Bad Gateway' }, 1],
    [{ kind: 'status', status: 500, body: coded('PLATFORM.UNKNOWN_ERROR') }, 1],
    [{ kind: 'status', status: 503, body: coded('PLATFORM.TASK_TIMED_OUT') }, 1],
    [{ kind: 'status', status: 409, body: coded('INTEGRATION.SETUP_SYNC_PENDING') }, 1],
  ] as const)('try again after %j only where Kombo calls that safe', async (fault, attempts) => {
    sandbox.kombo.faults.add({ fault, match: { route: 'employees' }, times: 1 });
    const outcome = await failureOf('work_email');
    expect(outcome instanceof HrsyncError).toBe(attempts === 1);
    const first = sandbox.kombo.requests.list().filter(({ query }) => query === 'page_size=250&include_deleted=true');
    expect(first).toHaveLength(attempts);
  });

  describe('between nights', () => {
    const changed = async (...fields: string[]) => readChanged(openOn(sandbox), fields, new Date());
    const idsOf = (people: readonly { readonly id: string }[]) => people.map(({ id }) => id).sort();
    const asked = (route: string) =>
      sandbox.kombo.requests.list().flatMap((one) => (one.route === route ? [one.query] : []));

    it('ask for whoever changed, and for the members of what did, with the deleted ones', async () => {
      const { departments, people } = sandbox.company;
      sandbox.hr.apply({ kind: 'rename_department', department: unitName(departments, 12), to: 'Anew' });
      const { employees } = await changed('department', 'work_email');
      const members = people.filter(({ departmentId }) => departmentId === 12);
      expect(idsOf(employees)).toEqual(members.map(sandbox.kombo.idOf).sort());
      expect(employees.every(({ fields }) => fields['department'] === 'Anew')).toBe(true);
      expect(asked('groups')).toEqual(['page_size=250', expect.stringMatching(/updated_after=.*include_deleted=true/)]);
      expect(asked('employees')).toEqual([
        expect.stringMatching(/include_deleted=true&updated_after=2/),
        expect.stringMatching(/include_deleted=true&group_ids=/),
      ]);
      expect([asked('locations'), asked('legal_entities')]).toEqual([[], []]);
    });

    it('find the people of places that do not bring them, and those below a group that changed', async () => {
      set({ placesBringPeople: false });
      const { offices, people } = sandbox.company;
      sandbox.hr.apply({ kind: 'rename_unit', of: 'office', unit: unitName(offices, 303), to: 'Anew' });
      const members = people.filter(({ officeId }) => officeId === 303);
      const { employees } = await changed('work_location');
      expect(idsOf(employees)).toEqual(members.map(sandbox.kombo.idOf).sort());
    });

    it('bring those who were deleted, marked, and those whom a manager brings along', async () => {
      const [gone] = plainPeople(sandbox.company);
      const boss = sandbox.company.people[1];
      sandbox.hr.apply({ kind: 'delete', person: gone?.id ?? 0 });
      sandbox.hr.apply({ kind: 'promote', person: boss?.id ?? 0, to: 'Chief' });
      const { employees } = await changed('status', 'manager');
      const reports = sandbox.company.people.filter(({ supervisorId }) => supervisorId === boss?.id);
      expect(employees.length).toBeGreaterThan(reports.length);
      const status = employees.find(({ id }) => id === sandbox.kombo.idOf(gone ?? { id: 0 }))?.fields['status'];
      expect(status).toBe('deleted');
    });

    it('leave out what a lost right would take from everybody, and keep what somebody merely does not have', async () => {
      const person = plainPerson(sandbox.company);
      sandbox.hr.apply({ kind: 'clear', person: person.id, field: 'position' });
      const read = async () =>
        (await readByIds(openOn(sandbox), ['job_title', 'start_date'], [sandbox.kombo.idOf(person)])).employees[0];
      expect((await read())?.fields).toMatchObject({ job_title: null, start_date: person.hireDate });
      set({ emptied: ['job_title', 'start_date'] });
      const fields = (await read())?.fields ?? {};
      expect(['job_title', 'start_date'].filter((field) => Object.hasOwn(fields, field))).toEqual([]);
    });

    it('ask for many people in parts', async () => {
      const ids = sandbox.company.people.slice(0, 120).map(sandbox.kombo.idOf);
      expect(idsOf((await readByIds(openOn(sandbox), ['work_email'], ids)).employees)).toEqual(ids.toSorted());
      expect(asked('employees')).toHaveLength(3);
    });

    it('do not read a company that is not to be read', async () => {
      set({ dataExpiredAt: '2026-11-20T00:00:00.000Z' });
      await expect(changed('work_email')).rejects.toBeInstanceOf(NotReadyError);
      expect(asked('employees')).toEqual([]);
    });
  });
});

function coded(code: string): object {
  return { status: 'error', error: { code, title: 'Refused', message: 'Not now', log_url: null } };
}
