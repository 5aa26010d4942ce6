import { describe, expect } from 'vitest';
import type { Intercept } from '../../src/sandbox/index.js';
import { byHand } from '../support/by-hand.js';
import { type Connector, day, test } from '../support/connector.js';
import { errorDocument, type RunDocument } from '../support/document.js';
import { heldAccounts } from '../support/expected.js';
import { rowsOfPart } from '../support/part.js';
import { hire, plainPeople, plainPerson } from '../support/people.js';
import { learnAmpOf } from './kill/on-learnamp.js';
import { busyNight } from './kill/story.js';

const ALL = ['--allow', 'deactivate=100'];
const revert = (connector: Connector, run: number, ...flags: readonly string[]) =>
  connector.json(['revert', String(run), ...flags]);

/** A company in step, in which run 2 promoted one, closed one, and made an account for a newcomer, who was mailed. */
async function afterANight(connector: Connector) {
  await connector.imported();
  const before = heldAccounts(connector);
  const [promoted, leaver] = [plainPerson(connector.company), plainPerson(connector.company, 1)];
  connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Principal' });
  connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
  const ada = hire(connector, 'Ada', day(0));
  expect((await connector.imported()).run).toBe(2);
  connector.takeRequests();
  return { before, promoted, leaver, ada, after: heldAccounts(connector) };
}

const kinds = ({ changes }: RunDocument) => changes.map(({ kind, outcome }) => `${kind} ${outcome}`).toSorted();
const reasons = ({ skipped }: RunDocument) =>
  Object.fromEntries(skipped.map(({ employee, reason, message }) => [employee.id, `${reason}: ${message}`]));

