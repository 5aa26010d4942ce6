import { afterEach, expect, it } from 'vitest';
import * as z from 'zod';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/index.js';

const pageSchema = z.object({
  _data: z.array(z.record(z.string(), z.unknown())),
  _meta: z.object({ links: z.object({ next: z.object({ href: z.string() }).optional() }) }),
});

const open: Sandbox[] = [];
afterEach(() => Promise.all(open.splice(0).map((sandbox) => sandbox.stop())));

async function start(personio: SandboxOptions['personio'] = {}, further: Pick<SandboxOptions, 'now'> = {}) {
  const company = { size: 60, seed: 3, today: '2026-11-20' };
  const sandbox = await startSandbox({ company, personio, ...further });
  open.push(sandbox);
  const { url, clientId, clientSecret } = sandbox.personio;
  const form = { grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret };
  const token = async (body: Readonly<Record<string, string>> = form) =>
    fetch(`${url}/v2/auth/token`, { method: 'POST', body: new URLSearchParams(body) });
  const { access_token } = z.object({ access_token: z.string() }).parse(await (await token()).json());
  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    fetch(new URL(path, url), { headers: { authorization: `Bearer ${access_token}`, ...headers } });
  const page = async (path: string, headers = {}) => pageSchema.parse(await (await get(path, headers)).json());
  return { sandbox, url, form, token, get, page };
}

it('v2 gives tokens to forms alone, and refuses in the manner of OAuth', async () => {
  const { url, form, token } = await start();
  expect(await (await token()).json()).toMatchObject({ token_type: 'Bearer', expires_in: 86_400 });
  const refusals = [
    await fetch(`${url}/v2/auth/token`, { method: 'POST', body: JSON.stringify(form) }),
    await token({ ...form, client_secret: 'wrong' }),
    await token({ ...form, grant_type: 'password' }),
  ];
  const errors = await Promise.all(
    refusals.map(async (refusal) => z.object({ error: z.string() }).parse(await refusal.json()).error),
  );
  expect(refusals.map(({ status }) => status)).toEqual([400, 400, 400]);
  expect(errors).toEqual(['invalid_request', 'invalid_client', 'unsupported_grant_type']);
});

it('v2 lists ten persons unless asked for up to fifty, and goes on by cursor alone', async () => {
  const { page, get, sandbox } = await start();
  expect((await page('/v2/persons'))._data).toHaveLength(10);
  const first = await page('/v2/persons?limit=50');
  const next = new URL(first._meta.links.next?.href ?? '');
  expect([...next.searchParams.keys()]).toEqual(['cursor']);
  const second = await page(next.href);
  expect(second._meta.links.next).toBeUndefined();
  const ids = [...first._data, ...second._data].map(({ id }) => id);
  expect(ids).toEqual(sandbox.company.people.map(({ id }) => String(id)));
  expect(first._data[0]).not.toHaveProperty('position');
  for (const bad of ['limit=51', 'limit=0', 'cursor=x', 'status=GONE', 'email.like=x']) {
    const refusal = await get(`/v2/persons?${bad}`);
    expect([bad, refusal.status]).toEqual([bad, 400]);
    expect(refusal.headers.get('content-type')).toContain('problem+json');
  }
});

it('v2 filters persons by the status of their employment', async () => {
  const { page, sandbox } = await start();
  const left = sandbox.company.people.filter(({ status }) => status === 'inactive');
  const { _data } = await page('/v2/persons?status=INACTIVE&limit=50');
  expect(_data.map(({ id }) => id)).toEqual(left.map(({ id }) => String(id)));
});

it('v2 names a path that does not exist as the next page of employments', async () => {
  const { page, get, sandbox } = await start({ furtherEmployments: 'former' });
  const person = sandbox.company.people.find(({ id }) => id % 3 === 0)?.id;
  const { _data, _meta } = await page(`/v2/persons/${person}/employments?limit=1`);
  expect(_data).toMatchObject([{ person: { id: String(person) }, status: 'ACTIVE' }]);
  const { pathname, search } = new URL(_meta.links.next?.href ?? '');
  expect(pathname).toBe('/v2/employments');
  expect((await get(pathname + search)).status).toBe(404);
  const rest = await page(`/v2/persons/${person}/employments${search}`);
  expect(rest._data).toMatchObject([{ status: 'INACTIVE', position: { title: 'Trainee' } }]);
  expect((await get('/v2/persons/1/employments')).status).toBe(404);
});

it('v2 has names of org units by type, and shows them to everybody', async () => {
  const { page } = await start();
  const names = async (path: string) => (await page(path))._data.map(({ name }) => name);
  expect(await names('/v2/org-units?type=department&limit=2')).toEqual(['Engineering', 'People & Culture']);
  for (const path of ['/v2/org-units?type=team', '/v2/workplaces', '/v2/cost-centers'])
    expect((await names(path)).length).toBeGreaterThan(0);
});

