import { describe, expect, it } from 'vitest';
import { neededFields } from '../../../src/config/needed-fields.js';
import { config, parse, problemsIn } from './support.js';

const mapped = (line: string) => config({ rest: `  ${line}` });
const ruleFor = async (line: string) => (await parse(mapped(line))).mapping[2];

describe('the right side of the mapping', () => {
  it('may be an HR field or a list of them', async () => {
    expect(await ruleFor('job_title: job_title')).toEqual({
      field: 'job_title',
      from: ['job_title'],
      whenEmpty: 'clear',
      write: 'always',
    });
    expect(await ruleFor('job_title: [team, job_title]')).toMatchObject({ from: ['team', 'job_title'] });
  });

  it('may say everything in its long form', async () => {
    const line =
      'job_title: { from: team, map: { 1: One, x: 2 }, default: none, type: choice, when_empty: keep, write: once, case: upper }';
    expect(await ruleFor(line)).toEqual({
      field: 'job_title',
      from: ['team'],
      map: { 1: 'One', x: 2 },
      default: 'none',
      type: 'choice',
      whenEmpty: 'keep',
      write: 'once',
      case: 'upper',
    });
  });

  it('may be a constant or a template', async () => {
    expect(await ruleFor('job_title: { value: false }')).toMatchObject({ from: [], value: false });
    expect(await ruleFor('job_title: { template: "{first_name} {last_name}" }')).toMatchObject({
      from: [],
      template: '{first_name} {last_name}',
    });
  });

  it('may name a custom field by any name', async () => {
    expect(await ruleFor('custom_fields: { "Kosten.Stelle 1": cost_center }')).toMatchObject({
      field: 'custom_fields.Kosten.Stelle 1',
      from: ['cost_center'],
    });
  });

  it("may be one of the HR system's own fields", async () => {
    expect(await ruleFor('job_title: dynamic_1234567')).toMatchObject({ from: ['dynamic_1234567'] });
    expect(await ruleFor('job_title: shoe_size')).toMatchObject({ from: ['shoe_size'] });
  });

  it.each([
    ['a misspelt HR field', 'job_tilte', '16:14 mapping.job_title: is not an HR field, but looks like one → job_title'],
    [
      'a misspelt HR field in a list',
      '[team, Department]',
      '16:21 mapping.job_title[1]: is not an HR field, but looks like one → department',
    ],
    [
      'a misspelt HR field in a template',
      '{ template: "{frist_name} x" }',
      '16:26 mapping.job_title.template: names in braces what is not an HR field, but looks like one → {first_name}',
    ],
    ['of two origins', '{ from: team, value: x }', '16:3 mapping.job_title: has from and value; keep one'],
    ['of no origin', '{ default: x }', '16:3 mapping.job_title: needs one of from, value, template'],
    [
      'a template without a field',
      '{ template: Engineer }',
      '16:26 mapping.job_title.template: names no HR field in braces; for a fixed text write value: instead',
    ],
    ['a number', '5', '16:14 mapping.job_title: must be an HR field, a list of HR fields, or { from: …, … }'],
    [
      'of an unknown type',
      '{ from: team, type: strng }',
      '16:34 mapping.job_title.type: must be one of string, date, integer, decimal, choice, multi_choice, boolean → string',
    ],
    [
      'a map with one value in two spellings',
      '{ from: team, map: { A B: x, "A  B ": y } }',
      '16:52 mapping.job_title.map.A  B : is the same value as a line above: keep one of the two',
    ],
    [
      'a map of maps',
      '{ from: team, map: { a: { b: c } } }',
      '16:35 mapping.job_title.map.a: must be a text, a number, or true or false',
    ],
  ])('is refused when it is %s', async (_what, rule, problem) => {
    expect(await problemsIn(mapped(`job_title: ${rule}`))).toEqual([problem]);
  });
});

describe('the left side of the mapping', () => {
  it('must have every field that accounts need', async () => {
    expect(await problemsIn(config({ mapping: 'mapping:\n  first_name: first_name' }))).toMatchInlineSnapshot(`
      [
        "13:1 mapping.email: is missing; every account needs it",
      ]
    `);
  });

  it('cannot name the external id, which is always the employee id', async () => {
    expect(await problemsIn(mapped('external_id: employee_number'))).toMatchInlineSnapshot(`
      [
        "16:3 mapping.external_id: is not a key that is known here; known are first_name, email, job_title, hire_date, role, custom_fields",
      ]
    `);
  });

  it('is taken as it is while the target is unknown', async () => {
    const text = config({ target: 'target:\n  type: learnup', rest: '  whatever: team' });
    expect(await problemsIn(text)).toMatchInlineSnapshot(`
      [
        "9:9 target.type: must be learnamp → learnamp",
      ]
    `);
  });
});

it('the needed HR fields are those of mapping, templates, filters, life cycle and limits, each once', async () => {
  const text = mapped(
    'job_title: { template: "{job_title}, {team}" }\nemployees:\n  filter: [{ field: legal_entity, empty: false }]\nsafety: { per: cost_center }',
  );
  expect(neededFields(await parse(text))).toEqual([
    'status',
    'start_date',
    'termination_date',
    'first_name',
    'work_email',
    'job_title',
    'team',
    'legal_entity',
    'cost_center',
  ]);
});

describe('a mapping of a field that gives rights', () => {
  const warnings = async (line: string) => (await parse(mapped(`role: ${line}`))).warnings;

  it('brings no warning with a map, and a default that gives no more than a learner has', async () => {
    expect(await warnings('{ from: team, map: { Trainer: curator }, default: viewer }')).toEqual([]);
    expect(await warnings('{ from: team, map: { Trainer: curator } }')).toEqual([]);
    expect(await warnings('{ value: viewer }')).toEqual([]);
  });

  it('is warned about where it is open', async () => {
    expect(await warnings('{ from: team, map: { Trainer: curator }, default: admin }')).toEqual([
      'mapping.role gives the rights of admin to everybody whom its map does not list: choose a default that gives none',
    ]);
    expect(await warnings('{ value: admin }')).toEqual(['mapping.role gives everybody the rights of admin']);
    expect(await warnings('[team, job_title]')).toEqual([
      'mapping.role has no map, and no text of HR gives rights by itself: who has a value in team or job_title is skipped until mapping.role.map lists it',
    ]);
  });
});

describe('a name that the HR system has for an HR field, and hrsync has not', () => {
  const refused = async (line: string) => problemsIn(mapped(line));

  it('is answered with the name to write, wherever it stands', async () => {
    const what = 'manager_id is not what hrsync calls this field of Personio → manager';
    expect(await refused('job_title: manager_id')).toEqual([`16:14 mapping.job_title: ${what}`]);
    expect(await refused('job_title: [team, manager_id]')).toEqual([`16:21 mapping.job_title[1]: ${what}`]);
    expect(await refused('job_title: { from: manager_id }')).toEqual([`16:22 mapping.job_title.from: ${what}`]);
    expect(await refused('job_title: { template: "{manager_id} x" }')).toEqual([
      `16:26 mapping.job_title.template: ${what}`,
    ]);
    expect(await refused('custom_fields: { Boss: manager_id }')).toEqual([`16:26 mapping.custom_fields.Boss: ${what}`]);
    expect(await problemsIn(config({ rest: 'employees: { filter: [{ field: manager_id, empty: false }] }' }))).toEqual([
      `16:32 employees.filter[0].field: ${what}`,
    ]);
  });
});
