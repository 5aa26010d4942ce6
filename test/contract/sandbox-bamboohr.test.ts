import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { plusDays } from '../../src/sandbox/company/days.js';
import { BambooHRStages, KEY, OTHER_KEY, TODAY } from '../support/bamboohr.js';

const stages = new BambooHRStages();
afterEach(stages.stop);

const ids = (rows: readonly Record<string, unknown>[], key = 'id') => rows.map((one) => Number(one[key]));
const errorOf = (answer: Response) => answer.headers.get('X-BambooHR-Error-Message');

describe('access', () => {
  it('takes the key as the user name of Basic, under any password', async () => {
    const { system } = await stages.start();
    const withText = (text: string) =>
      fetch(`${system.url}/v1/meta/fields`, {
        headers: { accept: 'application/json', authorization: `Basic ${Buffer.from(text).toString('base64')}` },
      });
    expect([(await withText(`${KEY}:x`)).status, (await withText(`${KEY}:anything`)).status]).toEqual([200, 200]);
    expect([(await withText(KEY)).status, (await withText(`x:${KEY}`)).status]).toEqual([401, 401]);
  });

  it('is opened by what it says opens it', async () => {
    const { system, ask } = await stages.start();
    const { access, attributes, section } = system;
    expect(section).toContain(`base_url: ${system.url}\n  company: ${access.company}\n`);
    expect(section).toContain(access.api_key);
    const answer = await ask(
      `/v1/employees/1001?fields=${attributes.badge},${attributes.certified}`,
      {},
      {},
      access.api_key,
    );
    expect(Object.keys(Object(await answer.json()))).toEqual(['id', attributes.badge, attributes.certified]);
  });

  it('answers 401 without a key, with the reason in a header and an empty body', async () => {
    const { system } = await stages.start();
    const answer = await fetch(`${system.url}/v1/meta/fields`);
    expect([answer.status, await answer.text()]).toEqual([401, '']);
    expect(errorOf(answer)).toContain('API key');
  });

  it('answers 403 to the key of a disabled user', async () => {
    const { ask } = await stages.start({ keys: [{ key: KEY, enabled: false }] });
    expect((await ask('/v1/meta/fields')).status).toBe(403);
  });

  it('switches access off for everybody after repeated unknown keys, for a time', async () => {
    const { ask, clock } = await stages.start({ unknownKeysAllowed: 2, accessOffSeconds: 60 });
    const wrong = () => ask('/v1/meta/fields', {}, {}, OTHER_KEY);
    expect([(await wrong()).status, (await wrong()).status, (await wrong()).status]).toEqual([401, 401, 403]);
    expect((await ask('/v1/meta/fields')).status).toBe(403);
    clock.now = new Date(clock.now.getTime() + 61_000);
    expect((await ask('/v1/meta/fields')).status).toBe(200);
  });

  it('speaks XML to those who do not ask for JSON, or refuses them with 406', async () => {
    const { ask, system } = await stages.start();
    const answer = await ask('/v1/company_information', {}, { accept: '*/*' });
    expect(answer.headers.get('content-type')).toContain('xml');
    expect(await answer.text()).toContain('<displayName>Acme</displayName>');
    system.settings.change({ withoutJson: 'refuse' });
    expect((await ask('/v1/company_information', {}, { accept: '*/*' })).status).toBe(406);
  });

  it('bears an id for support cases on every answer, refusals too', async () => {
    const { ask } = await stages.start();
    for (const path of ['/v1/meta/fields', '/v1/nothing']) {
      expect((await ask(path)).headers.get('x-request-id'), path).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('refuses parameters that a call does not document, unless told to ignore them', async () => {
    const { ask, system } = await stages.start();
    expect((await ask('/v1/meta/fields?page=1')).status).toBe(400);
    system.settings.change({ undocumented: 'ignore' });
    expect((await ask('/v1/meta/fields?page=1')).status).toBe(200);
  });

  it('answers one request too many with 429 and Retry-After, or as before September 2026 with 503', async () => {
    const { ask, clock, system } = await stages.start({ requestsPerMinute: 1, retryAfterSeconds: 7 });
    await ask('/v1/meta/fields');
    const limited = await ask('/v1/meta/fields');
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    clock.now = new Date(clock.now.getTime() + 60_000);
    await ask('/v1/meta/fields');
    system.settings.change({ limitStatus: 503, tellsRetryAfter: false });
    const unavailable = await ask('/v1/meta/fields');
    expect([unavailable.status, unavailable.headers.get('retry-after')]).toEqual([503, null]);
  });

  it('answers a single request with a fault, in the words of its path', async () => {
    const { ask, system } = await stages.start();
    system.faults.add({ match: { route: 'roster' }, fault: { kind: 'status', status: 503, retryAfter: 3 } });
    const answer = await ask('/v1/employees');
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '3']);
    expect(await answer.json()).toHaveProperty('error.message');
    expect((await ask('/v1/employees')).status).toBe(200);
  });

  it('answers a route for good as it is told: a roster without keys, a report that is gone, HTML', async () => {
    const refusals = {
      roster: { status: 403 },
      report: { status: 410, message: 'Gone' },
      fields: { status: 503, retryAfter: 9, body: 'html' as const },
    };
    const { ask, send } = await stages.start({ refusals });
    const roster = await ask('/v1/employees');
    expect([roster.status, await roster.json()]).toEqual([403, { error: { code: 'Forbidden', message: 'Refused' } }]);
    const report = await send('POST', '/v1/reports/custom?format=json', { fields: ['id'] });
    expect([report.status, errorOf(report), await report.text()]).toEqual([410, 'Gone', '']);
    const fields = await ask('/v1/meta/fields');
    expect([fields.status, fields.headers.get('retry-after')]).toEqual([503, '9']);
    expect(await fields.text()).toContain('<!doctype html>');
    expect(fields.headers.get('content-type')).toContain('text/html');
  });

  it('repeats the message of an error in its header, over an HTML body, where the settings say so', async () => {
    const { ask } = await stages.start({ repeatsErrorMessages: true, errorBodies: 'html' });
    const answer = await ask('/v1/employees/99');
    expect(errorOf(answer)).toBe('Employee not found, Employee not found');
    expect(await answer.text()).toContain('<!doctype html>');
  });

  it('announces the end of a call in Deprecation and Sunset', async () => {
    const sunset = 'Sat, 01 May 2027 00:00:00 GMT';
    const { ask } = await stages.start({ deprecations: { fields: { deprecation: '@1796083200', sunset } } });
    const { headers } = await ask('/v1/meta/fields');
    expect([headers.get('deprecation'), headers.get('sunset')]).toEqual(['@1796083200', sunset]);
    expect((await ask('/v1/meta/lists')).headers.get('deprecation')).toBeNull();
  });
});

describe('metadata', () => {
  const fieldSchema = z.array(
    z.strictObject({
      id: z.union([z.number(), z.string()]),
      name: z.string(),
      type: z.string(),
      alias: z.string().optional(),
      deprecated: z.boolean().optional(),
    }),
  );

  it('lists every field of the account, whoever may see it, some without an alias', async () => {
    const { ask } = await stages.start({ keys: [{ key: KEY, hiddenFields: ['jobTitle'] }] });
    const fields = fieldSchema.parse(await (await ask('/v1/meta/fields')).json());
    const aliases = fields.map(({ alias }) => alias);
    expect(aliases).toEqual(expect.arrayContaining(['jobTitle', 'supervisorEId', 'customBadge', 'customCertifiedon']));
    expect(aliases).toContain(undefined);
    expect(fields.find(({ alias }) => alias === 'supervisorEId')?.id).toBe('91.1');
    expect(fields.find(({ alias }) => alias === 'customSkills')?.type).toBe('multilist');
    expect(fields.filter(({ deprecated }) => deprecated).map(({ name }) => name)).toEqual(['Handbook signed']);
    expect(new Set(fields.map(({ id }) => id)).size).toBe(fields.length);
  });

  it('gives a renamed or old custom field the alias that the settings name', async () => {
    const { ask } = await stages.start({ customAliases: { dynamic_3456789: 'customT-shirtsize' } });
    const fields = fieldSchema.parse(await (await ask('/v1/meta/fields')).json());
    expect(fields.find(({ name }) => name === 'T-shirt size')?.alias).toBe('customT-shirtsize');
  });

  it('lists the values of lists, with entities where the account has them', async () => {
    const { ask, system } = await stages.start();
    const names = async () => {
      const lists = z
        .array(z.object({ alias: z.string(), options: z.array(z.object({ name: z.string() })) }))
        .parse(await (await ask('/v1/meta/lists')).json());
      return lists.find(({ alias }) => alias === 'department')?.options.map(({ name }) => name);
    };
    expect(await names()).toContain('People & Culture');
    system.settings.change({ entities: ['lists'] });
    expect(await names()).toContain('People &amp; Culture');
  });

  it('says whose account it is', async () => {
    const { ask } = await stages.start();
    const answer = await ask('/v1/company_information');
    expect(await answer.json()).toEqual({ legalName: 'Acme GmbH', displayName: 'Acme' });
  });
});

describe('the roster', () => {
  it('gives 250 a page unless asked, and goes on by opaque cursor to the last page', async () => {
    const { roster, people } = await stages.start();
    expect((await roster('')).meta.page).toEqual({ limit: 250, nextCursor: null, prevCursor: null });
    const seen: number[] = [];
    let page = await roster('page[limit]=50&sort=employeeId');
    for (
      ;
      page.meta.page.nextCursor !== null;
      page = await roster(`page[limit]=50&sort=employeeId&page[after]=${page.meta.page.nextCursor}`)
    ) {
      expect(page.meta.total).toBe(130);
      expect(page._links['next']).toContain('page%5Bafter%5D=');
      seen.push(...ids(page.data, 'employeeId'));
    }
    seen.push(...ids(page.data, 'employeeId'));
    expect(page._links).not.toHaveProperty('next');
    expect(seen).toEqual(people.map(({ id }) => id));
    const back = await roster(`page[limit]=50&sort=employeeId&page[before]=${page.meta.page.prevCursor}`);
    expect(ids(back.data, 'employeeId')).toEqual(seen.slice(50, 100));
  });

  it('grants a smaller page than was asked for without a word', async () => {
    const { roster } = await stages.start({ rosterGrants: 40 });
    const page = await roster('page[limit]=2500');
    expect([page.data.length, page.meta.page.limit]).toEqual([40, 40]);
  });

  it('shows inactive people, and seven fields unless asked for more; unknown names are ignored', async () => {
    const { roster, someone } = await stages.start();
    const left = someone(({ status }) => status === 'inactive');
    const find = async (query: string) =>
      (await roster(query)).data.find(({ employeeId }) => employeeId === String(left.id));
    const few = await find('');
    expect(Object.keys(few ?? {}).sort()).toEqual(
      ['employeeId', 'firstName', 'jobTitleName', 'lastName', 'photoUrl', 'preferredName', 'status'].sort(),
    );
    expect(few?.['status']).toBe('Inactive');
    const more = await find('fields=workEmail,hireDate,departmentId,terminationDate,nonsense');
    expect(more).toMatchObject({
      workEmail: left.email,
      hireDate: left.hireDate,
      departmentId: `${left.departmentId}`,
    });
    expect(more).not.toHaveProperty('terminationDate');
    expect(more).not.toHaveProperty('nonsense');
  });

  it('signs the address of a photo anew at every read', async () => {
    const { roster } = await stages.start();
    const urls = async () => (await roster()).data.map(({ photoUrl }) => photoUrl);
    const [one, other] = [await urls(), await urls()];
    expect(one.some((url, index) => url !== null && url === other[index])).toBe(false);
    expect(one).toContain(null);
  });

  it('lists people whom the key may not see, with an id, nulls and a total that counts them', async () => {
    const { roster } = await stages.start({ keys: [{ key: KEY, hiddenPeople: [1002], hiddenFields: ['workEmail'] }] });
    const { data, meta } = await roster('fields=workEmail,hireDate');
    expect([data.length, meta.total]).toEqual([130, 130]);
    const [seen, hidden] = data;
    expect(seen).toMatchObject({ employeeId: '1001', workEmail: null, _restrictedFields: ['workEmail'] });
    expect(hidden).toMatchObject({ employeeId: '1002', firstName: null, status: null, hireDate: null });
    expect(hidden?.['_restrictedFields']).toEqual(expect.arrayContaining(['firstName', 'status', 'photoUrl']));
  });

  it('drops people in silence when it sorts or filters by what may not be seen of them', async () => {
    const { roster } = await stages.start({ keys: [{ key: KEY, hiddenPeople: [1002] }] });
    expect((await roster('sort=employeeId')).meta.total).toBe(130);
    expect((await roster('sort=lastName')).meta.total).toBe(129);
    expect((await roster('filter[status]=active')).data.some(({ employeeId }) => employeeId === '1002')).toBe(false);
  });

  it('filters by ids and by status', async () => {
    const { roster, people } = await stages.start();
    expect(ids((await roster('filter[ids]=1003,1001')).data, 'employeeId')).toEqual([1001, 1003]);
    const wanted = people.filter(({ status }) => status === 'inactive' || status === 'onboarding');
    expect((await roster('filter[status]=inactive')).meta.total).toBe(wanted.length);
  });

  it('refuses pages, orders, filters and cursors that it does not have', async () => {
    const { ask, roster } = await stages.start();
    const cursor = (await roster('page[limit]=10')).meta.page.nextCursor;
    const bad = ['page[limit]=2501', 'page[limit]=0', 'page[limit]=x', 'sort=hireDate', 'filter[status]=gone'];
    for (const query of [...bad, 'filter[city]=x', `page[after]=${cursor}&page[before]=${cursor}`]) {
      const answer = await ask(`/v1/employees?${query}`);
      expect([query, answer.status]).toEqual([query, 400]);
      expect(await answer.json()).toHaveProperty('error.message');
    }
  });

  it('answers BadPage to a malformed cursor, and when its person was changed or deleted meanwhile', async () => {
    const { ask, roster, happens } = await stages.start();
    const code = async (cursor: string | null) =>
      (await ask(`/v1/employees?page[limit]=10&page[after]=${cursor}`)).json();
    const badPage = { error: { code: 'BadPage', message: expect.any(String) } };
    expect(await code('nonsense')).toEqual(badPage);
    const { nextCursor } = (await roster('page[limit]=10')).meta.page;
    expect(await code(nextCursor)).not.toEqual(badPage);
    happens({ kind: 'promote', person: 1010, to: 'Chief' });
    expect(await code(nextCursor)).toEqual(badPage);
    const fresh = (await roster('page[limit]=10')).meta.page.nextCursor;
    happens({ kind: 'delete', person: 1010 });
    expect(await code(fresh)).toEqual(badPage);
  });

  it('counts another total on each page, or names a cursor again, when a fault says so', async () => {
    const { roster, system } = await stages.start();
    const first = await roster('page[limit]=50');
    const follow = `page[limit]=50&page[after]=${first.meta.page.nextCursor}`;
    system.faults.add({ fault: { kind: 'shrinking_total' } });
    expect((await roster(follow)).meta.total).toBe(129);
    system.faults.add({ fault: { kind: 'repeated_page' } });
    const repeated = await roster(follow);
    expect(repeated.meta.page.nextCursor).toBe(first.meta.page.nextCursor);
    expect(repeated.data[0]?.['employeeId']).toBe('1001');
  });

  it('gives further fields, future rows and a status in lower case where the account is like that', async () => {
    const { roster, someone } = await stages.start({
      ...{ rosterFurtherFields: ['terminationDate', 'employeeNumber'], rosterShowsFuture: true, rosterStatus: 'lower' },
    });
    const leaver = someone(({ status, terminationDate }) => status === 'active' && terminationDate !== null);
    const { data } = await roster(`filter[ids]=${leaver.id}&fields=terminationDate,employeeNumber`);
    expect(data[0]).toMatchObject({
      ...{ status: 'active', terminationDate: leaver.terminationDate, employeeNumber: `E-${leaver.id}` },
    });
  });
});

describe('one employee', () => {
  it('gives the id alone unless asked for fields, and leaves hidden ones out', async () => {
    const { ask } = await stages.start({ keys: [{ key: KEY, hiddenFields: ['workEmail'] }] });
    expect(await (await ask('/v1/employees/1001')).json()).toEqual({ id: '1001' });
    const answer = await ask('/v1/employees/1001?fields=jobTitle,workEmail,nonsense');
    expect(await answer.json()).toEqual({ id: '1001', jobTitle: 'Chief Executive Officer' });
  });

  it('answers 404 to an unknown id, 403 to one that may not be seen, 400 to more than 400 fields', async () => {
    const { ask } = await stages.start({ keys: [{ key: KEY, hiddenPeople: [1002] }] });
    const many = Array.from({ length: 401 }, () => 'id').join(',');
    const paths = ['/v1/employees/9', '/v1/employees/1002', `/v1/employees/1001?fields=${many}`, '/v1/employees/x'];
    expect(await Promise.all(paths.map(async (path) => (await ask(path)).status))).toEqual([404, 403, 400, 404]);
  });

  it('means by the id 0 the employee whom the key belongs to, if any', async () => {
    const { ask, system } = await stages.start();
    expect(await (await ask('/v1/employees/0?fields=firstName')).json()).toEqual({ id: '0' });
    system.settings.change({ keys: [{ key: KEY, employee: 1003 }] });
    expect(await (await ask('/v1/employees/0')).json()).toEqual({ id: '1003' });
  });
});

describe('changed employees', () => {
  it('names by id who was inserted, updated and deleted at or after an instant', async () => {
    const { changed, happens } = await stages.start();
    expect((await changed('since=2026-11-24T09:00:00Z')).employees).toEqual({});
    const hired = happens({ kind: 'hire', firstName: 'New', lastName: 'Comer' });
    happens({ kind: 'promote', person: 1001, to: 'Chief' });
    happens({ kind: 'delete', person: 1002 });
    const at = '2026-11-24T09:00:00+00:00';
    const { latest, employees } = await changed('since=2026-11-24T09:00:00Z');
    expect(latest).toBe(at);
    expect(employees).toEqual({
      1001: { id: '1001', action: 'Updated', lastChanged: at },
      1002: { id: '1002', action: 'Deleted', lastChanged: at },
      [hired?.id ?? 0]: { id: String(hired?.id), action: 'Inserted', lastChanged: at },
    });
    expect(Object.keys((await changed('since=2026-11-24T09:00:00Z&type=deleted')).employees)).toEqual(['1002']);
    expect((await changed('since=2026-11-24T09:00:01Z')).employees).toEqual({});
  });

  it('wants an instant whose plus is written %2B, and a type that exists', async () => {
    const { ask } = await stages.start();
    const status = async (query: string) => (await ask(`/v1/employees/changed?${query}`)).status;
    expect(await status('since=2026-11-24T10:00:00%2B01:00')).toBe(200);
    expect(await status('since=2026-11-24T10:00:00+01:00')).toBe(400);
    expect([await status(''), await status('since=2026-11-24')]).toEqual([400, 400]);
    expect(await status('since=2026-11-24T10:00:00Z&type=moved')).toBe(400);
  });

  it('reports neither renamed departments nor the calendar, unless told to', async () => {
    const { changed, happens, passes, system } = await stages.start();
    happens({ kind: 'rename_department', department: 'Engineering', to: 'Building' });
    passes(plusDays(TODAY, 60));
    expect((await changed('since=2026-11-24T09:00:00Z')).employees).toEqual({});
    system.settings.change({ renamesCount: true });
    const renamed = Object.keys((await changed('since=2026-11-24T09:00:00Z')).employees);
    expect(renamed.length).toBeGreaterThan(3);
    system.settings.change({ renamesCount: false, calendarCounts: true });
    expect(Object.keys((await changed('since=2026-11-25T00:00:00Z')).employees).length).toBeGreaterThan(3);
  });

  it('hides people outside the rights of the key, late changes and old deletions where the settings say so', async () => {
    const { changed, happens, system, clock } = await stages.start({ keys: [{ key: KEY, hiddenPeople: [1001] }] });
    happens({ kind: 'promote', person: 1001, to: 'Chief' });
    happens({ kind: 'delete', person: 1002 });
    const listed = async () => Object.keys((await changed('since=2026-11-24T09:00:00Z')).employees);
    expect(await listed()).toEqual(['1002']);
    system.settings.change({ changedListsHidden: true });
    expect(await listed()).toEqual(['1001', '1002']);
    system.settings.change({ changedLagSeconds: 60 });
    expect(await listed()).toEqual([]);
    clock.now = new Date(clock.now.getTime() + 3 * 86_400_000);
    expect(await listed()).toEqual(['1001', '1002']);
    system.settings.change({ deletionsListedDays: 2 });
    expect(await listed()).toEqual(['1001']);
  });
});