describe.concurrent('a run that is taken back', () => {
  test('leaves every account as it was, and the next night does it all again', async ({ connect }) => {
    const connector = await connect({ sandbox: { company: busyNight.company } });
    await busyNight.tell(learnAmpOf(connector));
    const before = heldAccounts(connector);
    const night = await connector.imported('--allow', 'deactivate=50');
    const after = heldAccounts(connector);
    connector.sandbox.personio.requests.clear();
    const mails = connector.mailed.length;
    const reverted = await revert(connector, night.run, ...ALL);
    expect(reverted, JSON.stringify(reverted.skipped)).toMatchObject({ exit_code: 4, reverts: night.run });
    // What an adopted account held is not known.
    expect(reverted.skipped.map(({ employee }) => employee.email).toSorted()).toEqual(['adopted@acme.example']);
    expect(reverted.changes.every(({ outcome }) => outcome === 'done')).toBe(true);
    expect(connector.sandbox.personio.requests.list()).toEqual([]);
    expect(connector.mailed).toHaveLength(mails);
    const now = heldAccounts(connector);
    // An account that a rehire took over stays linked to the new employee id.
    const kept = Object.entries(before).filter(([id]) => after[id] !== undefined);
    expect(kept.length).toBeGreaterThan(50);
    for (const [id, account] of kept) expect(now[id], id).toEqual(account);
    const made = night.changes.filter(({ kind }) => kind === 'create').map(({ employee }) => employee.id);
    for (const id of made) expect(now[id]?.active, id).toBe(false);
    expect(reverted.notices.join()).toMatch(
      /mails cannot be taken back: \d+ invitations.*the next import-all does it again/,
    );
    expect((await revert(connector, night.run)).changes).toEqual([]);

    await connector.imported('--allow', 'deactivate=50');
    expect(heldAccounts(connector)).toEqual(after);
    expect(connector.mailed).toHaveLength(mails);
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('is shown before: as text, as a document, as a page, and to apply later', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    const { promoted, leaver, ada, before } = await afterANight(connector);
    const dry = await connector.run(['revert', '2', '--dry-run', '--html', 'page.html']);
    expect(dry.code, dry.stderr).toBe(0);
    for (const sentence of [
      /^acme: what run 2 did, taken back → Learn Amp, dry run for /,
      /Read +the journal of run 2; HR is not asked/,
      /1 to update · 1 to reactivate · 1 to deactivate/,
      new RegExp(`#${promoted.id} .*reverts run 2\\n +job_title +Principal → `),
      new RegExp(`#${ada.id}\\s+reverts run 2, which made the account`),
      new RegExp(`#${leaver.id}\\s+reverts run 2, which ended the account`),
      /mails cannot be taken back: 1 invitation of run 2 went out/,
      /Personio still says what run 2 wrote to Learn Amp: the next import-all\s+does it again/,
    ])
      expect(dry.stdout).toMatch(sentence);
    expect(connector.takeWrites()).toEqual([]);
    expect((await connector.run(['revert', '2', '--dry-run', '--detailed-exitcode'])).code).toBe(3);

    const saved = await revert(connector, 2, '--out', 'plan.json');
    expect(saved).toMatchObject({ dry_run: true, reverts: 2, run: 3 });
    await byHand(connector, 'PATCH', `${connector.account(promoted).id}`, { jobTitle: 'By hand' });
    const stale = await connector.run(['apply', 'plan.json']);
    expect(stale.code).toBe(9);
    expect(connector.takeWrites()).toEqual([]);
    await byHand(connector, 'PATCH', `${connector.account(promoted).id}`, { jobTitle: 'Principal' });
    const applied = await connector.json(['apply', 'plan.json', '--checksum', saved.saved_plan?.digest ?? '']);
    expect(applied).toMatchObject({ exit_code: 0, reverts: 2, summary: saved.summary });
    expect(heldAccounts(connector)).toMatchObject(before);
    expect(connector.account(ada).status).toBe('deactivated');
    const runs = await connector.run(['runs']);
    expect(runs.stdout).toMatch(/apply .*1 update, 1 reactivate, 1 deactivate/);
  });

  test('is limited to the persons who are named', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    const { ada, promoted, leaver } = await afterANight(connector);
    const done = await revert(connector, 2, '--only', String(promoted.id), '--only', ada.email ?? '');
    expect(kinds(done)).toEqual(['deactivate done', 'update done']);
    expect(connector.account(leaver).status).toBe('deactivated');
    const nobody = await connector.run(['revert', '2', '--only', 'nobody@acme.example', '--json']);
    expect(nobody.code).toBe(2);
    expect(errorDocument(nobody.stdout).error.what).toContain('is in run 2');
  });

  test('can be a reversal itself', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    const { after } = await afterANight(connector);
    expect((await revert(connector, 2)).exit_code).toBe(0);
    const back = await revert(connector, 3);
    expect(kinds(back)).toEqual(['deactivate done', 'reactivate done', 'update done']);
    expect(heldAccounts(connector)).toEqual(after);
    expect((await connector.imported()).changes).toEqual([]);
  });

  test.for(
    rowsOfPart([
      ['before', 2],
      ['after', 2],
      ['after', 3],
    ] as const),
  )('killed %s write %i and started again, is done once', async ([moment, place], { connect }) => {
    let intercept: Intercept = (_, handle) => handle();
    const connector = await connect({
      sandbox: { company: { size: 30 }, intercept: (request, handle) => intercept(request, handle) },
      config: { target: { concurrency: 1 } },
    });
    const { before, ada } = await afterANight(connector);
    const running = connector.start(['revert', '2']);
    let writes = 0;
    intercept = async (request, handle) => {
      if (request.method !== 'GET' && request.route !== 'token') writes += 1;
      if (writes < place) return handle();
      if (moment === 'after') await handle();
      running.child.kill('SIGKILL');
      return null;
    };
    expect((await running.ended).code).toBeNull();
    intercept = (_, handle) => handle();
    const rest = await revert(connector, 2);
    expect(rest, JSON.stringify(rest.skipped)).toMatchObject({ exit_code: 0 });
    expect(heldAccounts(connector)).toMatchObject(before);
    expect(connector.account(ada).status).toBe('deactivated');
    expect((await revert(connector, 2)).changes).toEqual([]);
  });

  test('stays within the limits, and says what allows more', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    const { summary } = await connector.imported();
    connector.takeRequests();
    const refused = await connector.run(['revert', '1']);
    expect(refused.code).toBe(5);
    expect(refused.stderr).toContain(`--allow deactivate=${summary.create}`);
    expect(connector.takeWrites()).toEqual([]);
    const done = await revert(connector, 1, '--allow', `deactivate=${summary.create}`);
    expect(done.changes.every(({ kind, outcome }) => kind === 'deactivate' && outcome === 'done')).toBe(true);
    expect(Object.values(heldAccounts(connector)).some(({ active }) => active)).toBe(false);
  });

  test('ends nobody whom the config protects', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    const { ada } = await afterANight(connector);
    await connector.configure({ deactivation: { protect: ['ada@*'] } });
    const kept = await revert(connector, 2);
    expect(kept).toMatchObject({ exit_code: 4, skipped: [{ employee: { id: String(ada.id) }, reason: 'protected' }] });
    expect(connector.account(ada).status).not.toBe('deactivated');
  });
});

