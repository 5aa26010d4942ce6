import { describe, expect } from 'vitest';
import type { FaultOrder } from '../../src/sandbox/index.js';
import { type Connect, type Connector, day, test } from '../support/connector.js';
import { expectedAccounts, heldAccounts } from '../support/expected.js';
import { rowsOfPart } from '../support/part.js';
import { plainPeople, plainPerson } from '../support/people.js';

type Fault = FaultOrder['fault'];

const SMALL_PAGES = { largestPageSize: 20, oversizedPage: 'lower' } as const;
const TWO_PAGES = { people: 30, sandbox: { personio: SMALL_PAGES } } as const;
const onEmployees = { match: { route: 'employees' } } as const;
const forEver = { ...onEmployees, times: null } as const;

/** Sets a fault; where it is silence, it is not waited for as long as usual. */
async function trouble(connector: Connector, order: FaultOrder): Promise<void> {
  connector.sandbox.personio.faults.add(order);
  const isSlow = /timeout|drip/.test(order.fault.kind);
  if (isSlow) await connector.configure({ source: { timeout_seconds: 1 } });
}

/** A connector of two pages that is in step, and then somebody leaves, somebody's title is emptied, somebody is gone. */
async function changedCompany(connect: Connect): Promise<Connector> {
  const connector = await connect(TWO_PAGES);
  await connector.imported();
  const leaver = plainPerson(connector.company);
  const untitled = plainPerson(connector.company, 1);
  const gone = plainPerson(connector.company, 2);
  connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
  connector.hr.apply({ kind: 'clear', person: untitled.id, field: 'position' });
  connector.hr.apply({ kind: 'delete', person: gone.id });
  connector.takeRequests();
  return connector;
}

const doomed: readonly (readonly [what: string, fault: Fault, code: number, says: RegExp, from?: number])[] =
  rowsOfPart([
    ['a page with half its rows', { kind: 'short_page' }, 6, /of the 29 people whom the HR system counts came/],
    ['the first page again', { kind: 'repeated_page' }, 6, /records came more than once: pages overlap/, 2],
    ['rows in another order on every page', { kind: 'shuffled_rows' }, 6, /came more than once/],
    ['a total that shrinks', { kind: 'shrinking_total' }, 6, /counted 28 people when the read began and 27/],
    ['nobody at all', { kind: 'empty_list' }, 6, /holds no employee at all/],
    ['half of the company', { kind: 'short_list', keep: 0.5 }, 6, /14 employees against 30 .* at least 24/],
    ['an HTML page', { kind: 'html' }, 6, /HTML|web page/],
    ['an empty body', { kind: 'empty_body' }, 6, /brought|shape/],
    ['JSON that is cut off', { kind: 'truncated_json' }, 6, /JSON/],
    ['a page in ISO-8859-1 that does not say so', { kind: 'wrong_charset' }, 6, /bytes that are not of its charset/],
    ['a server error', { kind: 'status', status: 500 }, 6, /500/],
    ['a bad gateway on the second page', { kind: 'status', status: 502 }, 6, /502/, 2],
    ['a connection that is cut', { kind: 'reset_before_commit' }, 6, /could not be reached/],
    ['silence', { kind: 'timeout_before_commit' }, 6, /did not answer within 1 s/],
    ['an answer that drips for ever', { kind: 'slow_drip', bytes: 1, every: 20 }, 6, /did not answer within 1 s/],
    ['no success under status 200', refusal('Something went wrong'), 6, /was refused: Something went wrong/],
    ['a lost right under status 200', refusal('Forbidden'), 8, /does not allow employees:read/],
    ['a lost right', { kind: 'status', status: 403, body: refused('Forbidden') }, 8, /does not allow employees:read/],
    ['a refused token, again and again', { kind: 'revoke_tokens' }, 8, /rejected the credentials/],
    ['a mapped attribute that is lost', { kind: 'lost_attribute', attributes: ['position'] }, 6, /job_title came with/],
    ['a lost status', { kind: 'lost_attribute', attributes: ['status'] }, 6, /status came with nobody/],
    ['a lost end date', { kind: 'lost_attribute', attributes: ['termination_date'] }, 6, /termination_date came with/],
  ]);

