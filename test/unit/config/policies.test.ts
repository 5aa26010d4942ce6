import { describe, expect, it } from 'vitest';
import { config, parse, problemsIn } from './support.js';

const withRest = (rest: string) => parse(config({ rest }));
const problemsWith = (rest: string) => problemsIn(config({ rest }));

describe('without any of the optional sections', () => {
  it('the documented defaults hold', async () => {
    const { match, matchNames, protect, scope, invitations, deactivation, read, safety, drift, state } = await parse(
      config(),
    );
    expect({ match, matchNames, protect, scope, invitations, deactivation, read, safety, drift, state }).toEqual({
      match: ['external_id', 'email'],
      matchNames: 'agree',
      protect: [],
      scope: { filter: [], appliesToInactive: false },
      invitations: { send: 'on_hire_date', daysBefore: 0, existingStaff: 'skip', maxPerRun: 500, createEarly: false },
      deactivation: {
        when: ['inactive', 'termination_date'],
        missing: { afterRuns: 2, afterDays: 2 },
        outOfScope: 'keep',
        action: 'deactivate',
        deleteAfter: null,
        protect: [],
      },
      read: { minEmployees: { percent: 80 }, minKnown: { percent: 50 }, minPopulation: 20, canaries: [] },
      safety: {
        limits: { deactivate: { percent: 10 }, delete: { percent: 10 } },
        clears: { percent: 50 },
        emailChanges: { percent: 10 },
        adoptions: { percent: 10 },
        leftOut: { percent: 10 },
        per: null,
        minPopulation: 20,
        onRefusal: 'stop',
      },
      drift: { repair: 'never', fields: 'all' },
      state: { kind: 'file', file: '/etc/hrsync/state/acme.db' },
    });
  });
});

describe('limits', () => {
  it('are numbers or shares, and zero is one', async () => {
    const { safety } = await withRest(
      'safety: { max_deactivations: 2.5 %, max_deletions: 0, max_updates: 100%, max_creates: "7", max_invitations: 0% }',
    );
    expect(safety.limits).toEqual({
      deactivate: { percent: 2.5 },
      delete: { count: 0 },
      update: { percent: 100 },
      create: { count: 7 },
      invite: { percent: 0 },
    });
  });

  it.each(['110%', '-1', '1.5', 'lots', '10 percent', '%'])('cannot be %s', async (limit) => {
    const [problem] = await problemsWith(`safety:\n  max_creates: "${limit}"`);
    expect(problem).toMatch(
      /^17:16 safety.max_creates: must (not be more than 100%|be a whole number such as 50, or a share)/,
    );
  });
});

describe('whom hrsync may touch', () => {
  it('is read from match_names and protect', async () => {
    const { matchNames, protect } = await withRest('match_names: any\nprotect: ["*@board.example", ceo@acme.example]');
    expect({ matchNames, protect }).toEqual({ matchNames: 'any', protect: ['*@board.example', 'ceo@acme.example'] });
  });

  it('is refused with an unknown word, or a pattern of nothing', async () => {
    expect(await problemsWith('match_names: agre\nprotect: [""]')).toEqual([
      '16:14 match_names: must be one of agree, any → agree',
      '17:11 protect[0]: must not be empty',
    ]);
  });
});

it('the limits on e-mail addresses, adoptions and people left out are numbers or shares, per any HR field', async () => {
  const { safety, read } = await withRest(
    'safety: { max_email_changes: 5, max_adoptions: 100%, max_left_out: 0, min_known: 30%, per: legal_entity }',
  );
  expect(safety).toMatchObject({
    emailChanges: { count: 5 },
    adoptions: { percent: 100 },
    leftOut: { count: 0 },
    per: 'legal_entity',
  });
  expect(read.minKnown).toEqual({ percent: 30 });
  expect(await problemsWith('safety: { per: legal_entty }')).toEqual([
    '16:16 safety.per: is not an HR field, but looks like one → legal_entity',
  ]);
});

describe('drift', () => {
  it('is repaired nightly where the config says so, in all fields or in some', async () => {
    expect((await withRest('drift: { repair: nightly }')).drift).toEqual({ repair: 'nightly', fields: 'all' });
    const { drift } = await withRest('drift: { repair: nightly, fields: [first_name, custom_fields.Badge] }');
    expect(drift.fields).toEqual(['first_name', 'custom_fields.Badge']);
  });

  it('is refused with another word, or with no field', async () => {
    expect(await problemsWith('drift: { repair: always, fields: [] }')).toEqual([
      '16:18 drift.repair: must be one of never, nightly',
      '16:26 drift.fields: must hold at least 1',
    ]);
  });
});

