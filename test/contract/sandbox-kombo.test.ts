import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Sandbox, startSandbox } from '../../src/sandbox/index.js';

const row = z.looseObject({ id: z.string(), changed_at: z.string(), remote_deleted_at: z.string().nullable() });
const page = z.object({ data: z.object({ next: z.string().nullable(), results: z.array(row) }) });
const refusal = z.object({
  status: z.literal('error'),
  error: z.object({ code: z.string().nullable(), title: z.unknown(), message: z.string(), log_url: z.unknown() }),
});

const NOW = '2026-11-24T09:00:00.000Z';

describe('the Kombo stand-in', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    const company = { size: 130, seed: 3, today: '2026-11-24' };
    sandbox = await startSandbox({ company, now: () => new Date(NOW) });
  });
  afterEach(() => sandbox.stop());

  const ask = (path: string, headers: Record<string, string> = {}, init: RequestInit = {}) => {
    const { url, apiKey, integrationId } = sandbox.kombo;
    const usual = { authorization: `Bearer ${apiKey}`, 'x-integration-id': integrationId };
    return fetch(`${url}${path}`, { ...init, headers: { ...usual, ...headers } });
  };
  const list = async (query = '') => page.parse(await (await ask(`/hris/employees?${query}`)).json()).data;
  const codeOf = async (response: Response) => refusal.parse(await response.json()).error.code;

  it('wants a key, an integration that exists, and a page it can give', async () => {
    const wrong = await ask('/check-api-key', { authorization: 'Bearer other' });
    expect([wrong.status, await codeOf(wrong)]).toEqual([401, 'PLATFORM.AUTHENTICATION_INVALID']);
    expect(await codeOf(await ask('/hris/groups', { 'x-integration-id': 'workday:x' }))).toMatch(/NOT_FOUND/);
    expect(await codeOf(await ask('/integrations/workday%3Ax'))).toBe('PLATFORM.INTEGRATION_NOT_FOUND');
    for (const query of ['page_size=251', 'page_size=0', 'cursor=x', 'updated_after=2026-11-24T00:00:00%2B02:00']) {
      expect(await codeOf(await ask(`/hris/employees?${query}`)), query).toBe('PLATFORM.INPUT_INVALID');
    }
  });

  it('gives a hundred a page unless asked, and forgets a filter that a cursor comes without', async () => {
    const first = await list();
    expect(first.results).toHaveLength(100);
    const rest = await list(`cursor=${encodeURIComponent(first.next ?? '')}`);
    expect(rest).toMatchObject({ next: null });
    expect(rest.results).toHaveLength(30);
    const active = await list('employment_statuses=ACTIVE&page_size=20');
    const follow = `page_size=20&cursor=${encodeURIComponent(active.next ?? '')}`;
    const statuses = (rows: readonly object[]) => rows.map((one) => Reflect.get(one, 'employment_status'));
    expect(new Set(statuses((await list(`employment_statuses=ACTIVE&${follow}`)).results))).toEqual(
      new Set(['ACTIVE']),
    );
    expect((await list(follow)).results).not.toEqual((await list(`employment_statuses=ACTIVE&${follow}`)).results);
  });

  it('lets nobody through a filter that the tool does not know, unless that is to be ignored', async () => {
    const email = sandbox.company.people[0]?.email?.toUpperCase() ?? '';
    expect((await list(`work_emails=${email}`)).results).toHaveLength(1);
    sandbox.kombo.settings.change({ tool: 'workdaycustomreportsftp' });
    expect(await list(`work_emails=${email}`)).toEqual({ next: null, results: [] });
    expect((await list(`work_emails=${email}&ignore_unsupported_filters=true`)).results).toHaveLength(100);
  });

  it('hides deleted people unless asked, and brings back the reports of a manager who changed', async () => {
    const boss = sandbox.company.people[1];
    const reports = sandbox.company.people.filter(({ supervisorId }) => supervisorId === boss?.id);
    sandbox.hr.apply({ kind: 'promote', person: boss?.id ?? 0, to: 'Chief of Everything' });
    const touched = await list(`updated_after=${NOW}`);
    expect(touched.results).toHaveLength(reports.length + 1);
    expect(touched.results.filter(({ changed_at }) => changed_at === NOW)).toHaveLength(1);
    const gone = reports[0];
    sandbox.hr.apply({ kind: 'delete', person: gone?.id ?? 0 });
    const idOf = (query: string) => list(`${query}ids=${sandbox.kombo.idOf(gone ?? { id: 0 })}`);
    expect((await idOf('')).results).toEqual([]);
    expect((await idOf('include_deleted=true&')).results).toMatchObject([
      { remote_deleted_at: NOW, first_name: gone?.firstName },
    ]);
    sandbox.hr.moveTo('2026-12-08');
    expect((await idOf('include_deleted=true&')).results).toMatchObject([
      { remote_deleted_at: NOW, first_name: null, groups: [] },
    ]);
  });

  it('counts a change of a place for its people, and one of a group for the group alone', async () => {
    const named = async (path: string) =>
      page.parse(await (await ask(`${path}?updated_after=${NOW}`)).json()).data.results;
    sandbox.hr.apply({ kind: 'rename_department', department: 'Engineering', to: 'Building' });
    expect((await named('/hris/groups')).map((one) => [one['name'], one.changed_at])).toEqual([['Building', NOW]]);
    expect(await named('/hris/employees')).toEqual([]);
    sandbox.hr.apply({ kind: 'rename_unit', of: 'office', unit: 'Porto', to: 'Lisboa' });
    expect((await named('/hris/locations')).map((one) => one['name'])).toEqual(['Lisboa']);
    const people = await named('/hris/employees');
    expect(people.length).toBe(sandbox.company.people.filter(({ officeId }) => officeId === 305).length);
    sandbox.kombo.settings.change({ updatedAfterLagSeconds: 60 });
    expect(await named('/hris/employees')).toEqual([]);
  });

  it('tells its limit with every answer, and keeps it', async () => {
    sandbox.kombo.settings.change({ requestsPerMinute: 2, tellsRetryAfter: true });
    const answers = [await ask('/check-api-key'), await ask('/check-api-key'), await ask('/check-api-key')];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    const told = answers.map(({ headers }) =>
      ['limit', 'remaining', 'reset'].map((name) => headers.get(`ratelimit-${name}`)),
    );
    expect(told).toEqual([
      ['2', '1', '60'],
      ['2', '0', '60'],
      ['2', '0', '60'],
    ]);
    expect(answers[2]?.headers.get('retry-after')).toBe('60');
  });

  it('shows places and legal entities, and refuses a model that is not there or switched off', async () => {
    const named = (body: unknown) => page.parse(body).data.results.map((one) => one['name']);
    expect(named(await (await ask('/hris/locations')).json())).toContain('Łódź');
    expect(named(await (await ask('/hris/legal-entities')).json())).toEqual(['Acme GmbH', 'Acme Ltd']);
    sandbox.kombo.settings.change({ tool: 'workdaycustomreportsftp', disabled: ['hris_teams'] });
    expect(await codeOf(await ask('/hris/legal-entities'))).toBe('INTEGRATION.MODEL_NOT_AVAILABLE');
    expect(await codeOf(await ask('/hris/groups'))).toBe('INTEGRATION.MODEL_DISABLED');
  });

  it('has a synchronisation under way whenever one is asked for', async () => {
    const answer = await ask('/force-sync', {}, { method: 'POST', body: '{}' });
    expect(await answer.json()).toMatchObject({ status: 'success', data: { already_queued: true, type: 'FULL' } });
  });
});
