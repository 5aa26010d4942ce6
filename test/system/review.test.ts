import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { SECRETS } from '../support/config.js';
import { type Connector, day, test } from '../support/connector.js';
import { errorDocument } from '../support/document.js';
import { rowsOfPart } from '../support/part.js';
import { hire, plainPeople, plainPerson } from '../support/people.js';
import { useBrowser } from '../support/report-page.js';

const file = (connector: Connector, name: string) => join(connector.folder, name);
const chromium = useBrowser();
const readPage = (connector: Connector) => chromium.openFile(file(connector, 'review.html'));

describe.concurrent('the report for HR', () => {
  test('--html and --csv write a dry run and a real one, beside what is printed', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    const dry = await connector.run(['import-all', '--dry-run', '--html', 'review.html', '--csv', 'review.csv']);
    expect(dry.code, dry.stderr).toBe(0);
    expect(dry.stdout).toContain('Nothing was sent');
    const page = await readPage(connector);
    const made = (await page.texts('[aria-labelledby=new] .row')).length;
    const [lead = ''] = await page.texts('.lead');
    const [total = 0, ...parts] = (lead.match(/\d+/g) ?? []).map(Number);
    expect(lead).toMatch(new RegExp(`^Of ${total} people ${made} get an account today`));
    expect(parts.reduce((sum, part) => sum + part)).toBe(total);
    expect((await page.texts('.bars th')).length).toBeGreaterThan(2);
    const rows = (await readFile(file(connector, 'review.csv'), 'utf8')).split('\r\n');
    expect(rows.filter((row) => row.includes(',external_id,'))).toHaveLength(made);
    for (const name of ['review.html', 'review.csv']) {
      expect((await stat(file(connector, name))).mode & 0o777).toBe(0o600);
    }
    expect(connector.takeWrites()).toEqual([]);

    const leaver = plainPerson(connector.company);
    await connector.imported('--html', 'review.html');
    const done = await readPage(connector);
    expect((await done.texts('.lead'))[0]).toBe(`The plan was: ${lead}`);
    expect(await done.texts('[aria-labelledby=new] .row')).toHaveLength(made);
    expect(await done.texts('#undone')).toEqual([]);
    connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
    await connector.imported('--html', 'review.html');
    const last = await readPage(connector);
    expect(await last.texts('[aria-labelledby=leavers] .row')).toEqual([
      expect.stringMatching(new RegExp(`#${leaver.id} · (last day was|HR status) `)),
    ]);
    expect((await readdir(connector.folder)).filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  test('counts everybody once, whatever happens to them', async ({ connect }) => {
    const connector = await connect({
      people: 60,
      config: { deactivation: { missing: { after_runs: 1, after_days: 0 } } },
    });
    await connector.imported();
    const [promoted, leaver, swapped, other, gone, nameless, twice, back] = plainPeople(connector.company);
    if (!promoted || !leaver || !swapped || !other || !gone || !nameless || !twice || !back)
      throw new Error('the company is too small');
    for (const event of [
      { kind: 'promote', person: promoted.id, to: 'Principal' },
      { kind: 'terminate', person: leaver.id, on: day(-1) },
      { kind: 'swap_emails', person: swapped.id, with: other.id },
      { kind: 'delete', person: gone.id },
      { kind: 'change_email', person: nameless.id, to: null },
      { kind: 'change_email', person: twice.id, to: promoted.email },
    ] as const)
      connector.hr.apply(event);
    connector.hr.apply({ kind: 'terminate', person: back.id, on: day(-1) });
    connector.hr.apply({ kind: 'rehire', person: back.id, on: day(0) });
    hire(connector, 'Ada', day(0));
    hire(connector, 'Grace', day(20));
    const document = await connector.json(['import-all', '--dry-run', '--html', 'review.html', '--allow', 'email=9']);
    const page = await readPage(connector);
    const [lead = ''] = await page.texts('.lead');
    const [first = ''] = lead.split('. ');
    const [total = 0, ...parts] = (first.match(/\d+/g) ?? []).map(Number);
    expect(total).toBe(document.source.employees);
    expect(parts.reduce((sum, part) => sum + part)).toBe(total);
    expect(first).toMatch(/ 1 loses access, 1 gets an account today, /);
    expect(first).toContain(`${document.summary.unchanged} stay as they are`);
    expect(lead).toContain('1 more person whom HR does not show any more loses access.');
    const shown = (await page.texts('.bar + .legend li')).map((text) => Number(text.split(' ')[0]));
    expect(shown).toEqual(parts);
  });

  test('of a saved plan says what is to be approved: its file, its checksum, until when', async ({ connect }) => {
    const connector = await connect({ people: 15 });
    const document = await connector.json(['plan', '--out', 'plan.json', '--html', 'review.html']);
    const [card = ''] = await (await readPage(connector)).texts('section[aria-labelledby=approve]');
    expect(card).toContain(document.saved_plan?.digest);
    expect(card).toContain('plan.json');
    expect(card).toMatch(/Valid until\d+ \w+ \d{4}, \d\d:\d\d UTC/);
  });

  test('hostile names are harmless in it, and no secret of the config is', async ({ connect }) => {
    const connector = await connect({ people: 15 });
    for (const name of [
      '<script>alert(1)</script>',
      '=cmd|A1',
      SECRETS.LMS_SECRET,
      '</script><img src=x>',
      '\u202Eevil',
    ]) {
      const { id } = hire(connector, `n${name.length}`, day(0));
      connector.hr.apply({ kind: 'change_name', person: id, firstName: name });
    }
    const { code } = await connector.run(['import-all', '--dry-run', '--html', 'review.html', '--csv', 'review.csv']);
    expect(code).toBe(0);
    const html = await readFile(file(connector, 'review.html'), 'utf8');
    const csv = await readFile(file(connector, 'review.csv'), 'utf8');
    for (const text of [html, csv]) expect(text).not.toContain(SECRETS.LMS_SECRET);
    expect(csv).toMatch(/,first_name,,'=cmd\|A1,/);
    const page = await readPage(connector);
    expect(await page.texts('script:not([type])')).toHaveLength(1);
    expect(await page.texts('img')).toEqual([]);
    expect(await page.texts('.name')).toContain('<script>alert(1)</script> Newcomer');
  });

  test.for([
    ['--html', 'none/review.html', 'there is no such folder'],
    ['--csv', '.', 'is not a file'],
  ] as const)('%s %s is refused before anything is read', async ([flag, path, reason], { connect }) => {
    const connector = await connect({ people: 5 });
    const { code, stderr } = await connector.run(['import-all', flag, path]);
    expect(code).toBe(2);
    expect(stderr).toContain(reason);
    expect(connector.sandbox.personio.requests.list()).toEqual([]);
    expect(connector.takeRequests()).toEqual([]);
    expect((await connector.imported()).run).toBe(1);
  });
});

/** A company in step in which somebody was promoted, somebody leaves and somebody begins; the plan for it is saved. */
async function planned(connector: Connector) {
  await connector.imported();
  const [promoted, leaver] = [plainPerson(connector.company), plainPerson(connector.company, 1)];
  connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Principal' });
  connector.hr.apply({ kind: 'terminate', person: leaver.id, on: day(-1) });
  const ada = hire(connector, 'Ada', day(0));
  const document = await connector.json(['plan', '--out', 'plan.json']);
  connector.takeRequests();
  return { promoted, leaver, ada, document };
}

const apply = (connector: Connector, ...flags: readonly string[]) => connector.run(['apply', 'plan.json', ...flags]);

async function expectStale(connector: Connector, ...sentences: readonly (string | RegExp)[]): Promise<void> {
  const { code, stderr } = await apply(connector);
  expect(code, stderr).toBe(9);
  for (const sentence of sentences) expect(stderr).toMatch(sentence);
  expect(stderr).toContain('Nothing was sent');
  expect(connector.takeWrites()).toEqual([]);
}

describe.concurrent('a saved plan', () => {
  test('is applied as it was reviewed, once, and the digest ties the two together', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    const { document, ada } = await planned(connector);
    expect(document).toMatchObject({ dry_run: true, saved_plan: { digest: expect.stringMatching(/^sha256:/) } });
    const digest = document.saved_plan?.digest ?? '';
    const other = await apply(connector, '--checksum', `sha256:${'0'.repeat(64)}`);
    expect(other.code).toBe(2);
    expect(other.stderr).toContain(digest);
    expect(connector.takeRequests()).toEqual([]);
    const applied = await connector.json(['apply', 'plan.json', '--checksum', digest, '--html', 'review.html']);
    expect(applied).toMatchObject({ exit_code: 0, dry_run: false, summary: document.summary });
    expect(applied.changes.map(({ outcome }) => outcome)).toEqual(['done', 'done', 'done']);
    expect(connector.mailed).toEqual([ada.email]);
    expect((await (await readPage(connector)).texts('.found .name')).length).toBeGreaterThanOrEqual(3);
    // All of it is done: the plan is still true, and there is nothing left of it.
    expect((await connector.json(['apply', 'plan.json'])).changes).toEqual([]);
    expect((await connector.imported()).changes).toEqual([]);
  });

  test('is the same plan as a dry run of import-all, with its flags', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    const { promoted, document } = await planned(connector);
    expect(document.changes).toEqual((await connector.json(['import-all', '--dry-run'])).changes);
    const only = ['--only', String(promoted.id), '--detailed-exitcode', '--out', 'plan.json'];
    const one = await connector.run(['plan', ...only]);
    expect(one.code).toBe(3);
    expect(one.stdout).toMatch(
      /Saved to \S+plan\.json, valid until\s[^:]*:[^:]*:\n {2}hrsync apply \S+ --checksum sha256:[0-9a-f]{64}\n/,
    );
    const applied = await connector.json(['apply', 'plan.json']);
    expect(applied.changes.map(({ employee }) => employee.id)).toEqual([String(promoted.id)]);
    const later = await connector.json(['plan', '--as-of', day(40)]);
    expect(later.changes.length).toBeGreaterThanOrEqual(2);
    const refused = await apply(connector, '--as-of', day(1));
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('--as-of belongs to "hrsync plan"');
  });

  test('is stale when HR has moved: a value, a newcomer, somebody who stays after all', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    const { promoted, leaver } = await planned(connector);
    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Chief' });
    await expectStale(connector, `update of #${promoted.id} is another now: the HR record moved (job_title)`);
    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Principal' });
    connector.hr.apply({ kind: 'rehire', person: leaver.id, on: day(0) });
    const grace = hire(connector, 'Grace', day(0));
    await expectStale(
      connector,
      `create of #${grace.id} is not in the saved plan`,
      `deactivate of #${leaver.id} is not wanted any more`,
    );
    const json = await connector.run(['apply', 'plan.json', '--json']);
    expect(errorDocument(json.stdout)).toMatchObject({ exit_code: 9, error: { name: 'StalePlanError' } });
  });

  test('is stale when the mapping, the config or the day moved, and says which', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    const { leaver } = await planned(connector);
    await connector.configure({ mapping: { job_title: { from: 'job_title', case: 'upper' } } });
    await expectStale(connector, /the mapping has changed/, /job_title/);
    await connector.configure({ deactivation: { action: 'delete' } });
    await expectStale(connector, /the config: .* has changed/, `delete of #${leaver.id} is not in the saved plan`);
    await connector.configure({});
    hire(connector, 'Grace', day(20));
    const other = await connector.json(['plan', '--as-of', day(30), '--out', 'plan.json']);
    expect(other.summary.deactivate + other.summary.create).toBeGreaterThan(2);
    await expectStale(connector, new RegExp(`the day: it was made for ${day(30)}, and this is ${day(0)}`));
  });

  test('is stale when somebody did other things in the meantime, but not when they did a part of it', async ({
    connect,
  }) => {
    const connector = await connect({ people: 30 });
    const { promoted, leaver, ada } = await planned(connector);
    await connector.imported('--only', String(promoted.id));
    connector.takeRequests();
    const { changes } = await connector.json(['apply', 'plan.json']);
    expect(changes.map(({ employee }) => employee.id).toSorted()).toEqual(
      [String(leaver.id), String(ada.id)].toSorted(),
    );

    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Chief' });
    await connector.json(['plan', '--out', 'plan.json']);
    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Assistant' });
    await connector.imported();
    connector.hr.apply({ kind: 'promote', person: promoted.id, to: 'Chief' });
    connector.takeRequests();
    await expectStale(connector, /the state: it was made after run \d+/, /the snapshot moved \(job_title\)/);
  });

  test('allows exactly its own numbers, whatever the limits say', async ({ connect }) => {
    const connector = await connect({ people: 30, config: { safety: { max_creates: 3 } } });
    const plan = await connector.run(['plan', '--out', 'plan.json']);
    expect(plan.code).toBe(5);
    expect(plan.stdout).toContain('REFUSED');
    expect((await connector.run(['import-all'])).code).toBe(5);
    const { summary, exit_code } = await connector.json(['apply', 'plan.json']);
    expect(exit_code).toBe(0);
    expect(summary.create).toBeGreaterThan(3);
  });

  test('that was edited, is of another connector or has expired is refused', async ({ connect }) => {
    const connector = await connect({ people: 15 });
    await planned(connector);
    const text = await readFile(file(connector, 'plan.json'), 'utf8');
    const write = (changed: string) => writeFile(file(connector, 'plan.json'), changed);
    await write(text.replace('Principal', 'President'));
    const edited = await apply(connector);
    expect(edited.code).toBe(2);
    expect(edited.stderr).toContain('its digest does not fit its contents');

    await write(resaved(text, (line) => line.replace('"name":"acme"', '"name":"umbrella"')));
    const foreign = await apply(connector);
    expect(foreign.code).toBe(2);
    expect(foreign.stderr).toContain('is a plan for umbrella');

    await write(
      resaved(text, (line) => line.replace(/"expires_at":"[^"]*"/, `"expires_at":"${day(-1)}T00:00:00.000Z"`)),
    );
    await expectStale(connector, /expired at/);
    await write(text);
    expect((await apply(connector)).code).toBe(0);
  });

  test('that was edited and given a new digest is refused, with its old seal, another or none', async ({ connect }) => {
    const connector = await connect({ people: 15 });
    await planned(connector);
    const text = await readFile(file(connector, 'plan.json'), 'utf8');
    const longer = (line: string) => line.replace(/"expires_at":"[^"]*"/, `"expires_at":"${day(90)}T00:00:00.000Z"`);
    const [seal = ''] = /"seal":"[^"]*"/.exec(text) ?? [];
    expect(seal).toMatch(/^"seal":"hmac-sha256:[0-9a-f]{64}"$/);
    const forged = [longer, (line: string) => line]
      .map((change) => resaved(text, change))
      .flatMap((plan) => [plan, plan.replace(/"\}\n$/, `",${seal.replace(/[0-9a-f]{8}"$/, '00000000"')}}\n`)]);
    forged.push(resaved(text, longer).replace(/"\}\n$/, `",${seal}}\n`));
    for (const plan of forged) {
      await writeFile(file(connector, 'plan.json'), plan);
      const { code, stderr } = await apply(connector);
      expect(code, stderr).toBe(2);
      expect(stderr).toContain("bears no seal of this connector's state");
    }
    expect(connector.takeWrites()).toEqual([]);
  });

  test('that was made with the state of another connector of the same company is refused', async ({ connect }) => {
    const connector = await connect({ people: 15 });
    await connector.configure({ document: { state: './state/other.db' } });
    await connector.json(['plan', '--out', 'plan.json']);
    await connector.configure({});
    const { code, stderr } = await apply(connector);
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('bears no seal') });
  });

  test('is stale when a filter pattern or a setting of the target moved, and says which', async ({ connect }) => {
    const connector = await connect({ people: 30 });
    const { ada, leaver } = await planned(connector);
    const filter = [{ field: 'first_name', not_matching: '^Ada$' }];
    await connector.configure({ employees: { filter } });
    await expectStale(
      connector,
      /the config: employees\.filter has changed/,
      new RegExp(`create of #${ada.id} is not wanted any more\\.?\\s`),
    );
    await connector.configure({ deactivation: { action: 'delete' }, target: { create_early: true } });
    await expectStale(connector, /the config: invitations, deactivation has changed/, `delete of #${leaver.id}`);
    await connector.configure({ mapping: { job_title: { from: 'job_title', case: 'upper' } } });
    await expectStale(connector, /the mapping has changed \(job_title\)/, /the wanted account moved \(job_title\)/);
  });

  test.for(rowsOfPart([1, 3, 6]))(
    'killed after write %i: applied again, it does the rest and nothing twice',
    async (count, { connect }) => {
      const connector = await connect({
        people: 20,
        config: { invitations: { existing_staff: 'send' }, target: { requests_per_second: 60, concurrency: 2 } },
      });
      const { summary } = await connector.json(['plan', '--out', 'plan.json']);
      const writes = () => connector.sandbox.learnamp.requests.writes().length;
      const running = connector.start(['apply', 'plan.json']);
      while (writes() < count * 2) await new Promise((resolve) => setTimeout(resolve, 1));
      running.child.kill('SIGKILL');
      expect((await running.ended).code).toBeNull();
      const rest = await connector.json(['apply', 'plan.json']);
      expect(rest.exit_code).toBe(0);
      expect(rest.summary.create).toBeLessThan(summary.create);
      expect(new Set(connector.mailed).size).toBe(summary.create);
      expect(connector.mailed).toHaveLength(summary.create);
      expect((await connector.imported()).changes).toEqual([]);
    },
  );

  test('waits for nobody: another run that holds the lock is told of', async ({ connect }) => {
    const connector = await connect({ people: 15, config: { target: { requests_per_second: 5, concurrency: 1 } } });
    await connector.json(['plan', '--out', 'plan.json']);
    const running = connector.start(['import-all']);
    while (connector.sandbox.learnamp.requests.writes().length < 1)
      await new Promise((resolve) => setTimeout(resolve, 1));
    expect((await apply(connector)).code).toBe(7);
    running.child.kill('SIGINT');
    await running.ended;
  });
});

/** The same file as if it had been saved with a changed first line. */
function resaved(text: string, change: (line: string) => string): string {
  const [first = '', ...lines] = text.split('\n');
  const before = [change(first), ...lines.slice(0, -2)].map((line) => `${line}\n`).join('');
  return `${before}"digest":"sha256:${createHash('sha256').update(before).digest('hex')}"}\n`;
}