const pattern = (source: string) => expect.objectContaining({ source });

describe('filters', () => {
  it('become conditions, and one text stands for a list', async () => {
    const { scope } = await withRest(`employees:
  filter_applies_to_inactive: true
  filter:
    - { field: legal_entity, in: Acme GmbH, empty: false }
    - { field: cost_center, not_in: [100, x], matching: "^A", not_matching: "z$" }`);
    expect(scope).toEqual({
      filter: [
        { field: 'legal_entity', in: ['Acme GmbH'], empty: false },
        { field: 'cost_center', notIn: ['100', 'x'], matching: pattern('^A'), notMatching: pattern('z$') },
      ],
      appliesToInactive: true,
    });
  });

  it('may hold alternatives, whose own mistakes are told in their place', async () => {
    const { scope } = await withRest(`employees:
  filter:
    - { field: work_email, empty: false }
    - any:
        - { field: legal_entity, in: Acme GmbH }
        - { field: team, matching: "^A" }`);
    expect(scope.filter).toEqual([
      { field: 'work_email', empty: false },
      {
        any: [
          { field: 'legal_entity', in: ['Acme GmbH'] },
          { field: 'team', matching: pattern('^A') },
        ],
      },
    ]);
    expect(
      await problemsWith('employees:\n  filter: [{ any: [{ field: team, inn: [A] }] }, { any: [] }]'),
    ).toMatchInlineSnapshot(`
      [
        "17:35 employees.filter[0].any[0].inn: is not a key that is known here → in",
        "17:52 employees.filter[1].any: must hold at least 1",
      ]
    `);
    expect(
      await problemsWith('employees:\n  filter: [{ any: [{ field: manager_id, in: [7] }] }, { any: [{ any: [] }] }]'),
    ).toMatchInlineSnapshot(`
      [
        "17:63 employees.filter[1].any[0].field: is missing",
        "17:65 employees.filter[1].any[0].any: is not a key that is known here; known are field, in, not_in, matching, not_matching, empty",
      ]
    `);
    expect(
      await problemsWith('employees:\n  filter: [{ field: team, in: [A], any: [] }, text]'),
    ).toMatchInlineSnapshot(`
      [
        "17:36 employees.filter[0].any: is not a key that is known here; known are field, in, not_in, matching, not_matching, empty",
        "17:47 employees.filter[1]: must be a condition such as { field: department, in: [Sales] }, or { any: [ … ] }",
      ]
    `);
    expect(
      await problemsWith('employees:\n  filter: [{ any: [{ field: manager_id, in: [7] }] }]'),
    ).toMatchInlineSnapshot(`
      [
        "17:29 employees.filter[0].any[0].field: manager_id is not what hrsync calls this field of Personio → manager",
      ]
    `);
  });

  it('with a broken pattern are refused', async () => {
    expect(await problemsWith('employees:\n  filter: [{ field: team, matching: "(a" }]')).toMatchInlineSnapshot(`
      [
        "17:37 employees.filter[0].matching: is not a regular expression: Unterminated group",
      ]
    `);
  });

  it('with a pattern whose time has no bound are refused with their place', async () => {
    const filter = (text: string) => `employees:\n  filter: [{ field: team, not_matching: '${text}' }]`;
    expect(await problemsWith(filter('(?<=a)b'))).toEqual([
      '17:41 employees.filter[0].not_matching: holds what makes a pattern slow without bound: look-ahead and look-behind such as (?=…) cannot be used; two conditions, one with matching and one with not_matching, often say the same',
    ]);
    expect(await problemsWith(filter('(a)\\1'))).toEqual([
      expect.stringContaining(
        '17:41 employees.filter[0].not_matching: holds what makes a pattern slow without bound: back ref',
      ),
    ]);
    expect(await problemsWith(filter('(a{900}){900}'))).toEqual([
      '17:41 employees.filter[0].not_matching: is not a pattern that takes linear time: invalid repeat count: `{900}`',
    ]);
  });

  it('that test nothing, or nobody could pass, are refused', async () => {
    expect(
      await problemsWith('employees:\n  filter: [{ field: team }, { field: team, in: [] }]'),
    ).toMatchInlineSnapshot(`
      [
        "17:12 employees.filter[0]: tests nothing; it needs one of in, not_in, matching, not_matching, empty",
        "17:44 employees.filter[1].in: must hold at least 1",
      ]
    `);
  });
});

