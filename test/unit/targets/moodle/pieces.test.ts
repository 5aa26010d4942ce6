import { describe, expect, it } from 'vitest';
import { isAddress, problemWith } from '../../../../src/targets/moodle/acceptable.js';
import { decodeCustom, encodeCustom, isHeld } from '../../../../src/targets/moodle/custom-values.js';
import { callsFor, fieldsIn, formOf } from '../../../../src/targets/moodle/form.js';
import { isDeleted } from '../../../../src/targets/moodle/record.js';
import { userWriteOf } from '../../../../src/targets/moodle/user-write.js';
import { settingsWith, userWith } from './made-up.js';

describe('the form of a call', () => {
  it('nests as PHP does, with 1 and 0 for yes and no', () => {
    const users = [{ id: '7', suspended: true, customfields: [{ type: 'a', value: '' }] }];
    expect(formOf({ users })).toEqual([
      ['users[0][id]', '7'],
      ['users[0][suspended]', '1'],
      ['users[0][customfields][0][type]', 'a'],
      ['users[0][customfields][0][value]', ''],
    ]);
    expect(fieldsIn({ users })).toBe(4);
  });

  it('never holds more than 900 fields, the four fixed ones counted', () => {
    const wide = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`f${index}`, 'x']));
    const calls = callsFor(
      Array.from({ length: 100 }, () => wide),
      200,
      (user) => user,
    );
    expect(calls.flat()).toHaveLength(100);
    for (const users of calls) expect(fieldsIn(users) + 4).toBeLessThanOrEqual(900);
    expect(calls[0]).toHaveLength(29);
  });

  it('never holds more people than are asked for', () => {
    expect(callsFor([1, 2, 3, 4, 5], 2, () => 'x').map((call) => call.length)).toEqual([2, 2, 1]);
  });
});

describe('what Moodle takes', () => {
  it.each([
    ['department', 'x'.repeat(256)],
    ['phone', '0'.repeat(21)],
    ['first_name', '<b>Zoë'],
    ['last_name', 'a<b'],
    ['city', '<i>Köln</i>'],
    ['country', 'XK'],
    ['country', 'Germany'],
    ['time_zone', '+02:00'],
    ['email', 'jürgen@acme.example'],
    ['email', 'x@localhost'],
    ['email', `${'x'.repeat(65)}@acme.example`],
    ['external_id', '0'],
    ['username', 'a+b'],
  ] as const)('is not %s %j', (field, text) => {
    expect(problemWith(field, text)).toEqual(expect.any(String));
  });

  it.each([
    ['department', 'R & D "x" a < b'],
    ['department', '<span lang="de" class="multilang">Vertrieb</span>'],
    ['last_name', "O'Brien-Öz"],
    ['first_name', '👩‍💻'.repeat(20)],
    ['country', 'GB'],
    ['time_zone', 'Europe/Berlin'],
    ['email', "o'brien+100%_x@acme.example"],
    ['external_id', '00'],
  ] as const)('is %s %j', (field, text) => {
    expect(problemWith(field, text)).toBeNull();
  });

  it('makes the person wait for a name, and elsewhere the field alone', () => {
    const rules = { managerTo: undefined, isFlag: () => false };
    const write = userWriteOf(
      { fields: { email: 'a@b.example', country: 'XK', city: 'Köln' }, manager: undefined },
      rules,
    );
    expect(write).toMatchObject({ parameters: { email: 'a@b.example', city: 'Köln' }, unsent: [{ field: 'country' }] });
    expect(() => userWriteOf({ fields: { first_name: '<b>' }, manager: undefined }, rules)).toThrow(/first_name/);
  });

  it('is never an empty name, address or user name', () => {
    const fields = { email: null, first_name: '', last_name: null, username: null, city: null };
    const write = userWriteOf({ fields, manager: undefined }, { managerTo: undefined, isFlag: () => false });
    expect(write.parameters).toEqual({ city: '' });
  });

  it('knows that no account has an address without a dot in its domain', () => {
    expect([isAddress('a@b'), isAddress('a@b.example')]).toEqual([false, true]);
  });
});

describe('custom values', () => {
  const reading = { zone: 'Europe/Berlin', isRaw: true };
  const held = (type: string, value: string) => ({ type, value, shortname: 'x' });
  const sent = (value: string | boolean | null, isFlag = false) => ({ value, encoded: encodeCustom(value, isFlag) });

  it('sends yes and no as 1 and 0, where HR or the config says that it is one', () => {
    expect([true, false].map((value) => encodeCustom(value, false))).toEqual(['1', '0']);
    expect(['true', 'no'].map((value) => encodeCustom(value, true))).toEqual(['1', '0']);
    expect(['true', 'no'].map((value) => encodeCustom(value, false))).toEqual(['true', 'no']);
  });

  it('reads a date as the day whose midnight it is in the zone', () => {
    expect(decodeCustom(held('datetime', '1709247600'), reading)).toBe('2024-03-01');
    expect(decodeCustom(held('datetime', '1709247600'), { ...reading, zone: 'UTC' })).toBe('2024-02-29');
    expect(decodeCustom(held('datetime', '0'), reading)).toBeNull();
  });

  it.each([
    ['a text', sent('Team A'), held('text', 'Team A'), true],
    ['a text that was cut', sent('Team A'), held('text', 'Team'), false],
    ['a field that does not exist', sent('Team A'), undefined, false],
    ['a menu that took its default', sent('Blue'), held('menu', 'Red'), false],
    ['a menu that cannot be emptied', sent(null), held('menu', 'Red'), true],
    ['a text that was not emptied', sent(null), held('text', 'Red'), false],
    ['a checkbox', sent('yes', true), held('checkbox', '1'), true],
    ['a checkbox that takes every text for yes', sent('no'), held('checkbox', 'no'), false],
    ['a date', sent('2024-03-01'), held('datetime', '1709247600'), true],
    ['a text that became a date', sent('01.03.2024'), held('datetime', '-634438800'), false],
  ] as const)('compares %s', (_, write, shown, expected) => {
    expect(isHeld(write, shown, reading)).toBe(expected);
  });

  it('compares before 4.2 only whether a value is there', () => {
    const displayed = { ...reading, isRaw: false };
    expect(isHeld(sent('2024-03-01'), held('datetime', '1 March 2024'), displayed)).toBe(true);
    expect(isHeld(sent('2024-03-01'), undefined, displayed)).toBe(false);
  });
});

describe('a user', () => {
  it('is deleted who bears a made-up address and the time in the user name', () => {
    const gone = userWith({ email: 'd41d8cd98f00b204e9800998ecf8427e', username: 'zoe@acme.example.1764576000' });
    expect([isDeleted(gone), isDeleted(userWith({ email: 'a@b.example' }))]).toEqual([true, false]);
  });
});

describe('the settings', () => {
  it.each([
    [{ auth: 'oauth2', invite: 'password_mail' }, /must be none with auth/],
    [{ auth: 'nologin', invite: 'reset_link' }, /must be none with auth/],
    [{ cohorts: 'own' }, /owned_cohorts/],
    [{ batch: 201 }, /batch/],
    [{ date_zone: 'Mars/X' }, /not a time zone/],
    [{ manager_to: 'manager e-mail' }, /short name/],
    [{ base_url: 'https://moodle.example/webservice/rest/server.php' }, /address of the site/],
  ])('refuse %j', (changes, message) => {
    expect(() => settingsWith(changes)).toThrow(message);
  });
});
