import { describe, expect, it } from 'vitest';
import { CredentialsError } from '../../../src/errors.js';
import type { ScimSettingsInput } from '../../../src/sandbox/scim/settings.js';
import { EXTENSION, openOn } from './directory.js';
import { directoryBench } from './directory-bench.js';

const { open, create, failureOf, byHand, portal } = directoryBench();

describe('what a SCIM server may be asked', () => {
  it.each<[string, ScimSettingsInput]>([
    ['a bearer token', { auth: 'bearer' }],
    ['HTTP Basic', { auth: 'basic' }],
    ['OAuth with a scope', { auth: 'oauth', oauth: { clientId: 'a', clientSecret: 'b', scope: 'SCIMv2' } }],
  ])('is let in by %s', async (_, ways) => {
    const target = await open({}, ways);
    expect(await target.get(await create(target, 1))).toMatchObject({ state: 'active' });
  });

  it('tells a scope that is missing from credentials that are wrong', async () => {
    const target = await open({}, { auth: 'oauth' });
    portal().settings.change({ oauth: { ...portal().settings.values.oauth, scope: 'SCIMv2' } });
    const failure = await failureOf(target.get('1'));
    expect(failure).toBeInstanceOf(CredentialsError);
    expect(failure).toMatchObject({ detail: expect.stringContaining('invalid_scope') });
  });

  it('tells administrators by the attributes that the settings name', async () => {
    const privileged_when = { userType: ['administrator'], 'roles.value': ['x'], groups: ['Dept Admins'] };
    const target = await open({ privileged_when });
    const [admin] = await target.find([{ externalId: 'nobody', email: 'admin@acme.example' }]);
    const learner = await create(target, 1);
    const member = await create(target, 2, { groups: ['Dept Admins'] });
    const rights = await target.inspect([admin?.id ?? '', learner, member]);
    expect([...rights.values()].map((account) => account.rights)).toEqual([
      { privileged: true, role: 'Administrator' },
      { privileged: false, role: null },
      { privileged: true, role: 'Dept Admins' },
    ]);
    expect((await openOn(portal()).get(learner))?.rights).toEqual({ privileged: null, role: null });
  });

  it.each<[string, ScimSettingsInput, readonly (readonly [string, string])[]]>([
    [
      'the RFC',
      {},
      [
        ['discovery', 'describes itself'],
        ['filter on userName', 'other capitals'],
        ['rights', 'allowed'],
      ],
    ],
    ['no description', { serviceProviderConfig: 'not_implemented' }, [['discovery', 'settings alone']]],
    ['no PATCH by its own word', { claims: { patch: false } }, [['discovery', 'write: put']]],
    ['filters that mind capitals', { userNameFilterMindsCase: true }, [['filter on userName', 'minds capitals']]],
    [
      'filters that show everybody',
      { filterAttributes: [], otherFilters: 'ignore' },
      [['filter on userName', 'is ignored']],
    ],
    ['filters that are refused', { filterAttributes: ['userName'] }, [['filter on externalId', 'is refused']]],
    ['pages that are ignored', { paging: 'ignored', pageSize: 2 }, [['list of users', 'ignores startIndex']]],
  ])('checks what the server can be shown to do: %s', async (_, ways, expected) => {
    const target = await open({}, ways);
    for (const number of [1, 2, 3]) byHand(number);
    const findings = await target.check(['email', 'first_name', 'job_title']);
    for (const [subject, words] of expected) {
      const messages = findings.filter((finding) => finding.subject === subject).map(({ message }) => message);
      expect(messages.join('\n')).toContain(words);
    }
    expect(findings.filter(({ level }) => level === 'error')).toEqual([]);
  });

  it('finds out that credentials may read and not write, and says when it cannot tell', async () => {
    const target = await open();
    const fault = (status: number) => ({ kind: 'status', status }) as const;
    portal().faults.add({ fault: fault(403), match: { route: 'users.update' }, times: 1 });
    const rights = async () => (await target.check([])).filter(({ subject }) => subject === 'rights');
    expect(await rights()).toMatchObject([{ level: 'error', cause: 'credentials' }]);
    portal().faults.add({ fault: fault(400), match: { route: 'users.update' }, times: 1 });
    expect(await rights()).toMatchObject([{ level: 'warning', message: expect.stringContaining('could not be told') }]);
    portal().faults.add({ fault: fault(200), match: { route: 'users.update' }, times: 1 });
    expect(await rights()).toMatchObject([{ level: 'warning', message: expect.stringContaining('does not exist') }]);
  });

  it('prints what would be sent, in the chosen dialect', async () => {
    const target = await open({ dialect: 'entra' });
    const findings = await target.check(['email', 'first_name', 'job_title']);
    const said = findings.filter(({ subject }) => subject.endsWith('would be sent as')).map(({ message }) => message);
    expect(said).toContain('PATCH [{"op":"Replace","path":"active","value":"False"}]');
    expect(said[0]).toContain('"userName":"ada.sample@acme.example"');
    const other = (dialect: string) =>
      findings.find(({ subject }) => subject.includes(`an ending (dialect: ${dialect})`));
    expect(other('rfc')?.message).toBe('PATCH [{"op":"replace","path":"active","value":false}]');
    expect(other('okta')?.message).toBe('PATCH [{"op":"replace","value":{"active":false}}]');
  });

  it('warns of mapped fields that the settings or the server keep back', async () => {
    const target = await open({ groups: 'off', owned_groups: [] }, {}, ['user_name']);
    const field = `custom_fields.${EXTENSION}:Badge`;
    const subjects = (await target.check(['user_name', 'groups', field, 'custom_fields.active']))
      .filter(({ level }) => level === 'warning')
      .map(({ subject }) => subject);
    expect(subjects).toEqual(expect.arrayContaining(['field groups', 'look_up', 'field custom_fields.active']));
    expect(subjects).toContain(`custom field ${EXTENSION}:Badge`);
  });
});
