import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { midnightIn } from '../../src/core/day.js';
import { type ProfileField, profileField } from '../../src/sandbox/moodle/site/profile-field.js';
import { type MoodleStage, newUser, startStage } from '../support/moodle-site.js';

let stage: MoodleStage;

beforeEach(async () => {
  stage = await startStage();
  await stage.call('core_user_create_users', { users: [newUser('a')] });
});
afterEach(() => stage.system.stop());

/** Writes one custom field of user 4. */
const write = (type: string, value: string, extra: Readonly<Record<string, string>> = {}) =>
  stage.call('core_user_update_users', { users: [{ id: 4, customfields: [{ type, value }] }] }, extra);

/** One custom field of user 4 as answers show it. */
async function read(shortname: string, extra: Readonly<Record<string, string>> = {}) {
  const { body } = await stage.call('core_user_get_users_by_field', { field: 'id', values: [4] }, extra);
  return body[0].customfields?.find((field: { shortname: string }) => field.shortname === shortname);
}

/** Writes a field and reads it back. */
async function written(type: string, value: string): Promise<string | undefined> {
  expect((await write(type, value)).body).toEqual({ warnings: [] });
  return (await read(type))?.value;
}

function define(...fields: (Pick<ProfileField, 'shortname'> & Partial<ProfileField>)[]): void {
  stage.site.fields = fields.map(profileField);
}

/** The unix seconds at which a day begins in Berlin, the zone of the site. */
const midnight = (day: string, zone = 'Europe/Berlin') => String(midnightIn(zone, day).getTime() / 1000);

