import { describe, expect, it } from 'vitest';
import { parsePath, valueAt, withValueAt } from '../../../../src/targets/scim/path.js';

const URN = 'urn:ietf:params:scim:schemas:extension:acme:2.0:User';

describe('a path of an attribute', () => {
  it.each([
    ['title', null, ['title']],
    ['name.familyName', null, ['name', 'familyName']],
    [`${URN}:department`, URN, ['department']],
    [`${URN}:manager.value`, URN, ['manager', 'value']],
    [`${URN}:CustomField:CustomField1`, `${URN}:CustomField`, ['CustomField1']],
  ])('is cut at its last colon, and then at its dots: %s', (path, extension, keys) => {
    expect(parsePath(path)).toEqual({ extension, keys });
  });

  it('leads to a value whatever the case of its names', () => {
    const user = { Name: { FAMILYNAME: 'Sample' }, [URN.toUpperCase()]: { Badge: 7 } };
    expect(valueAt(user, 'name.familyName')).toBe('Sample');
    expect(valueAt(user, `${URN}:badge`)).toBe(7);
    expect(valueAt(user, 'name.familyName.first')).toBeUndefined();
    expect(valueAt({ title: null }, 'title')).toBeUndefined();
    expect(valueAt({}, 'constructor.name')).toBeUndefined();
  });

  it('takes a value in the letters that are there, and leaves everything else', () => {
    const user = { Name: { givenName: 'Ada', FAMILYNAME: 'Sample' }, title: 'Lead' };
    expect(withValueAt(user, 'name.familyName', 'Example')).toEqual({
      Name: { givenName: 'Ada', FAMILYNAME: 'Example' },
      title: 'Lead',
    });
    expect(user.Name.FAMILYNAME).toBe('Sample');
    expect(withValueAt({}, `${URN}:badge`, 7)).toEqual({ [URN]: { badge: 7 } });
  });

  it('takes a value away, and with the last one what held it', () => {
    expect(withValueAt({ name: { givenName: 'Ada' }, [URN]: { badge: 7 } }, `${URN}:badge`, undefined)).toEqual({
      name: { givenName: 'Ada' },
    });
    expect(withValueAt({ title: 'Lead' }, 'name.familyName', undefined)).toEqual({ title: 'Lead' });
  });
});
