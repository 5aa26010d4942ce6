import { describe, expect, it } from 'vitest';
import { outsideOf } from '../../../src/config/outside.js';
import { parseConfig } from '../../../src/config/parse.js';
import { SOURCES } from '../../../src/sources/registry.js';
import { TARGETS } from '../../../src/targets/registry.js';
import { config, parse, problemsIn } from './support.js';

describe('a misspelt key is refused with its place and the right one', () => {
  it.each([
    ['at the top', { rest: 'employes: {}' }, '16:1 employes: is not a key that is known here → employees'],
    [
      'in a section',
      { rest: 'safety:\n  max_deactivation: 5' },
      '17:3 safety.max_deactivation: is not a key that is known here → max_deactivations',
    ],
    [
      'in a condition',
      { rest: 'employees:\n  filter:\n    - { field: status, not-in: [x] }' },
      '18:24 employees.filter[0].not-in: is not a key that is known here → not_in',
    ],
    [
      "among an adapter's settings",
      { rest: '', target: 'target:\n  type: learnamp\n  base_uri: https://lms.acme.example' },
      '10:3 target.base_uri: is not a key that is known here → base_url',
    ],
    [
      'among the keys that every target has',
      { target: 'target:\n  type: learnamp\n  create_erly: true' },
      '10:3 target.create_erly: is not a key that is known here → create_early',
    ],
    [
      'on the left side of the mapping',
      { rest: '  jobtitle: job_title' },
      '16:3 mapping.jobtitle: is not a key that is known here → job_title',
    ],
    [
      'in a mapping rule',
      { rest: '  job_title: { from: job_title, whenempty: keep }' },
      '16:33 mapping.job_title.whenempty: is not a key that is known here → when_empty',
    ],
  ])('%s', async (_place, parts, problem) => {
    expect(await problemsIn(config(parts))).toContain(problem);
  });
});

it("a misspelt key among Kombo's settings is refused like any other", async () => {
  const source = 'source:\n  type: kombo\n  apikey: k\n  integration: workday:1\n  regoin: us';
  const outside = outsideOf({ LEARNAMP_SECRET: 'lms' }, '/');
  const options = {
    file: '/etc/hrsync/acme.yaml',
    readableByOthers: false,
    outside,
    sources: SOURCES,
    targets: TARGETS,
  };
  const problems = await parseConfig(config({ source }), options).catch((error: unknown) => error);
  expect(problems).toMatchObject({
    problems: expect.arrayContaining([
      expect.objectContaining({ path: 'source.apikey', line: 6, suggestion: 'api_key' }),
      expect.objectContaining({ path: 'source.integration', line: 7 }),
      expect.objectContaining({ path: 'source.regoin', line: 8, suggestion: 'region' }),
    ]),
  });
});

it('a key that is near none is answered with those that are known', async () => {
  expect(await problemsIn(config({ rest: 'employees:\n  only_in_winter: true' }))).toMatchInlineSnapshot(`
    [
      "17:3 employees.only_in_winter: is not a key that is known here; known are key, filter, filter_applies_to_inactive",
    ]
  `);
});

it('all problems are reported at once, in the order of the file', async () => {
  const text = config({
    head: 'version: 2\nname: a b\ntimezone: Europe/Brelin',
    source: 'source:\n  type: persnio',
    rest: '  job_tilte: job_title\ninvitations:\n  send: on_hiredate\nsafety:\n  max_creates: lots',
  });
  expect(await problemsIn(text)).toMatchInlineSnapshot(`
    [
      "1:10 version: is not a version that this hrsync knows; write 1",
      "2:7 name: must be letters, digits, - and _ only",
      "3:11 timezone: is not a time zone; zones are written like Europe/Berlin → Europe/Berlin",
      "5:9 source.type: must be one of personio, kombo → personio",
      "14:3 mapping.job_tilte: is not a key that is known here → job_title",
      "16:9 invitations.send: must be one of immediately, on_hire_date, never → on_hire_date",
      "18:16 safety.max_creates: must be a whole number such as 50, or a share such as 10%",
    ]
  `);
});

it('missing sections are all named', async () => {
  expect(await problemsIn('version: 1\ntimezone: Europe/Berlin')).toMatchInlineSnapshot(`
    [
      "1:1 name: is missing",
      "1:1 source: is missing",
      "1:1 target: is missing",
      "1:1 mapping: is missing",
    ]
  `);
});

it('without a time zone days are judged in UTC, and a warning says so', async () => {
  const { timezone, warnings } = await parse(config({ head: 'version: 1\nname: acme' }));
  expect(timezone).toBe('UTC');
  expect(warnings).toContainEqual(expect.stringContaining('timezone is not set'));
});

it('a section whose keys are all commented out counts as absent', async () => {
  const { deactivation } = await parse(config({ rest: 'deactivation:\n  # action: delete\nsafety:' }));
  expect(deactivation.action).toBe('deactivate');
});

it('a required key without a value is named at its place', async () => {
  const source = 'source:\n  type: personio\n  client_id:\n  client_secret: $' + '{PERSONIO_SECRET}';
  expect(await problemsIn(config({ source }))).toMatchInlineSnapshot(`
    [
      "6:13 source.client_id: has no value",
    ]
  `);
});
