import { describe, expect, it } from 'vitest';
import { withWorkEntry, workEntry } from '../../../../src/targets/scim/entries.js';
import { addMembers, operationsFor, removeMembers } from '../../../../src/targets/scim/patch.js';

const URN = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const assignments = [
  { path: 'active', value: false },
  { path: 'name.familyName', value: 'Sample' },
  { path: `${URN}:department`, value: 'Sales' },
  { path: 'title', value: undefined },
];

describe('operations', () => {
  it('have a path each in the manner of the RFC', () => {
    expect(operationsFor(assignments, 'rfc')).toEqual([
      { op: 'replace', path: 'active', value: false },
      { op: 'replace', path: 'name.familyName', value: 'Sample' },
      { op: 'replace', path: `${URN}:department`, value: 'Sales' },
      { op: 'remove', path: 'title' },
    ]);
  });

  it("have capital verbs and booleans as text in Entra's", () => {
    expect(operationsFor(assignments, 'entra').slice(0, 2)).toEqual([
      { op: 'Replace', path: 'active', value: 'False' },
      { op: 'Replace', path: 'name.familyName', value: 'Sample' },
    ]);
  });

  it("set everything at once without a path in Okta's, and remove by path", () => {
    expect(operationsFor(assignments, 'okta')).toEqual([
      { op: 'replace', value: { active: false, name: { familyName: 'Sample' }, [URN]: { department: 'Sales' } } },
      { op: 'remove', path: 'title' },
    ]);
    expect(operationsFor([{ path: 'title', value: undefined }], 'okta')).toEqual([{ op: 'remove', path: 'title' }]);
  });

  it('take members out by a quoted filter, or by a list', () => {
    expect(addMembers(['7'], { dialect: 'entra', members: 'filtered' })).toEqual([
      { op: 'Add', path: 'members', value: [{ value: '7' }] },
    ]);
    expect(removeMembers(['a"b', '8'], { dialect: 'rfc', members: 'filtered' })).toEqual([
      { op: 'remove', path: 'members[value eq "a\\"b"]' },
      { op: 'remove', path: 'members[value eq "8"]' },
    ]);
    expect(removeMembers(['7'], { dialect: 'rfc', members: 'value_list' })).toEqual([
      { op: 'remove', path: 'members', value: [{ value: '7' }] },
    ]);
  });
});

describe('entries of addresses', () => {
  const work = { value: 'a@acme.example', type: 'Work' };
  const home = { value: 'a@home.example', type: 'home', primary: true };

  it('are ours when they are for work, or have no type', () => {
    expect(workEntry([home, work])).toEqual(work);
    expect(workEntry([home, { value: 'x' }])).toEqual({ value: 'x' });
    expect(workEntry([home])).toBeUndefined();
    expect(workEntry('a@acme.example')).toBe('a@acme.example');
  });

  it('keep their neighbours, of which only one is primary', () => {
    const ours = { value: 'b@acme.example', type: 'work', primary: true };
    const { primary: _, ...kept } = home;
    expect(withWorkEntry([work, home], 'b@acme.example')).toEqual([ours, kept]);
    expect(withWorkEntry([work, home], null)).toEqual([kept]);
    expect(withWorkEntry([work], null)).toBeUndefined();
    expect(withWorkEntry([{ value: 'b@acme.example', type: 'other' }], 'b@acme.example')).toEqual([ours]);
  });
});