it('v2 shows the beta routes of before 2026 to those who ask for them', async () => {
  const { page, get } = await start({ betaRoutes: 'needs_header' });
  const names = async (path: string) => (await page(path, { Beta: 'true' }))._data.map(({ name }) => name);
  expect(await names('/v2/org-units?type=department&limit=2')).toEqual(['Engineering', 'People & Culture']);
  expect(await names('/v2/workplaces')).toContain('Łódź');
  for (const path of ['/v2/org-units?type=team', '/v2/workplaces', '/v2/cost-centers']) {
    const closed = await get(path);
    expect(closed.status).toBe(404);
    expect(await closed.text()).toContain('was not found');
  }
  expect(await (await get('/v2/org-units/11?type=department')).json()).toMatchObject({ name: 'Engineering' });
  expect(await (await get('/v2/org-units/11?type=team')).json()).toMatchObject({ name: 'Engineering North' });
  expect((await get('/v2/org-units/11')).status).toBe(400);
  expect((await page('/v2/legal-entities'))._data).toHaveLength(2);
});

it('v2 shows to credentials without any attribute nothing but ids', async () => {
  const credentials = [{ clientId: 'a', clientSecret: 'b', readable: [] }];
  const { page, sandbox } = await start({ credentials });
  const [person] = (await page('/v2/persons'))._data;
  expect(Object.keys(person ?? {}).sort()).toEqual(['_meta', 'employments', 'id']);
  const id = sandbox.company.people[1]?.id;
  const [employment] = (await page(`/v2/persons/${id}/employments`))._data;
  expect(Object.keys(employment ?? {}).sort()).toEqual(['_meta', 'id', 'person', 'status']);
  expect(employment).toHaveProperty('_meta.links.supervisor');
});

it('v2 tells the bucket of each route, and refuses without saying for how long', async () => {
  const now = () => new Date('2026-11-20T02:00:00Z');
  const { get } = await start({ personsRefillPerSecond: 0.001, bucketSize: 2 }, { now });
  const answers = [await get('/v2/persons'), await get('/v2/persons'), await get('/v2/persons')];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(answers.map(({ headers }) => headers.get('x-ratelimit-remaining'))).toEqual(['1', '0', '0']);
  expect(answers[2]?.headers.get('retry-after')).toBeNull();
  expect((await get('/v2/legal-entities')).status).toBe(200);
});

it('v2 filters persons by ids and by instants of their own record, and refuses what it does not understand', async () => {
  let at = '2026-11-20T02:00:00.000Z';
  const { page, get, sandbox } = await start({}, { now: () => new Date(at) });
  const [one, other] = sandbox.company.people;
  const ids = async (query: string) => (await page(`/v2/persons?${query}`))._data.map(({ id }) => Number(id));
  expect(await ids(`id=${other?.id},${one?.id},9`)).toEqual([one?.id, other?.id]);
  at = '2026-11-20T03:00:00.000Z';
  sandbox.hr.apply({ kind: 'promote', person: one?.id ?? 0, to: 'Chief' });
  sandbox.hr.apply({ kind: 'change_name', person: other?.id ?? 0, lastName: 'New' });
  // A promotion is one of the employment, and moves nothing on the person.
  expect(await ids('updated_at.gt=2026-11-20T02:59:59Z')).toEqual([other?.id]);
  expect(await ids(`updated_at.gt=${at}`)).toEqual([]);
  const changed = async (id = 0) =>
    (await page(`/v2/persons/${id}/employments?updated_at.gt=2026-11-20T02:59:59Z`))._data;
  expect([(await changed(one?.id)).length, (await changed(other?.id)).length]).toEqual([1, 0]);
  sandbox.personio.settings.change({ personUpdatedAt: 'employments_too' });
  expect(await ids('updated_at.gt=2026-11-20T02:59:59Z')).toEqual([one?.id, other?.id]);
  sandbox.personio.settings.change({ updatedAtLagSeconds: 60 });
  expect(await ids('updated_at.gt=2026-11-20T02:59:59Z')).toEqual([]);
  const details = [];
  for (const bad of ['updated_at.gt=2026-11-20', 'updated_at.gte=2026-11-20T02:00:00Z', 'id.gt=7', 'department=x']) {
    const refusal = await get(`/v2/persons?${bad}`);
    details.push([refusal.status, /encoding|parameters/.exec(await refusal.text())?.[0]]);
  }
  expect(details).toEqual([
    [400, 'parameters'],
    [400, 'encoding'],
    [400, 'encoding'],
    [400, 'parameters'],
  ]);
});
