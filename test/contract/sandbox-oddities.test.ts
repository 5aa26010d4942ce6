import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';

// biome-ignore lint/suspicious/noExplicitAny: the tests look into JSON of every shape
type Json = any;

let sandbox: Sandbox;
let bearer: string;

const SYSTEMS = ['personio', 'kombo'] as const;

/** Reads one of the HR systems, Personio by a path from its root. */
async function read(
  path: string,
): Promise<{ readonly status: number; readonly headers: Headers; readonly body: Json }> {
  const isKombo = path.startsWith('/hris');
  const { apiKey, integrationId } = sandbox.kombo;
  const headers = isKombo
    ? { authorization: `Bearer ${apiKey}`, 'x-integration-id': integrationId }
    : { authorization: `Bearer ${bearer}` };
  const answer = await fetch(`${isKombo ? sandbox.kombo.url : sandbox.personio.url}${path}`, { headers });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
}

const v1 = async () => (await read('/v1/company/employees?limit=100')).body.data.map((one: Json) => one.attributes);
const v2 = async () => (await read('/v2/persons?limit=50')).body._data;
const employment = async (id: number) => (await read(`/v2/persons/${id}/employments`)).body._data[0];
const kombo = async () => (await read('/hris/employees')).body.data.results;

async function change(settings: object): Promise<void> {
  for (const name of SYSTEMS) {
    const init = { method: 'PATCH', body: JSON.stringify(settings), headers: { 'content-type': 'application/json' } };
    expect((await fetch(`${sandbox.control.url}/${name}/settings`, init)).status).toBe(200);
  }
}

beforeEach(async () => {
  sandbox = await startSandbox({
    company: { size: 40, seed: 1, today: '2026-11-24' },
    personio: { employeesPerSecond: null, employeesPerMinute: null, otherRefillPerSecond: null },
  });
  const { url, clientId: client_id, clientSecret: client_secret } = sandbox.personio;
  const body = new URLSearchParams({ grant_type: 'client_credentials', client_id, client_secret });
  bearer = ((await (await fetch(`${url}/v2/auth/token`, { method: 'POST', body })).json()) as Json).access_token;
});
afterEach(() => sandbox.stop());

describe('the stand-ins of HR systems, where told so,', () => {
  it("write everybody's days in another form, and no day as zeros", async () => {
    await change({ dateForms: { hireDate: 'day_month_year' }, zeroDates: ['terminationDate'] });
    const staying = sandbox.company.people.filter(({ terminationDate }) => terminationDate === null);
    const first = staying[0];
    const [year, month, date] = first?.hireDate?.split('-') ?? [];
    const hired = `${date}.${month}.${year}`;
    const none = '0000-00-00';
    const row = (await v1()).find((one: Json) => one.id.value === first?.id);
    expect([row.hire_date.value, row.termination_date.value]).toEqual([hired, none]);
    expect(await employment(first?.id ?? 0)).toMatchObject({ employment_start_date: hired, employment_end_date: none });
    const mirrored = (await kombo()).find((one: Json) => one.remote_id === String(first?.id));
    expect(mirrored).toMatchObject({ start_date: hired, termination_date: none });
    for (const one of await v1()) expect(one.hire_date.value).toMatch(/^\d\d\.\d\d\.\d{4}$/);
  });

  it("leave a key out of one person's or of everybody's answer, though the catalogue has it", async () => {
    await change({
      leavesOut: { 1005: ['position', 'job_title'], '*': ['email', 'work_email', 'termination.reason'] },
    });
    const rows = await v1();
    expect(rows.filter((one: Json) => 'position' in one)).toHaveLength(39);
    expect(rows.filter((one: Json) => 'email' in one)).toEqual([]);
    expect(await employment(1005)).not.toHaveProperty('position');
    expect(await employment(1006)).toHaveProperty('position');
    const ended = sandbox.company.people.find(({ terminationDate }) => terminationDate !== null);
    expect((await employment(ended?.id ?? 0)).termination).not.toHaveProperty('reason');
    for (const one of [...(await v2()), ...(await kombo())]) expect(one).not.toHaveProperty('email');
    expect((await kombo()).filter((one: Json) => 'job_title' in one)).toHaveLength(39);
    const catalogue = (await read('/v1/company/employees/attributes')).body.data;
    expect(catalogue.map(({ key }: Json) => key)).toContain('email');
  });

  it('put any value into the place of another', async () => {
    await change({ rawValues: { 1005: { hire_date: '31.12.2020', employment_start_date: 7, job_title: ['x'] } } });
    expect((await v1())[4].hire_date).toMatchObject({ type: 'date', value: '31.12.2020' });
    expect((await employment(1005)).employment_start_date).toBe(7);
    expect((await kombo())[4].job_title).toEqual(['x']);
  });

  it('list a person twice, identically or not', async () => {
    await change({ listedTwice: { 1003: 'identical', 1005: 'different' } });
    const names = (rows: Json, of: (one: Json) => unknown) => rows.map(of).slice(2, 6);
    const [same, other] = [2, 4].map((place) => sandbox.company.people[place]?.lastName);
    const expected = [same, same, sandbox.company.people[3]?.lastName, other];
    expect(names(await v1(), (one) => one.last_name.value)).toEqual(expected);
    expect((await v1())[6].last_name.value).toBe(`${other}-Other`);
    expect(names(await v2(), (one) => one.last_name)).toEqual(expected);
    expect(names(await kombo(), (one) => one.last_name)).toEqual(expected);
    expect((await kombo())[6]).toMatchObject({ remote_id: '1005', job_title: 'Other' });
  });

  it('have units without a name', async () => {
    const name = sandbox.company.departments[0]?.name ?? '';
    await change({ namelessUnits: [name] });
    const departments = (await v1()).flatMap((one: Json) => one.department.value?.attributes ?? []);
    expect(departments.some((one: Json) => one.name === null && one.id === 11)).toBe(true);
    const [unit] = (await read('/v2/org-units?type=department')).body._data;
    expect(unit).toMatchObject({ id: '11', name: null });
    const groups = (await read('/hris/groups')).body.data.results.filter((one: Json) => one.name === null);
    expect(groups).toMatchObject([{ remote_id: 'department-11' }]);
    const members = (await kombo()).flatMap((one: Json) => one.groups).filter((one: Json) => one.name === null);
    expect(members.length).toBeGreaterThan(0);
  });

  it('write texts with accents as letters of their own, and pass on whatever a name holds', async () => {
    sandbox.hr.apply({ kind: 'rename_department', department: 'Sales', to: 'Büro München' });
    sandbox.hr.apply({ kind: 'change_name', person: 1005, firstName: '\u200b', lastName: 'Müller\nHans' });
    await change({ textForm: 'NFD' });
    const nfd = 'Büro München'.normalize('NFD');
    expect((await v1())[4]).toMatchObject({
      first_name: { value: '\u200b' },
      last_name: { value: 'Müller\nHans'.normalize('NFD') },
    });
    for (const path of ['/v2/org-units?type=department', '/hris/groups']) {
      expect(JSON.stringify((await read(path)).body)).toContain(nfd);
    }
  });

  it("do not let one person's employments be read", async () => {
    await change({});
    sandbox.personio.settings.change({ unreadableEmployments: { 1005: 403 } });
    expect((await read('/v2/persons/1005/employments')).status).toBe(403);
    expect((await read('/v2/persons/1006/employments')).status).toBe(200);
  });

  it('answer in ISO-8859-1 without saying so, and with a clock that is days off', async () => {
    sandbox.hr.apply({ kind: 'change_name', person: 1001, lastName: 'Müller' });
    sandbox.kombo.faults.add({ fault: { kind: 'wrong_charset' }, match: { route: 'employees' } });
    const { apiKey, integrationId, url } = sandbox.kombo;
    const headers = { authorization: `Bearer ${apiKey}`, 'x-integration-id': integrationId };
    const wrong = await fetch(`${url}/hris/employees`, { headers });
    expect(wrong.headers.get('content-type')).toBe('application/json');
    const bytes = Buffer.from(await wrong.arrayBuffer());
    expect(bytes.toString('latin1')).toContain('"last_name":"Müller"');
    expect(bytes.toString('utf8')).not.toContain('Müller');
    sandbox.personio.faults.add({ fault: { kind: 'clock_skew', days: 365 } });
    const said = Date.parse((await read('/v1/company/employees?limit=1')).headers.get('date') ?? '');
    expect(Math.round((said - Date.now()) / 86_400_000)).toBe(365);
  });
});

