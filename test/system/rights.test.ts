import { describe, expect } from 'vitest';
import { type Connector, test } from '../support/connector.js';
import { plainPerson } from '../support/people.js';

/** A map that lists every job title of the company as a learner's, and trainers as curators. */
function learners({ company }: Connector): Readonly<Record<string, string>> {
  const titles = company.people.flatMap(({ position }) => position ?? []);
  return { ...Object.fromEntries(titles.map((title) => [title, 'viewer'])), Trainer: 'curator' };
}

describe('a role in the LMS that comes from HR', () => {
  test('is what the map lists, and a text of HR that it does not list never becomes one', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    const [trainer, clerk] = [plainPerson(connector.company, 0), plainPerson(connector.company, 1)];
    const role = { from: 'job_title', map: learners(connector) };
    await connector.configure({ mapping: { role } });
    await connector.imported();
    expect(connector.account(clerk).role).toBe('viewer');
    connector.hr.apply({ kind: 'promote', person: trainer.id, to: 'Trainer' });
    connector.hr.apply({ kind: 'promote', person: clerk.id, to: 'admin' });
    const { skipped } = await connector.imported();
    expect(connector.account(trainer).role).toBe('curator');
    expect(connector.account(clerk).role).toBe('viewer');
    expect(skipped).toEqual([
      expect.objectContaining({
        employee: expect.objectContaining({ id: String(clerk.id) }),
        reason: 'unlisted_value',
        message: expect.stringMatching(/job_title holds "admin", which mapping\.role\.map does not list/),
      }),
    ]);
  });

  test('without a map lets no text of HR through, and check warns about it', async ({ connect }) => {
    const connector = await connect({ people: 20, config: { mapping: { role: 'job_title' } } });
    const { skipped, changes } = await connector.json(['import-all', '--dry-run']);
    expect(changes.filter(({ fields }) => fields['role']?.after)).toEqual([]);
    expect(new Set(skipped.map(({ reason }) => reason))).toContain('unlisted_value');
    const checked = await connector.run(['check']);
    expect(checked.stdout).toContain('mapping.role has no map, and no text of HR gives rights by itself');
  });

  test('with a default that gives more than a learner has is warned about by check', async ({ connect }) => {
    const role = { from: 'job_title', map: { Trainer: 'curator' }, default: 'admin' };
    const connector = await connect({ people: 20, config: { mapping: { role } } });
    const { stdout } = await connector.run(['check']);
    expect(stdout).toContain('mapping.role gives the rights of admin to everybody whom its map does not list');
  });
});

describe('texts of HR and of the config', () => {
  test('are equal whatever their spaces and however their letters are composed', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    const person = plainPerson(connector.company, 0);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Leiter Bu\u0308ro\u00A0Mu\u0308nchen' });
    await connector.configure({
      employees: { filter: [{ field: 'job_title', in: ['Leiter  Büro München'] }] },
    });
    expect((await connector.imported()).summary).toMatchObject({ create: 1 });
  });

  test('take a filter pattern in time that grows with the text alone', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    const person = plainPerson(connector.company, 0);
    connector.hr.apply({ kind: 'promote', person: person.id, to: `${'a'.repeat(60)}!` });
    await connector.configure({ employees: { filter: [{ field: 'job_title', not_matching: '^(\\w+\\s?)+$' }] } });
    expect((await connector.json(['import-all', '--dry-run'])).summary.create).toBeGreaterThan(0);
  });

  test('refuse a pattern whose time has no bound, with its place and what to write', async ({ connect }) => {
    const filter = [{ field: 'job_title', not_matching: '(?<!Vice )President' }];
    const connector = await connect({ people: 20, config: { employees: { filter } } });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /hrsync\.yaml:\d+:\d+ .*look-behind.*two conditions, one with matching and one with not_matching/s,
    );
  });
});