describe.concurrent('what is left as it is', () => {
  test('is what a later run or a person has changed since, and it is named', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    const { promoted, leaver, ada } = await afterANight(connector);
    const third = plainPerson(connector.company, 3);
    for (const { id } of [promoted, third]) connector.hr.apply({ kind: 'promote', person: id, to: 'Chief' });
    await connector.imported();
    await byHand(connector, 'POST', `${connector.account(leaver).id}/reactivate`);
    connector.takeRequests();
    const partly = await revert(connector, 2);
    expect(partly.exit_code).toBe(4);
    expect(kinds(partly)).toEqual(['deactivate done']);
    expect(reasons(partly)).toEqual({
      [promoted.id]: 'changed_since: job_title: run 3 has changed it since',
      [leaver.id]: expect.stringMatching(/^changed_since: somebody opened account \d+ in the LMS by hand$/),
    });
    expect(connector.account(promoted).jobTitle).toBe('Chief');
    expect(connector.account(ada).status).toBe('deactivated');

    await byHand(connector, 'PATCH', `${connector.account(third).id}`, { jobTitle: 'By hand' });
    const text = await connector.run(['revert', '3', '--only', String(third.id)]);
    expect(text.code).toBe(4);
    expect(text.stdout).toContain('1 left as they are');
    expect(connector.account(third).jobTitle).toBe('By hand');
  });

  test('is an account that was deleted: there is no way back', async ({ connect }) => {
    const connector = await connect({ people: 30, config: { deactivation: { action: 'delete' } } });
    const { before, leaver, promoted } = await afterANight(connector);
    const partly = await revert(connector, 2);
    expect(partly.exit_code).toBe(4);
    expect(reasons(partly)).toEqual({ [leaver.id]: expect.stringContaining('was deleted, and there is no way back') });
    expect(connector.account(promoted).jobTitle).toBe(before[promoted.id]?.jobTitle);
  });

  test('is what the run itself did not get done', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    await connector.imported();
    const [failing, promoted] = plainPeople(connector.company);
    if (!failing || !promoted) throw new Error('too few people');
    const before = heldAccounts(connector);
    connector.lms.add({ email: 'taken@acme.example', firstName: 'Out', lastName: 'Sider' }, 'confirmed');
    connector.hr.apply({ kind: 'change_email', person: failing.id, to: 'taken@acme.example' });
    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Lead' });
    expect((await connector.json(['import-all'])).exit_code).toBe(4);
    const done = await revert(connector, 2);
    expect(done).toMatchObject({ exit_code: 0, changes: [{ employee: { id: String(promoted.id) }, outcome: 'done' }] });
    expect(heldAccounts(connector)).toMatchObject(before);
  });
});

describe('a run that is not there', () => {
  test('is told of, and so is one that did nothing; nothing is sent', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    expect((await connector.run(['revert', '1'])).code).toBe(2);
    await connector.imported();
    await connector.imported();
    connector.takeRequests();
    for (const number of ['3', '9']) {
      const unknown = await connector.run(['revert', number, '--json']);
      expect(unknown.code).toBe(2);
      expect(errorDocument(unknown.stdout).error.what).toContain(
        `there is no run ${number} in the state; the latest is 2`,
      );
    }
    expect((await connector.run(['revert', 'x'])).code).toBe(2);
    const quiet = await connector.run(['revert', '2']);
    expect(quiet.code).toBe(0);
    expect(quiet.stdout).toMatch(/nothing to do: nothing of run 2 is left to take back .*run 2 changed nothing/);
    expect(connector.takeRequests()).toEqual([]);
  });
});
