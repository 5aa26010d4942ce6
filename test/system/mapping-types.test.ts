import { describe, expect } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { test } from '../support/connector.js';
import { plainPerson } from '../support/people.js';

const MISFITS = {
  hire_date: 'job_title',
  manager: 'work_email',
  language: { value: 'klingon' },
  role: { from: 'status', map: { active: 'viewer', leave: 'boss' }, default: 'viewer' },
};

const catalogueSchema = z.strictObject({
  format: z.literal(1),
  source: z.strictObject({
    type: z.string(),
    fields: z.array(
      z.strictObject({
        name: z.string(),
        label: z.string().nullable(),
        type: z.string(),
        mapped_to: z.array(z.string()),
      }),
    ),
  }),
  target: z.strictObject({
    type: z.string(),
    fields: z.array(
      z.strictObject({
        name: z.string(),
        type: z.string(),
        required: z.boolean(),
        choices: z.array(z.string()).nullable(),
        mapped_from: z.array(z.string()),
      }),
    ),
  }),
  mapping: z.string(),
});

describe('types that do not fit', () => {
  test('stop check and every run that would write, all named at once, before anything is sent', async ({ connect }) => {
    const connector = await connect({ people: 20, config: { mapping: MISFITS } });
    const checked = await connector.run(['check']);
    expect(checked.code).toBe(2);
    // Four misfits, and the one of them that shows in what people have.
    expect(checked.stdout.match(/^✗/gm)).toHaveLength(5);
    expect(checked.stdout).toMatch(/^✗ mapping\.hire_date \(line \d+\) +fails for \d+ of \d+ people/m);
    expect(checked.stdout).toMatch(/job_title +text +hire_date +date +NO\n/);
    expect(checked.stdout).toMatch(/dynamic_1234567 +integer +Badge +not known/);
    for (const flags of [['--dry-run'], []]) {
      const { code, stderr } = await connector.run(['import-all', ...flags]);
      expect(code).toBe(2);
      for (const field of Object.keys(MISFITS)) expect(stderr).toContain(`- ${field}: `);
      expect(stderr).toContain('takes date, and job_title is text; what fits: HR fields that are date');
      expect(stderr).toContain('"klingon" is none of en, en-US');
    }
    expect(connector.takeWrites()).toEqual([]);
    expect(connector.lms.list()).toHaveLength(connector.lms.staff.length);
    await connector.configure({});
    await connector.imported();
  });

  test('are not looked for on a night in which nothing changed', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    await connector.imported();
    connector.takeRequests();
    connector.sandbox.personio.requests.clear();
    await connector.imported();
    expect(connector.takeRequests()).toEqual([]);
    const asked = connector.sandbox.personio.requests.list().map(({ route }) => route);
    expect(asked.filter((route) => route === 'attributes')).toHaveLength(1);
    connector.hr.apply({ kind: 'promote', person: plainPerson(connector.company).id, to: 'Lead' });
    await connector.configure({ mapping: { hire_date: 'job_title' } });
    const changed = await connector.run(['import-all']);
    expect(changed.code).toBe(2);
    expect(connector.takeWrites()).toEqual([]);
  });
});

describe('fields', () => {
  test('shows both sides, marks what is mapped, and gives a mapping that works', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    const { code, stdout } = await connector.run(['fields', '--json']);
    expect(code).toBe(0);
    const { source, target, mapping } = catalogueSchema.parse(JSON.parse(stdout));
    expect(source.fields).toContainEqual({
      ...{ name: 'dynamic_1234567', label: 'Badge', type: 'integer' },
      mapped_to: ['custom_fields.Badge'],
    });
    expect(source.fields).toContainEqual({ name: 'status', label: 'Status', type: 'list', mapped_to: [] });
    expect(target.fields).toContainEqual({
      ...{ name: 'email', type: 'email', required: true, choices: null },
      mapped_from: ['work_email'],
    });
    const text = await connector.run(['fields']);
    expect(text.stdout).toContain('Personio offers\n');
    expect(text.stdout).toMatch(/^dynamic_1234567 +Badge +integer +Badge$/m);
    expect(text.stdout).toMatch(/^language +choice +en, en-US, /m);
    expect(text.stdout.endsWith(mapping)).toBe(true);
    expect(connector.takeWrites()).toEqual([]);

    const before = await connector.imported('--dry-run');
    const pasted: unknown = parse(mapping);
    expect(pasted).toMatchObject({ mapping: { department: 'team', custom_fields: { Skills: 'dynamic_2345678' } } });
    await connector.configure({ document: z.record(z.string(), z.unknown()).parse(pasted) });
    expect((await connector.imported('--dry-run')).changes).toEqual(before.changes);
  });

  test('ends with 8 where HR refuses the credentials', async ({ connect }) => {
    const connector = await connect({ people: 20 });
    expect((await connector.run(['fields'], { HR_SECRET: 'wrong-one-5Tg' })).code).toBe(8);
  });
});