describe('deactivation', () => {
  it('deletes nothing later by default, and after so many days where they are given', async () => {
    expect((await withRest('')).deactivation.deleteAfter).toBeNull();
    const { deactivation, warnings } = await withRest('deactivation: { delete_after: 14d }');
    expect(deactivation.deleteAfter).toBe(14);
    expect(warnings).toEqual([
      'deactivation.delete_after: accounts that hrsync closed 14 days ago are deleted for good, with their learning record',
      'deactivation.delete_after is 14d: a mistake in HR that is found later than that cannot be undone',
    ]);
  });

  it.each(['0d', '90', '12h', '-3d', '""'])('cannot delete after %s', async (text) => {
    expect(await problemsWith(`deactivation: { delete_after: ${text} }`)).toEqual([
      expect.stringMatching(/deactivation\.delete_after: must be /),
    ]);
  });

  it('cannot delete later what it never closes', async () => {
    expect(await problemsWith('deactivation: { action: none, delete_after: 90d }')).toEqual([
      '16:45 deactivation.delete_after: cannot stand beside action: none, which closes no account: take one of the two out',
    ]);
  });

  it('may leave the missing alone', async () => {
    const { deactivation } = await withRest('deactivation: { missing: never }');
    expect(deactivation.missing).toBeNull();
  });

  it('takes what is not said of the missing from the defaults', async () => {
    const { deactivation } = await withRest('deactivation: { missing: { after_days: 7 } }');
    expect(deactivation.missing).toEqual({ afterRuns: 2, afterDays: 7 });
  });

  it('is refused without any reason, or with a word that is none', async () => {
    expect(await problemsWith('deactivation:\n  when: []\n  missing: nevr\n  action: delet')).toMatchInlineSnapshot(`
      [
        "17:3 deactivation.when: must hold at least one; to keep the accounts of leavers write action: none",
        "18:12 deactivation.missing: must be { after_runs: 2, after_days: 2 }, or never",
        "19:11 deactivation.action: must be one of deactivate, delete, none → delete",
      ]
    `);
  });
});

describe('the two ends', () => {
  it('are refused over plain http, except on loopback', async () => {
    const target = (url: string) =>
      `target:\n  type: learnamp\n  base_url: ${url}\n  client_id: a\n  client_secret: in-clear-1`;
    expect(await problemsIn(config({ target: target('http://lms.acme.example') }))).toMatchInlineSnapshot(`
      [
        "10:13 target.base_url: must begin with https:// (plain http is accepted on loopback only)",
      ]
    `);
    expect(await problemsIn(config({ target: target('http://127.0.0.1:8080') }))).toEqual([]);
  });

  it('of an unknown type are answered with the known ones', async () => {
    expect(await problemsIn(config({ source: 'source:\n  type: toString' }))).toMatchInlineSnapshot(`
      [
        "5:9 source.type: must be one of personio, kombo",
      ]
    `);
  });

  it('take a target key that all targets have without troubling the adapter', async () => {
    const text = config().replace('type: learnamp', 'type: learnamp\n  create_early: true');
    const { invitations, target } = await parse(text);
    expect(invitations.createEarly).toBe(true);
    expect(target.settings).not.toHaveProperty('create_early');
  });
});

it('relative paths start at the config file', async () => {
  const text = config({ rest: 'state: ../db/acme.db' }).replace(
    'type: personio',
    'type: personio\n  ca_file: certs/ca.pem',
  );
  const { state, source } = await parse(text);
  expect(state).toEqual({ kind: 'file', file: '/etc/db/acme.db' });
  expect(source.settings).toMatchObject({ ca_file: '/etc/hrsync/certs/ca.pem' });
});

it('a zone that no calendar knows is refused', async () => {
  const problems = await problemsIn(config({ head: 'version: 1\nname: acme\ntimezone: Europe/Frankfurt' }));
  expect(problems).toEqual(['3:11 timezone: is not a time zone; zones are written like Europe/Berlin']);
});

it('settings that are seldom meant bring warnings', async () => {
  const { warnings } = await withRest(`invitations: { send: never, days_before: 90 }
deactivation: { action: delete }
safety: { max_deactivations: 100%, max_deletions: 100%, min_employees: 0 }`);
  expect(warnings).toMatchInlineSnapshot(`
    [
      "deactivation.action is delete: accounts and learning records of leavers are gone for good",
      "invitations.days_before is 90: invitations may expire before the first day",
      "invitations.days_before does nothing while send is never",
      "safety.max_deactivations lets one run deactivate everybody",
      "safety.max_deletions lets one run delete everybody",
      "safety.min_employees believes even a read without employees",
    ]
  `);
});
