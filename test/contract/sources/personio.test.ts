import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CredentialsError, IncompleteReadError, PermissionError } from '../../../src/errors.js';
import { type Sandbox, startSandbox } from '../../../src/sandbox/index.js';
import { personio } from '../../../src/sources/personio/index.js';
import { keyOf } from '../../../src/sources/personio/names.js';
import type { Source } from '../../../src/sources/source.js';
import { describePartialReads } from './partial-contract.js';
import { describeSource } from './source-contract.js';
import { readAll, type SourceStage, testWorld } from './stage.js';

const FORBIDDEN = 'personio.core.api.exceptions.api.forbidden.http.exception';

/** A company of three pages behind a Personio that does not slow the tests down. */
function startPersonio(): Promise<Sandbox> {
  const personio = { employeesPerMinute: null, employeesPerSecond: null, authPerMinute: null };
  return startSandbox({ company: { size: 250, seed: 7, today: '2026-11-20' }, personio });
}

function openOn({ personio: { url, clientId, clientSecret } }: Sandbox, changes: object = {}): Source {
  const credentials = { client_id: clientId, client_secret: clientSecret };
  const settings = personio.settings.parse({ ...credentials, base_url: url, requests_per_second: 10_000, ...changes });
  return personio.open(settings, testWorld);
}

async function setUp(): Promise<SourceStage> {
  const sandbox = await startPersonio();
  return {
    company: sandbox.company,
    hr: sandbox.hr,
    system: sandbox.personio,
    routes: { employees: 'employees', attributes: 'attributes' },
    attributeOf: keyOf,
    refusals: [
      { success: false, error: { code: 0, message: 'Something went wrong' } },
      { success: false, error: { code: 0, message: FORBIDDEN } },
      { success: false, data: [] },
      { data: [], metadata: { total_elements: 0 } },
    ],
    open: ({ credentials, url = sandbox.personio.url } = {}) =>
      openOn(sandbox, { base_url: url, ...(credentials === 'wrong' && { client_secret: 'wrong' }) }),
    stop: sandbox.stop,
  };
}

describeSource('Personio', setUp);
describePartialReads('Personio', setUp);

describe("Personio's own ways", () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await startPersonio();
  });
  afterEach(() => sandbox.stop());

  it('go on by the page size that Personio gives, where it is smaller than asked for', async () => {
    sandbox.personio.settings.change({ largestPageSize: 40, oversizedPage: 'lower', echoesPagingAsText: true });
    const { employees, facts } = await readAll(openOn(sandbox), ['work_email']);
    expect(new Set(employees.map((employee) => employee.id)).size).toBe(250);
    expect(facts.pages).toBe(7);
  });

  it('ask for a hundred a page, once each, after the catalogue', async () => {
    await readAll(openOn(sandbox), ['work_email']);
    const asked = sandbox.personio.requests.list().map(({ route, query }) => `${route} ${query}`.trim());
    expect(asked).toEqual([
      'token',
      'attributes',
      'employees limit=100&offset=0',
      'employees limit=100&offset=100',
      'employees limit=100&offset=200',
    ]);
  });

  it.each([401, 403])('renew a token that Personio calls invalid with %d, in old accounts too', async (status) => {
    sandbox.personio.settings.change({ badTokenStatus: status, tellsTokenLifetime: false });
    sandbox.personio.faults.add({ fault: { kind: 'revoke_tokens' }, match: { route: 'employees' }, from: 2 });
    expect((await readAll(openOn(sandbox), ['work_email'])).employees).toHaveLength(250);
  });

  it('tell wrong credentials from a missing right', async () => {
    await expect(readAll(openOn(sandbox, { client_id: 'nobody' }), [])).rejects.toBeInstanceOf(CredentialsError);
    const body = { success: false, error: { code: 0, message: FORBIDDEN } };
    const fault = { kind: 'status', status: 403, body } as const;
    sandbox.personio.faults.add({ fault, match: { method: 'GET' }, times: null });
    await expect(readAll(openOn(sandbox), ['work_email'])).rejects.toBeInstanceOf(PermissionError);
  });

  it('call a page that is no JSON an incomplete read, and keep the cause', async () => {
    sandbox.personio.faults.add({ fault: { kind: 'html' }, match: { route: 'employees' }, from: 2, times: null });
    const failure = await readAll(openOn(sandbox), ['work_email']).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(IncompleteReadError);
    expect(failure).toHaveProperty('cause.name', 'AnswerError');
  });

  it('read the company’s own attributes under their keys', async () => {
    const keys = sandbox.company.customAttributes.map(({ key }) => key);
    const { employees } = await readAll(openOn(sandbox), [...keys, 'weekly_working_hours']);
    const found = new Map(employees.map((employee) => [employee.id, employee.fields]));
    for (const person of sandbox.company.people) {
      const fields = found.get(String(person.id));
      expect(fields?.['weekly_working_hours']).toBe(person.weeklyHours);
      for (const key of keys) expect(fields?.[key]).toEqual(comparable(person.custom[key]));
    }
  });
});

function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? null : value.toSorted();
  // Of lines, the source makes one.
  return typeof value === 'string' ? value.replaceAll('\n', ' ') : (value ?? null);
}