describe.concurrent('a read that must not be believed', () => {
  test.for(doomed)('%s: nobody is changed, and the reason is told', async (doom, { connect }) => {
    const [, fault, code, says, from = 1] = doom;
    const connector = await changedCompany(connect);
    const before = JSON.stringify(connector.lms.list());
    await trouble(connector, { ...forEver, from, fault });
    const ended = await connector.run(['import-all']);
    expect(ended.code, ended.stderr).toBe(code);
    expect(ended.stderr).toMatch(says);
    expect(ended.stderr).toMatch(/[Rr]un again later|hrsync check|base_url/);
    expect(connector.takeRequests()).toEqual([]);
    expect(JSON.stringify(connector.lms.list())).toBe(before);
  });

  test('when it is over, the next run does what was left', async ({ connect }) => {
    const connector = await changedCompany(connect);
    connector.sandbox.personio.faults.add({ ...forEver, fault: { kind: 'short_list', keep: 0.5 } });
    expect((await connector.run(['import-all'])).code).toBe(6);
    connector.sandbox.personio.faults.clear();
    expect((await connector.imported()).summary).toMatchObject({ deactivate: 1, update: 1 });
  });

  test('an attribute that the credentials lose: exit code 8 names it', async ({ connect }) => {
    const connector = await changedCompany(connect);
    const readable = ['id', 'first_name', 'last_name', 'email', 'status', 'position', 'hire_date', 'termination_date'];
    const [credentials] = connector.sandbox.personio.settings.values.credentials;
    connector.sandbox.personio.settings.change({ credentials: [{ ...credentials, readable }] });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(8);
    expect(stderr).toMatch(/department, .*office|office, .*department/);
    expect(connector.takeRequests()).toEqual([]);
  });

  test('a canary that is missing stops the run', async ({ connect }) => {
    const connector = await connect();
    const canary = plainPeople(connector.company)[0]?.id ?? 0;
    await connector.configure({ safety: { canaries: [canary] } });
    await connector.imported();
    connector.hr.apply({ kind: 'delete', person: canary });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(6);
    expect(stderr).toContain(`canaries are missing: ${canary}`);
  });

  test('after a bad night the status names the last complete run', async ({ connect }) => {
    const connector = await connect();
    await connector.imported();
    connector.sandbox.personio.faults.add({ ...forEver, fault: { kind: 'empty_list' } });
    expect((await connector.run(['import-all'])).code).toBe(6);
    const { stdout } = await connector.run(['status']);
    expect(stdout).toMatch(/Last run +run 2 .*exit code 6/);
    expect(stdout).toMatch(/Last complete +run 1 /);
  });

  test('a first read that comes short is not taken for the company', async ({ connect }) => {
    const connector = await connect(TWO_PAGES);
    connector.sandbox.personio.faults.add({ ...forEver, fault: { kind: 'short_page' } });
    const { code } = await connector.run(['import-all', '--dry-run']);
    expect(code).toBe(6);
    expect((await connector.run(['import-all'])).code).toBe(6);
    expect(connector.takeWrites()).toEqual([]);
  });
});

const passing: readonly (readonly [what: string, order: FaultOrder])[] = rowsOfPart([
  ['a short page', { ...onEmployees, fault: { kind: 'short_page' } }],
  ['a repeated page', { ...onEmployees, from: 2, fault: { kind: 'repeated_page' } }],
  ['rows that move between pages', { ...onEmployees, fault: { kind: 'shuffled_rows' } }],
  ['a total that is wrong once', { ...onEmployees, fault: { kind: 'shrinking_total' } }],
  ['an empty list', { ...onEmployees, fault: { kind: 'empty_list' } }],
  ['an HTML page', { ...onEmployees, fault: { kind: 'html' } }],
  ['JSON that is cut off', { ...onEmployees, from: 2, fault: { kind: 'truncated_json' } }],
  ['a server error', { ...onEmployees, from: 2, fault: { kind: 'status', status: 503 } }],
  ['a connection that is cut', { ...onEmployees, fault: { kind: 'reset_before_commit' } }],
  ['silence', { ...onEmployees, from: 2, fault: { kind: 'timeout_before_commit' } }],
  ['a 429 without Retry-After', { ...onEmployees, times: 2, fault: { kind: 'status', status: 429 } }],
  ['a 429 with Retry-After', { ...onEmployees, fault: { kind: 'status', status: 429, retryAfter: 1 } }],
  ['tokens that are revoked half-way', { ...onEmployees, from: 2, fault: { kind: 'revoke_tokens' } }],
  ['a server error at the token', { match: { route: 'token' }, fault: { kind: 'status', status: 500 } }],
  ['a cut connection at the attributes', { match: { route: 'attributes' }, fault: { kind: 'reset_before_commit' } }],
]);

describe.concurrent('trouble that passes', () => {
  test.for(passing)('%s: survived, and everything is done', async ([, order], { connect }) => {
    const connector = await changedCompany(connect);
    await trouble(connector, order);
    const { summary } = await connector.imported();
    expect(connector.sandbox.personio.faults.list()[0]?.struck).toBeGreaterThan(0);
    expect(summary).toMatchObject({ deactivate: 1, update: 1 });
  });

  test('tokens that are refused with 403, as the documents have it, are renewed', async ({ connect }) => {
    const connector = await connect({ ...TWO_PAGES, sandbox: { personio: { ...SMALL_PAGES, badTokenStatus: 403 } } });
    connector.sandbox.personio.faults.add({ ...onEmployees, from: 2, fault: { kind: 'revoke_tokens' } });
    await connector.imported();
    expect(heldAccounts(connector)).toEqual(expectedAccounts(connector.company, day(0)));
  });
});

function refused(message: string): unknown {
  return { success: false, error: { code: 0, message } };
}

function refusal(message: string): Fault {
  return { kind: 'status', status: 200, body: refused(message) };
}