describe("custom profile fields of Moodle's stand-in", () => {
  it('are written by shortname as type, and read with their kind as type', async () => {
    await write('jobtitle', 'R & D <b>');
    expect(await read('jobtitle')).toEqual({
      ...{ type: 'text', value: 'R & D <b>', displayvalue: 'R &amp; D &lt;b&gt;' },
      ...{ name: 'Job title', shortname: 'jobtitle' },
    });
  });

  it('ignore a shortname that is unknown or in another case, without a word', async () => {
    for (const type of ['title', 'JobTitle']) expect((await write(type, 'Clerk')).body).toEqual({ warnings: [] });
    expect(stage.site.users.get(4)?.custom).toEqual({});
  });

  it('are written with the creation, and kept where an update does not name them', async () => {
    const customfields = [
      { type: 'jobtitle', value: 'Clerk' },
      { type: 'costcentre', value: '7' },
    ];
    await stage.call('core_user_create_users', { users: [newUser('b', { customfields })] });
    const users = [{ id: 5, customfields: [{ type: 'jobtitle', value: '' }] }];
    await stage.call('core_user_update_users', { users });
    expect(stage.site.users.get(5)?.custom).toEqual({ jobtitle: '', costcentre: '7' });
  });

  it('are not written where anything else about the user is refused', async () => {
    const users = [{ id: 4, email: 'bad', customfields: [{ type: 'jobtitle', value: 'Clerk' }] }];
    expect((await stage.call('core_user_update_users', { users })).body.warnings).toHaveLength(1);
    expect(await read('jobtitle')).toBeUndefined();
  });

  it('are left out while they are empty, but for checkboxes', async () => {
    const { body } = await stage.call('core_user_get_users_by_field', { field: 'id', values: [4] });
    expect(body[0].customfields.map(({ shortname }: ProfileField) => shortname)).toEqual(['remote']);
  });

  it('show a default that was never stored, until something is', async () => {
    define({ shortname: 'site', default: 'Porto' });
    expect((await read('site')).value).toBe('Porto');
    expect(await written('site', 'Rome')).toBe('Rome');
    expect(await written('site', '')).toBeUndefined();
  });

  it('cut a text at its own length, counted in characters, in silence', async () => {
    expect(await written('badge', '🙂'.repeat(25))).toBe('🙂'.repeat(20));
    expect(await written('jobtitle', 'x'.repeat(2049))).toHaveLength(2048);
  });

  it('take a menu option to the letter, and anything else for the default or nothing', async () => {
    expect(await written('contract', 'R & D')).toBe('R & D');
    for (const value of ['internal', 'Internal ', 'Temporary', ''])
      expect(await written('contract', value)).toBeUndefined();
    define({ shortname: 'contract', kind: 'menu', options: ['Internal', 'External'], default: 'Internal' });
    expect(await written('contract', 'External')).toBe('External');
    expect(await written('contract', '')).toBe('Internal');
  });

  it.each([
    ['1', 'Yes'],
    ['false', 'Yes'],
    ['no', 'Yes'],
    ['0', 'No'],
    ['', 'No'],
  ])('keep %j in a checkbox as it is, and take it for %s', async (value, displayvalue) => {
    await write('remote', value);
    expect(await read('remote')).toMatchObject({ type: 'checkbox', value, displayvalue });
  });

  it('show a longer text as HTML, and keep it as it was', async () => {
    await write('notes', 'a < b');
    expect(await read('notes')).toMatchObject({ value: 'a < b', displayvalue: expect.stringMatching(/^<div/) });
  });

  it.each([
    ['2024-03-01', '2024-03-01'],
    ['01.03.2024', '1949-11-30'],
    ['abc', '2049-11-30'],
    ['2024-13-45', '2025-02-14'],
    ['1800-05-01', '1950-05-01'],
    ['2400-05-01', '2050-05-01'],
    // A number is unix seconds: this one is in the first hour of 1970.
    ['2024', '1970-01-01'],
    // 2024-03-01, 15:00 in Berlin.
    ['1709301600', '2024-03-01'],
  ])('take %s for a date that begins on %s, and refuse nothing', async (value, day) => {
    expect(await written('hiredate', value)).toBe(midnight(day));
  });

  it.each(['', '0'])('empty a date by %j', async (value) => {
    expect(await written('hiredate', '2024-03-01')).toBe(midnight('2024-03-01'));
    expect(await written('hiredate', value)).toBeUndefined();
  });

  it('take a time where the field has one', async () => {
    define({ shortname: 'certifiedon', kind: 'datetime', hasTime: true });
    const noon = String(Number(midnight('2024-03-01')) + 12 * 3600);
    expect(await written('certifiedon', '2024-03-01-12-00-00')).toBe(noon);
    expect(await written('certifiedon', noon)).toBe(noon);
    expect(await written('certifiedon', '2024-03-01')).toBe(midnight('2024-03-01'));
  });

  it("write a date at midnight of the call's zone, else the caller's, else the site's", async () => {
    const stored = async (moodlewssettingtimezone: string) => {
      await write('hiredate', '2024-03-01', { moodlewssettingtimezone });
      return (await read('hiredate')).value;
    };
    expect(await stored('Mars/X')).toBe(midnight('2024-03-01'));
    expect(await stored('America/New_York')).toBe(midnight('2024-03-01', 'America/New_York'));
    await stage.call('core_user_update_users', { users: [{ id: 3, timezone: 'Asia/Tokyo' }] });
    expect(await stored('')).toBe(midnight('2024-03-01', 'Asia/Tokyo'));
    stage.system.settings.change({ timezoneInCall: false });
    expect(await stored('America/New_York')).toBe(midnight('2024-03-01', 'Asia/Tokyo'));
  });

  it('show a date west of the zone that it was written in as the day before', async () => {
    await write('hiredate', '2024-03-01');
    expect((await read('hiredate')).displayvalue).toBe('1 March 2024');
    const west = await read('hiredate', { moodlewssettingtimezone: 'America/New_York' });
    expect(west.displayvalue).toBe('29 February 2024');
  });

  it('come as displayed texts alone in version 4.1', async () => {
    await write('hiredate', '2024-03-01');
    stage.system.settings.change({ version: '4.1' });
    const field = { type: 'datetime', value: '1 March 2024', name: 'Hire date', shortname: 'hiredate' };
    expect(await read('hiredate')).toEqual(field);
  });

  it('are written though they are hidden, and nothing asks for the required ones', async () => {
    define({ shortname: 'badge', visible: 0 }, { shortname: 'must', required: true });
    stage.site.change(stage.site.users.get(3) ?? stage.site.add({}), { custom: { must: 'x' } });
    expect(await written('badge', '7')).toBe('7');
    expect(await written('must', '')).toBeUndefined();
  });
});
