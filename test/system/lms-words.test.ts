import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { test } from '../support/connector.js';
import { connectPair, SOURCES, type Target } from '../support/pairs.js';
import { rowsOfPart } from '../support/part.js';
import { plainPerson } from '../support/people.js';

/** A refusal of each LMS: the route of its writes, the status, the body, and what of it anybody may read. */
interface Refused {
  readonly route: string;
  readonly status: number;
  readonly body: (words: string) => unknown;
  readonly told: RegExp;
}

const OWN_WORDS = /HTTP status 400.*; the LMS's own words: --verbose/;
const REFUSALS: readonly (readonly [Target, Refused])[] = [
  ['learnamp', { route: 'users.update', status: 400, body: (words) => ({ error: words }), told: OWN_WORDS }],
  [
    '360learning',
    {
      ...{ route: 'users.update', status: 400, told: /invalidInput/ },
      body: (words) => ({ error: { code: 'invalidInput', message: words } }),
    },
  ],
  [
    'learnupon',
    {
      ...{ route: 'users.update', status: 400, told: OWN_WORDS },
      body: (words) => ({ response_type: 'ERROR', message: words }),
    },
  ],
  [
    'scim',
    {
      ...{ route: 'users.update', status: 400, told: OWN_WORDS },
      body: (words) => ({ status: '400', detail: words }),
    },
  ],
  [
    'moodle',
    {
      ...{ route: 'core_user_update_users', status: 200, told: /invalidparameter/ },
      body: (words) => ({ exception: 'invalid_parameter_exception', errorcode: 'invalidparameter', message: words }),
    },
  ],
];
const WORDS = 'Grace Blumenthal, born 9 December 1906, grace.b@mail.example, has a double at (030) 4711';
const PERSONAL = /Blumenthal|9 December|grace\.b|\(030\)/;

describe('what an LMS says of a person when it refuses', () => {
  test.for(rowsOfPart(REFUSALS))(
    '%s: is in no output or file but with --verbose',
    async ([target, refused], { connect }) => {
      const [source] = SOURCES;
      const connector = await connectPair(connect, source, target, { company: { size: 12 } });
      await connector.imported();
      const person = plainPerson(connector.company);
      connector.hr.apply({ kind: 'change_name', person: person.id, firstName: 'Another' });
      const { faults } = connector.sandbox[target];
      const { route, status, body, told } = refused;
      faults.add({ match: { route }, times: null, fault: { kind: 'status', status, body: body(WORDS) } });
      const id = String(person.id);
      const files = ['--html', 'r.html', '--csv', 'r.csv', '--metrics', 'r.prom'];
      const outputs = [
        await connector.run(['import-all', ...files]),
        await connector.run(['import-all', '--only', id, '--json']),
        await connector.run(['import-all', '--only', id, '--log-format', 'json']),
        await connector.run(['status']),
        await connector.run(['status', '--json']),
        await connector.run(['runs', '2']),
        await connector.run(['runs', '2', '--json']),
        await connector.run(['explain', id]),
      ];
      expect(outputs[0]?.code).toBe(4);
      for (const { stdout, stderr } of outputs) expect(stdout + stderr).not.toMatch(PERSONAL);
      const kind = told === OWN_WORDS ? /HTTP status 400/ : told;
      for (const at of [0, 1, 3, 5, 7]) expect(`${outputs[at]?.stdout}${outputs[at]?.stderr}`, `${at}`).toMatch(kind);
      expect(outputs[0]?.stderr).toMatch(told);

      const { stderr, stdout } = await connector.run(['import-all', '--only', id, '--verbose']);
      expect(stderr).toContain(WORDS);
      expect(stdout).not.toMatch(PERSONAL);
      expect((await connector.run(['runs', '4', '--verbose'])).stdout).not.toMatch(PERSONAL);
      const written = readdirSync(connector.folder, { recursive: true, withFileTypes: true }).filter((one) =>
        one.isFile(),
      );
      for (const { parentPath, name } of written) {
        expect(readFileSync(join(parentPath, name), 'latin1'), name).not.toMatch(PERSONAL);
      }
    },
  );

  test('words of a validation message, with the names of mapped fields, stay for everybody to read', async ({
    connect,
  }) => {
    const connector = await connect({ people: 12 });
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Lead' });
    const words = 'Validation failed: jobTitle is too long (maximum is 20 characters)';
    connector.sandbox.learnamp.faults.add({
      ...{ match: { route: 'users.update' }, times: null },
      fault: { kind: 'status', status: 422, body: { error: words } },
    });
    expect((await connector.run(['import-all'])).stderr).toContain(words);
    expect((await connector.run(['status'])).stdout.replace(/\s+/g, ' ')).toContain(words);
  });

  test('a write that is forbidden names the right that may lack and the next command', async ({ connect }) => {
    const connector = await connect({ people: 12 });
    await connector.imported();
    const person = plainPerson(connector.company);
    connector.hr.apply({ kind: 'promote', person: person.id, to: 'Lead' });
    const fault = { kind: 'status', status: 403, body: { error: 'Forbidden' } } as const;
    connector.sandbox.learnamp.faults.add({ match: { route: 'users.update' }, times: null, fault });
    const { code, stderr } = await connector.run(['import-all']);
    expect(code).toBe(4);
    expect(stderr).toMatch(/403: Forbidden; these credentials may lack the scope users:update \("hrsync check"/);
  });
});

describe('a system that cannot be reached', () => {
  test('is named with its address, whose it is, why, and the setting to look at', async ({ connect }) => {
    const connector = await connect({ people: 12 });
    const closed = 'http://127.0.0.1:9';
    await connector.configure({ source: { base_url: closed } });
    const hr = await connector.run(['import-all']);
    expect(hr.code).toBe(6);
    expect(hr.stderr).toContain(`the HR system Personio could not be reached at ${closed}: the connection was refused`);
    expect(hr.stderr).toContain('"source.base_url"');
    await connector.configure({ target: { base_url: closed } });
    const lms = await connector.run(['import-all']);
    expect(lms.stderr).toContain(`The LMS Learn Amp could not be reached at ${closed}: the connection was refused`);
    expect(lms.stderr).toContain('"target.base_url"');
    const check = await connector.run(['check']);
    expect(check.stdout.replace(/\s+/g, ' ')).toContain(`the LMS Learn Amp could not be reached at ${closed}`);
  });
});