describe('what Personio leaves open about webhooks and cursors', () => {
  const send = (method: string, path: string, body?: unknown) =>
    fetch(`${sandbox.personio.url}${path}`, {
      method,
      headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
  const hook = (name: string) => ({ url: `https://hooks.example/${name}`, enabled_events: ['person.created'] });

  it('webhooks are answered with as an object, under _data, or with nothing', async () => {
    sandbox.personio.settings.change({ webhookAnswers: 'under_data' });
    const { _data } = (await (await send('POST', '/v2/webhooks', hook('a'))).json()) as Json;
    expect(_data).toMatchObject({ url: 'https://hooks.example/a', status: 'DISABLED' });
    sandbox.personio.settings.change({ webhookAnswers: 'no_content' });
    expect((await send('PATCH', `/v2/webhooks/${_data.id}`, { status: 'ENABLED' })).status).toBe(204);
    sandbox.personio.settings.change({ webhookAnswers: 'object' });
    const changed = await send('PATCH', `/v2/webhooks/${_data.id}`, { description: 'x' });
    expect(await changed.json()).toMatchObject({ status: 'ENABLED', description: 'x' });
  });

  it('webhooks come in pages', async () => {
    for (const name of ['a', 'b', 'c']) await send('POST', '/v2/webhooks', hook(name));
    sandbox.personio.settings.change({ webhooksPerPage: 2 });
    const { body } = await read('/v2/webhooks?limit=200');
    expect(body._data).toHaveLength(2);
    const next = new URL(body._meta.links.next.href);
    const rest = (await read(`${next.pathname}${next.search}`)).body;
    expect([rest._data.length, rest._meta.links.next]).toEqual([1, undefined]);
  });

  it('a cursor may forget the page size, and a limit beside it is heeded', async () => {
    sandbox.personio.settings.change({ cursorKeepsLimit: false });
    const next = new URL((await read('/v2/persons?limit=15')).body._meta.links.next.href);
    const path = `${next.pathname}${next.search}`;
    expect((await read(path)).body._data).toHaveLength(10);
    const asked = (await read(`${path}&limit=15`)).body._data;
    expect(asked.map(({ id }: Json) => id)).toEqual(sandbox.company.people.slice(15, 30).map(({ id }) => String(id)));
  });

  it('units need no header unless it is as before 2026', async () => {
    for (const path of ['/v2/org-units?type=team', '/v2/workplaces', '/v2/cost-centers']) {
      expect((await read(path)).status).toBe(200);
    }
    const links = (await v2())[0]._meta.links;
    expect(links.self.href).toBe(`${sandbox.personio.url}/v2/persons/1001`);
  });
});
